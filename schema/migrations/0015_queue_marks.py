"""What people want first in the queue, and what a day takes at each stage."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add both tables."""
    run_sql_beside(__file__)
