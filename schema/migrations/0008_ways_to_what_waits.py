"""Indexes by which the first page finds what waits: cards, visits, losses, photos, messages."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the indexes; no row changes."""
    run_sql_beside(__file__)
