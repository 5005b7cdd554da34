"""Makes one good row of anything, with all that it needs; keyword arguments say what is special."""

from __future__ import annotations

import datetime as dt
from itertools import count

NOW = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
_numbers = count(1)


def number() -> int:
    """A number that no other row of this run has."""
    return next(_numbers)


def later(*, days: int = 0, hours: int = 0, minutes: int = 0) -> dt.datetime:
    """The tests' moment and a while; negative is earlier."""
    return NOW + dt.timedelta(days=days, hours=hours, minutes=minutes)
