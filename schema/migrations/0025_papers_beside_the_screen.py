"""Prints of papers, and the checks that compare papers with the screen."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the tables of prints, checks and findings."""
    run_sql_beside(__file__)
