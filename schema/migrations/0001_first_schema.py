"""The first shape of the house, frozen as SQL for each engine."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    run_sql_beside(__file__)
