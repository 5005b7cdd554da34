"""What dentists always want of the laboratory."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """The table, with what it refuses."""
    run_sql_beside(__file__)
