"""What a maker prints on a lot, and below how many pieces a material is ordered."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Lots get article number, serial, shade and height; materials their point of order."""
    run_sql_beside(__file__)
