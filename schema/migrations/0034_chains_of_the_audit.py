"""The audit has several chains, so that acts at the same time do not wait for one head."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """All entries so far are of the first chain, and know of no other."""
    run_sql_beside(__file__)
