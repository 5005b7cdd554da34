"""Saved views of lists: their questions, the roles that see them, what people chose."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    run_sql_beside(__file__)
