"""Patients agree to photos use by use, and say whether they may be recognised on them."""

from typing import Any

from schema.migrations import run_sql_beside


def up(migrator: Any, database: Any) -> None:
    """Add the uses to consents; shots, photos and consents say who can be recognised."""
    run_sql_beside(__file__)
