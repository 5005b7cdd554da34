"""FIRST ROWS: what a new house starts with; sowing twice is sowing once."""

from __future__ import annotations

from datetime import datetime

from schema.database import one_act
from seed.rights import sow_rights


def sow_first_rows(now: datetime) -> None:
    """Sow everything that is missing, in one act; what the clinic edited stays as it is."""
    with one_act():
        sow_rights()
