"""Statements of custom-made devices, which works need one, since when, and who reads and signs."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the table; its rights only where nobody has decided yet."""
    run_sql_beside(__file__)
