"""The audit's tables in their final shape: acts that are sealed, and the changes of each act."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    run_sql_beside(__file__)
