"""Roles that came before the queue and the bench receive their rights on them."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Only where no role has a right on the table yet: later rights are decisions."""
    run_sql_beside(__file__)
