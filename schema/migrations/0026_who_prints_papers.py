"""Roles that came before the papers receive their rights to print and to check them."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Only where nobody has decided yet who may print and check."""
    run_sql_beside(__file__)
