"""The week of a place: when it opens and closes on each day, read as typed, set in one act."""

from __future__ import annotations

from schema.database import one_act
from schema.hours import OpeningHours
from schema.staff import Location
from schema.workflow import Refused
from schema.workflow.value_days import parse_time

DAYS = range(1, 8)
MIDNIGHT = 24 * 60
Session = tuple[int, int, int]


def read_session(opens: str, closes: str) -> tuple[int, int] | None:
    """Minutes after midnight from `8:30` and `20:00`; None when both are empty.

    Closing at midnight is `24:00` or `00:00`. Refused when it makes no sense.
    """
    start, end = read_clock(opens), read_clock(closes)
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise Refused("Write when it opens and when it closes, or leave both empty.")
    end = end or MIDNIGHT
    if end <= start:
        raise Refused("Closing comes after opening, within one day.")
    return start, end


def clock_text(minutes: int) -> str:
    """`08:30` for 510."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def refuse_overlap(week: list[Session]) -> None:
    """Refused when two sessions of one day overlap."""
    for (day, _, closes), (next_day, opens, _) in zip(sorted(week), sorted(week)[1:], strict=False):
        if day == next_day and opens < closes:
            raise Refused("These hours overlap with others of the same day.")


def set_week(location: Location, week: list[Session]) -> None:
    """Make the opening hours of a place exactly these (weekday, opens, closes)."""
    refuse_overlap(week)
    with one_act():
        there = {
            (row.weekday, row.opens_at, row.closes_at): row.id
            for row in OpeningHours.select().where(OpeningHours.location == location)
        }
        gone = [there[session] for session in there.keys() - set(week)]
        if gone:
            OpeningHours.delete().where(OpeningHours.id.in_(gone)).execute()
        for weekday, opens, closes in sorted(set(week) - there.keys()):
            OpeningHours.create(
                location=location, weekday=weekday, opens_at=opens, closes_at=closes
            )


def read_clock(text: str) -> int | None:
    """Minutes after midnight from `8:30`; 1440 from `24:00`; None when empty. Raises Refused."""
    if text.strip() == "24:00":
        return MIDNIGHT
    time = parse_time(text)
    return None if time is None else time.hour * 60 + time.minute
