"""Boxes, hand-overs with two sides, missing components and loans; who may meet them."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Boxes that orders name become rows; roles that nobody decided about get their rights."""
    run_sql_beside(__file__)
