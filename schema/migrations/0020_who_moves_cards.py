"""Roles that came before cards moved receive their rights to move them, where nobody decided."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Only rights that are as they were sown are widened: a changed row is a decision."""
    run_sql_beside(__file__)
