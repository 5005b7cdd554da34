"""Fields of the clinic's own: shown in lists, searched, with help; values that can be emptied."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    run_sql_beside(__file__)
