"""The reading log in its final shape: an entry for each patient whose record was opened."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    run_sql_beside(__file__)
