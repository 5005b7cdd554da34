"""Outside works say how they went and came back; components that went along name the work."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """What came back before counts as complete, and its expected day as the first promise."""
    run_sql_beside(__file__)
