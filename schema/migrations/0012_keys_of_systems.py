"""Keys with which other systems report what they hold."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the table of keys."""
    run_sql_beside(__file__)
