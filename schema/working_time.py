"""Working time: minutes counted in a location's opening hours, without its closed days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from schema.hours import Holiday, OpeningHours
from schema.prepared import prepared
from schema.staff import Clinic
from schema.zones import HOME

# A location that is closed for so long has no working time to reckon with.
LONGEST_PAUSE = dt.timedelta(days=400)
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class WorkingTime:
    """When one location works: sessions by weekday in minutes of the clinic's day, closed days.

    Without any opening hours every minute counts.
    """

    zone: ZoneInfo
    sessions: dict[int, list[tuple[int, int]]]
    closed: frozenset[dt.date]

    def add(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """The UTC instant at which `minutes` of working time after `start` (UTC) are over."""
        left = dt.timedelta(minutes=minutes)
        if not self.sessions:
            return start + left
        for opens, closes in self.spans(start):
            if opens > start + LONGEST_PAUSE:
                break
            if closes - opens >= left:
                return opens + left
            left -= closes - opens
            start = closes
        return start + left

    def between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Minutes of working time from `start` to `end`, both UTC; 0 when `end` is not later."""
        if not self.sessions or end <= start:
            return max(0, int((end - start).total_seconds() // 60))
        total = dt.timedelta()
        for opens, closes in self.spans(start):
            if opens >= end:
                break
            total += min(closes, end) - opens
        return int(total.total_seconds() // 60)

    def spans(self, start: dt.datetime) -> Iterator[Span]:
        """Sessions in UTC from `start` on, the first one cut off there; for two years at most."""
        day = start.astimezone(self.zone).date()
        for _ in range(800):
            if day not in self.closed:
                for opens, closes in self.sessions.get(day.isoweekday(), ()):
                    began, over = self._moment(day, opens), self._moment(day, closes)
                    if over > start:
                        yield max(began, start), over
            day += dt.timedelta(days=1)

    def _moment(self, day: dt.date, minutes: int) -> dt.datetime:
        """The wall clock's time on that day; what a night of summer time skips is passed over."""
        day, minutes = (day + dt.timedelta(days=1), 0) if minutes == 1440 else (day, minutes)
        wall = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), self.zone)
        return wall.astimezone(dt.UTC)


def clinic_zone() -> ZoneInfo:
    """The zone of the clinic's days, as its own page says."""
    told = _zones.first()
    return ZoneInfo((told and told[0]) or HOME)


def working_time(location: int | None) -> WorkingTime:
    """The working time of a location (of all locations together when None), as its rows say."""
    sessions: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for weekday, opens, closes in _hours() if location is None else _hours_of(location):
        _join(sessions[weekday], opens, closes)
    closed = _closed() if location is None else _closed_at(location)
    return WorkingTime(clinic_zone(), dict(sessions), frozenset(day for (day,) in closed))


@prepared
def _zones() -> Any:
    return Clinic.select(Clinic.time_zone).limit(1).tuples()


@prepared
def _hours() -> Any:
    told = OpeningHours.select(OpeningHours.weekday, OpeningHours.opens_at, OpeningHours.closes_at)
    return told.order_by(OpeningHours.opens_at).tuples()


@prepared
def _hours_of(location: Any) -> Any:
    return _hours.build().where(OpeningHours.location == location)


@prepared
def _closed() -> Any:
    return Holiday.select(Holiday.day).where(Holiday.location.is_null()).tuples()


@prepared
def _closed_at(location: Any) -> Any:
    here = Holiday.location.is_null() | (Holiday.location == location)
    return Holiday.select(Holiday.day).where(here).tuples()


def _join(sessions: list[tuple[int, int]], opens: int, closes: int) -> None:
    """Add a session; where two locations overlap, they are one."""
    if sessions and opens <= sessions[-1][1]:
        sessions[-1] = (sessions[-1][0], max(closes, sessions[-1][1]))
    else:
        sessions.append((opens, closes))
