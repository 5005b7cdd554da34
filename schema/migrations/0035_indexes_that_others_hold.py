"""Steps and runs of a card are found by their longer indexes, which begin with it too."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """A shorter index beside them cost each move a little, and was now and then read in full."""
    run_sql_beside(__file__)
