"""The clinic's own phone, e-mail, address and clock; roles that can be retired."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the columns; what stands there stays."""
    run_sql_beside(__file__)
