"""Indexes of references that are mostly empty leave the empty ones out."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Each task and each step wrote into seven indexes that it had nothing to tell."""
    run_sql_beside(__file__)
