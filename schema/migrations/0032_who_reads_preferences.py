"""Roles that came before the preferences of dentists receive their rights to them."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Only where nobody has decided yet who may read and write them."""
    run_sql_beside(__file__)
