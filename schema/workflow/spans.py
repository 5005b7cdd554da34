"""Spans of time as people write them: hours and minutes, never days, which have two lengths."""

from __future__ import annotations

import re
from decimal import Decimal

from schema.workflow import Refused

HOUR = 60
LONGEST = 2**31 - 1
WRITTEN = re.compile(
    r"(?:(?P<hours>\d{1,9}(?:[.,]\d{1,2})?)\s*h(?:ours?)?|(?P<ore>\d{1,9}(?:[.,]\d{1,2})?)\s*or[ăae])?"
    r"\s*(?:(?P<minutes>\d{1,9})\s*(?:de\s+)?(?:m|min|mins|minutes?|minute|minut)?\.?)?",
    re.IGNORECASE,
)


def read_span(text: str) -> int | None:
    """Minutes from `90`, `45 min`, `2 h`, `1,5 h` or `1 h 30 min`; None when empty.

    A day is refused: it has 24 hours on the clock, and about 8 in working time.
    """
    text = text.strip()
    if not text:
        return None
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise Refused("Write hours and minutes, such as 1 h 30 min, or minutes alone.")
    hours = Decimal((found["hours"] or found["ore"] or "0").replace(",", "."))
    minutes = hours * HOUR + int(found["minutes"] or 0)
    if minutes > LONGEST or minutes != minutes.to_integral_value():
        raise Refused("Write hours and minutes, such as 1 h 30 min, or minutes alone.")
    return int(minutes)
