"""A stage may open a card for each tooth, not only for each unit or bridge."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """A value more that the automation of a child card may have."""
    run_sql_beside(__file__)
