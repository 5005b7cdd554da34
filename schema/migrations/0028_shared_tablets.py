"""Tablets that people share, and their PINs; sessions know on which tablet they were opened."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Roles receive rights on the new tables only where no role has one yet."""
    run_sql_beside(__file__)
