"""For which start of its visit a work was planned last, so that a moved visit is noticed."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Works that are under way were planned for the visits as they stand."""
    run_sql_beside(__file__)
