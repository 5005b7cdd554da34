"""How often did papers and screen differ, day by day, and may the papers be switched off?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from peewee import Case, fn

from schema.papers import PaperCheck, PaperFinding
from schema.working_time import working_time

DAYS_NEEDED = 10
MOST_DIFFERING = Fraction(1, 100)
RECENT = 60
MONDAY_TO_FRIDAY = range(1, 6)


@dataclass(frozen=True)
class PaperDay:
    """One closed check: its papers, and how many of them differed from the screen."""

    check_id: int
    location_id: int
    day: dt.date
    papers: int
    differing: int


@dataclass(frozen=True)
class Trust:
    """The last working days of a location: how many were checked, and what was found on them.

    `missed` are the working days without a closed check. `reached`: every one was checked, and
    less than 1 % of the papers seen on all of them together differed.
    """

    days: int
    checked: int
    missed: tuple[dt.date, ...]
    papers: int
    differing: int

    @property
    def share(self) -> Fraction | None:
        """The part of papers that differed; None without papers."""
        return Fraction(self.differing, self.papers) if self.papers else None

    @property
    def reached(self) -> bool:
        enough = self.checked == self.days and self.share is not None
        return enough and self.share is not None and self.share < MOST_DIFFERING


def rows(checks: Any) -> list[PaperDay]:
    """The closed checks among these, the newest first; at most 60."""
    differs = fn.SUM(Case(None, [(PaperFinding.result != "agrees", 1)], 0))
    query = (
        checks.select(
            PaperCheck.id,
            PaperCheck.location,
            PaperCheck.day,
            fn.COUNT(PaperFinding.id),
            fn.COALESCE(differs, 0),
        )
        .left_outer_join(PaperFinding, on=PaperFinding.paper_check == PaperCheck.id)
        .where(PaperCheck.closed_at.is_null(False))
        .group_by(PaperCheck.id, PaperCheck.location, PaperCheck.day)
        .order_by(PaperCheck.day.desc(), PaperCheck.location)
        .limit(RECENT)
    )
    found = query.tuples()
    return [PaperDay(key, place, day, seen, int(bad)) for key, place, day, seen, bad in found]


def trust(location_id: int, days: Iterable[PaperDay], today: dt.date) -> Trust:
    """Whether paper of a location may go: its last 10 working days, today only once it is closed.

    A working day is one with opening hours that is not closed; without any hours, Monday to Friday.
    """
    found = {one.day: one for one in days if one.location_id == location_id}
    wanted = _working_days(location_id, today if today in found else today - dt.timedelta(days=1))
    checked = [found[day] for day in wanted if day in found]
    return Trust(
        days=DAYS_NEEDED,
        checked=len(checked),
        missed=tuple(day for day in wanted if day not in found),
        papers=sum(one.papers for one in checked),
        differing=sum(one.differing for one in checked),
    )


def _working_days(location_id: int, last: dt.date) -> list[dt.date]:
    """The last working days up to `last`, the newest first; none is older than 60 days."""
    time = working_time(location_id)
    days = (last - dt.timedelta(days=back) for back in range(RECENT))
    works = [
        day
        for day in days
        if day not in time.closed
        and (time.spans_of(day) if time.sessions else day.isoweekday() in MONDAY_TO_FRIDAY)
    ]
    return works[:DAYS_NEEDED]
