"""Acts at the bench, each once, and runs of machines."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the tables."""
    run_sql_beside(__file__)
