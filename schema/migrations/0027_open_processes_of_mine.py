"""The view of all that a technician may do ends; the first rows bring one of their own work."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Only the view as it was sown; one that somebody changed stays."""
    run_sql_beside(__file__)
