"""When will a work be ready? Whole remaining ways of past works, given how long this one waited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from schema.working_time import Worked, WorkingTime

PROBABLE, LEAST_SAFE, SAFE = 50, 80, 85
# Each rung of the ladder, and with how many similar works it speaks.
ENOUGH = {"units": 20, "route": 20, "stage": 30}
MOST = 200  # the newest similar works; a laboratory changes


@dataclass(frozen=True)
class Stay:
    """One stay of a past work at a stage, in working minutes.

    `again` is every stay after the first at that stage; `remaining` runs from its entering the
    stage until the whole work was ready, with all loops, queues and returns.
    """

    route: str
    stage: str
    again: bool
    units: int
    stayed: int
    remaining: int


@dataclass(frozen=True)
class Ask:
    """Where a work is now; `age` are the working minutes it has been there, not on hold."""

    route: str
    stage: str
    again: bool
    units: int
    age: int


@dataclass(frozen=True)
class Forecast:
    """Working minutes from now of similar works, in ascending order, and which rung found them.

    `level` is `units` (same route, stage and size), `route` (same route and stage), `stage`
    (same stage on any route), `longest` (the works that waited there longest, when this one waits
    longer still) or `standard` (no history: `sample` has the standard minutes alone).
    """

    level: str
    sample: tuple[int, ...]

    @property
    def number(self) -> int:
        """How many similar works it rests on; 0 when it is reckoned from standard times."""
        return 0 if self.level == "standard" else len(self.sample)

    def later(self, minutes: int) -> Forecast:
        """The same when so many working minutes come on top, of which past works knew nothing.

        Standard times count people's leave already.
        """
        if not minutes or not self.number:
            return self
        return Forecast(self.level, tuple(one + minutes for one in self.sample))

    def minutes(self, percent: int) -> int:
        """Working minutes from now within which `percent` of similar works were ready.

        The order statistic ceil(p (n + 1)), so that a new work keeps it in at least p of cases.
        """
        place = min(len(self.sample), ceil(percent * (len(self.sample) + 1) / 100))
        return self.sample[place - 1]

    def at(self, percent: int, now: dt.datetime, hours: WorkingTime) -> dt.datetime:
        """The UTC instant of `minutes`, carried on to the end of that session: a handover slot."""
        return slot(hours.add(now, self.minutes(percent)), hours)

    def safe(self, now: dt.datetime, hours: WorkingTime) -> tuple[dt.datetime, int]:
        """The safe handover slot (UTC), and the percent of similar works that were ready by then.

        Of the slots by which at least 80 percent were, the one that comes nearest to 85: carrying
        every date on to the end of a session would make it safer, and later, than it is said to
        be. Without history: the slot of the standard time, and 0.
        """
        if not self.number:
            return self.at(SAFE, now, hours), 0
        first = self.at(LEAST_SAFE, now, hours)
        second = slot(first + dt.timedelta(minutes=1), hours)
        told = [(self.chance(now, one, hours) or 0, one) for one in (first, second)]
        percent, moment = min(told, key=lambda one: abs(one[0] - SAFE))
        return moment, percent

    def chance(self, now: dt.datetime, ready_by: dt.datetime, hours: WorkingTime) -> int | None:
        """Percent of similar works that would be ready by then; None without history."""
        if not self.number:
            return None
        left = hours.between(now, ready_by)
        return 100 * sum(minutes <= left for minutes in self.sample) // self.number


def forecast(stays: Sequence[Stay], ask: Ask, standard: int) -> Forecast:
    """The forecast for a work; `stays` newest first, `standard` its remaining standard minutes.

    Only works that were at the stage for longer than this one are similar: what has waited long
    is not nearly done. A rung with too few of them gives way to the next, at last to `standard`.
    """
    alike = [one for one in stays if one.stage == ask.stage and one.stayed > ask.age]
    for level, least in ENOUGH.items():
        found = [one for one in alike if _is_similar(one, ask, level)][:MOST]
        if len(found) >= least:
            return Forecast(level, tuple(sorted(one.remaining - ask.age for one in found)))
    return _stuck(stays, ask) or Forecast("standard", (standard,))


def _stuck(stays: Sequence[Stay], ask: Ask) -> Forecast | None:
    """What the longest waiting works of the stage needed, for one that waits longer than most."""
    here = [one for one in stays if one.stage == ask.stage and one.again == ask.again]
    longest = sorted(here, key=lambda one: -one.stayed)[: ENOUGH["stage"]]
    if not ask.age or len(longest) < ENOUGH["stage"]:
        return None
    left = (one.remaining - min(ask.age, one.stayed) for one in longest)
    return Forecast("longest", tuple(sorted(left)))


def _is_similar(one: Stay, ask: Ask, level: str) -> bool:
    if one.again != ask.again:
        return False
    if level == "stage":
        return True
    same = one.route == ask.route
    return same and (level == "route" or size(one.units) == size(ask.units))


def size(units: int) -> int:
    """The class of a work by its units: 1 for one, 2 for two or three, 4 for more."""
    return 1 if units <= 1 else 2 if units <= 3 else 4


def slot(moment: dt.datetime, hours: WorkingTime) -> dt.datetime:
    """The end of the session in which a moment (UTC) lies: when finished works are handed over."""
    if not hours.sessions:
        return moment
    before = moment - dt.timedelta(minutes=1)  # a work that is ready at closing is handed over then
    return next((closes for _, closes in hours.spans(before)), moment)


Spans = Sequence[tuple[dt.datetime, dt.datetime]]


def stays_of(
    route: str,
    units: int,
    visits: Sequence[tuple[str, dt.datetime, dt.datetime]],
    ready: dt.datetime,
    hours: WorkingTime | Worked,
    held: Spans = (),
) -> list[Stay]:
    """The stays of one finished work, from its visits: stage, entered and left (UTC).

    What it was on hold (`held`) counts neither as its stay nor as what remained.
    """
    seen: set[str] = set()
    stays = []
    for stage, entered, left in visits:
        if entered >= ready:
            continue
        stayed = active(hours, entered, min(left, ready), held)
        whole = active(hours, entered, ready, held)
        stays.append(Stay(route, stage, stage in seen, units, stayed, whole))
        seen.add(stage)
    return stays


def active(
    hours: WorkingTime | Worked, start: dt.datetime, end: dt.datetime, held: Spans = ()
) -> int:
    """Working minutes from `start` to `end` without the holds in between; holds may overlap."""
    total, until = hours.between(start, end), start
    for begun, over in sorted(held):
        first, last = max(begun, until), min(over, end)
        if last > first:
            total -= hours.between(first, last)
            until = last
    return max(0, total)
