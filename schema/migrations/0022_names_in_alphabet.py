"""An index by which patients are listed as in the alphabet: Ș after S, not after Z."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Nothing but the index: no row changes."""
    run_sql_beside(__file__)
