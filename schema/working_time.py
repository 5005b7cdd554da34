"""Working time: minutes counted in a location's opening hours, without its closed days."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Any
from zoneinfo import ZoneInfo

from schema.hours import Holiday, OpeningHours
from schema.kept import kept
from schema.prepared import prepared
from schema.staff import Clinic
from schema.zones import HOME

# A location that is closed for so long has no working time to reckon with.
LONGEST_PAUSE = dt.timedelta(days=400)
MOST_DAYS = 800
Span = tuple[dt.datetime, dt.datetime]
# By weekday (1 is Monday), sessions in minutes of the day.
Sessions = dict[int, list[tuple[int, int]]]


@dataclass(frozen=True)
class WorkingTime:
    """When one location works: sessions by weekday in minutes of the clinic's day, closed days.

    Without any opening hours every minute counts.
    """

    zone: ZoneInfo
    sessions: Sessions
    closed: frozenset[dt.date]

    def add(self, start: dt.datetime, minutes: int) -> dt.datetime:
        """The UTC instant at which `minutes` of working time after `start` (UTC) are over.

        With 0 minutes: `start` itself in working time, else the next opening.
        """
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

    def sub(self, end: dt.datetime, minutes: int) -> dt.datetime:
        """The latest UTC instant from which `minutes` of working time pass until `end` (UTC).

        With 0 minutes: `end` itself in working time, else the last closing before it.
        """
        left = dt.timedelta(minutes=minutes)
        if not self.sessions:
            return end - left
        for opens, closes in self.spans_back(end):
            if closes < end - LONGEST_PAUSE:
                break
            if closes - opens >= left:
                return closes - left
            left -= closes - opens
            end = opens
        return end - left

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
        for _ in range(MOST_DAYS):
            for opens, closes in self.spans_of(day):
                if closes > start:
                    yield max(opens, start), closes
            day += dt.timedelta(days=1)

    def spans_back(self, end: dt.datetime) -> Iterator[Span]:
        """Sessions in UTC from `end` back, the first one cut off there; for two years at most."""
        day = end.astimezone(self.zone).date()
        for _ in range(MOST_DAYS):
            for opens, closes in reversed(self.spans_of(day)):
                if opens < end:
                    yield opens, min(closes, end)
            day -= dt.timedelta(days=1)

    def spans_of(self, day: dt.date) -> list[Span]:
        """The sessions of one day in UTC, in their order; none on a closed day."""
        if day in self.closed:
            return []
        walls = self.sessions.get(day.isoweekday(), ())
        spans = [(self._moment(day, opens), self._moment(day, closes)) for opens, closes in walls]
        return [(opens, closes) for opens, closes in spans if opens < closes]

    def _moment(self, day: dt.date, minutes: int) -> dt.datetime:
        """The wall clock's time on that day; one that a night skips is when the clocks jump."""
        day, minutes = (day + dt.timedelta(days=1), 0) if minutes == 1440 else (day, minutes)
        wall = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), self.zone)
        moment = wall.astimezone(dt.UTC)
        if moment.astimezone(self.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
            return moment
        return self._jump(wall.replace(fold=1).astimezone(dt.UTC), moment)

    def _jump(self, before: dt.datetime, after: dt.datetime) -> dt.datetime:
        """The minute between two instants (UTC) at which the zone's offset changes."""
        offset = before.astimezone(self.zone).utcoffset()
        while after - before > dt.timedelta(minutes=1):
            middle = before + dt.timedelta(minutes=(after - before) // dt.timedelta(minutes=2))
            same = middle.astimezone(self.zone).utcoffset() == offset
            before, after = (middle, after) if same else (before, middle)
        return after


class Worked:
    """The working minutes of a span of time laid out once, for thousands of questions about it."""

    def __init__(self, hours: WorkingTime, since: dt.datetime, until: dt.datetime) -> None:
        """`since` and `until` are UTC; what lies outside of them counts nothing."""
        whole = takewhile(lambda span: span[0] < until, hours.spans(since))
        spans = list(whole) if hours.sessions else [(since, until)]
        self._opens = [opens for opens, _ in spans]
        self._closes = [closes for _, closes in spans]
        self._done = list(accumulate((b - a for a, b in spans), initial=dt.timedelta()))

    def between(self, start: dt.datetime, end: dt.datetime) -> int:
        """Minutes of working time from `start` to `end`, both UTC; 0 when `end` is not later."""
        return max(0, int((self._until(end) - self._until(start)).total_seconds() // 60))

    def _until(self, moment: dt.datetime) -> dt.timedelta:
        place = bisect_right(self._opens, moment) - 1
        if place < 0:
            return dt.timedelta()
        return self._done[place] + min(moment, self._closes[place]) - self._opens[place]


def clinic_zone() -> ZoneInfo:
    """The zone of the clinic's days, as its own page says."""
    [zones] = kept(_zones.asked())
    return _zone(zones)


def working_time(location: int | None) -> WorkingTime:
    """The working time of a location (of all locations together when None), as its rows say."""
    hours, closed, zones = kept(
        *(
            (_hours.asked(), _closed.asked())
            if location is None
            else (_hours_of.asked(location), _closed_at.asked(location))
        ),
        _zones.asked(),
    )
    sessions: Sessions = defaultdict(list)
    for weekday, opens, closes in hours:
        _join(sessions[weekday], opens, closes)
    return WorkingTime(_zone(zones), dict(sessions), frozenset(day for (day,) in closed))


def _zone(told: list[tuple[str | None]]) -> ZoneInfo:
    return ZoneInfo((told and told[0][0]) or HOME)


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
