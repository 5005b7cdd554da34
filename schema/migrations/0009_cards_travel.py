"""What stages do by themselves gets a diary, and roles may be named who move cards on."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add runs and roles of stages; child cards say whether one is opened for each unit."""
    run_sql_beside(__file__)
