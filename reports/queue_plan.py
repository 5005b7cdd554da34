"""The laboratory's queue worked out: operation dates, slack, order, and stages."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from reports.forecast import Stay
from reports.lab_queue import Work
from reports.queue_order import Place, Waiting, ordered
from schema.ahead import Ahead, Standing
from schema.planning import Line, Step, operation_due, slack
from schema.working_time import WorkingTime

# Fewer past stays at a stage than this say nothing of what is long there.
ENOUGH, LONG_PERCENT = 20, 85
BENCH_CLOCKS = ("lab", "machine")


@dataclass(frozen=True)
class Row:
    """A work with its place: `due` is its operation due date (UTC), `slack` the working minutes
    that can be lost before it is late (None without a due date), `age` those at its stage;
    `early` tells that somebody took it before works that the rule puts first.
    """

    work: Work
    place: Place
    due: dt.datetime | None
    slack: int | None
    age: int
    early: bool = False

    @property
    def late(self) -> bool:
        return self.slack is not None and self.slack < 0


@dataclass
class Head:
    """A stage of the bench: works, units, the oldest age in working minutes, waiting in all."""

    code: str
    name: str
    count: int = 0
    units: int = 0
    oldest: int = 0
    waited: int = 0
    share: int = 0
    bottleneck: bool = False


def rows(
    works: Iterable[Work],
    routes: Mapping[tuple[int, int | None], str],
    ahead: Ahead,
    hours_at: Callable[[int | None], WorkingTime],
    longest: Mapping[str, int],
) -> list[Row]:
    """All works in the order of the queue; `longest` as in `longest_stays`. Asks nothing."""
    found, now = list(works), ahead.now
    dates = _Dates(ahead, routes)
    dated = {one.track: dates.of(one, hours_at(one.location)) for one in found}
    ages = {one.track: hours_at(one.location).between(one.entered, now) for one in found}
    zone = {one.track: hours_at(one.location).zone for one in found}
    waiting = [_waiting(one, dated[one.track][0], ages[one.track]) for one in found]
    days = {one.key: one.due and one.due.astimezone(zone[one.key]).date() for one in waiting}
    by_key = {one.track: one for one in found}
    made, free = [], set[str]()
    for place in ordered(waiting, longest, days):
        work = by_key[place.key]
        due, left = dated[place.key]
        early = work.technician is not None and work.code in free and place.lane == "date"
        if work.technician is None and place.lane != "held":
            free.add(work.code)
        made.append(Row(work, place, due, left, ages[place.key], early))
    return made


class _Dates:
    """Operation due dates and slack by the lines of `Ahead`, each reckoned once."""

    def __init__(self, ahead: Ahead, routes: Mapping[tuple[int, int | None], str]) -> None:
        self.ahead, self.routes = ahead, routes
        self.lines: dict[tuple[Standing, int | None], Line] = {}
        self.dates: dict[tuple[object, ...], tuple[dt.datetime, int]] = {}

    def of(self, work: Work, hours: WorkingTime) -> tuple[dt.datetime | None, int | None]:
        """The operation due date (UTC) and the slack; both None without a due date."""
        if work.due is None:
            return None, None
        key = self._standing(work, hours), work.location
        if key not in self.lines:
            line = self.ahead.line(key[0], hours)
            self.lines[key] = line or (Step(work.stage, work.minutes or 0, work.clock),)
        line, at = self.lines[key], (*key, work.due)
        if at not in self.dates:
            self.dates[at] = (
                operation_due(self.ahead.routes.behind(line), work.due, hours),
                slack(line, self.ahead.now, work.due, hours),
            )
        return self.dates[at]

    def _standing(self, work: Work, hours: WorkingTime) -> Standing:
        """Who has it matters only where people's time is not that of the place."""
        who, there = work.technician, self.ahead.presence
        if who is not None and there.of(who, hours) is there.at_stage(work.code, hours) is hours:
            who = None
        return Standing(
            work.pipeline,
            work.stage,
            self.routes.get(work.kind, ""),
            work.pieces,
            work.there,
            who,
            work.begun,
            work.outside,
        )


def _waiting(work: Work, due: dt.datetime | None, age: int) -> Waiting:
    rush = work.marks.get("rush") or (work.opened if work.priority == "urgent" else None)
    set_up = f"{work.kind[1]} {work.shade}" if work.clock == "machine" else ""
    held = work.held is not None or work.clock not in BENCH_CLOCKS
    pin = work.marks.get("pin")
    return Waiting(work.track, work.code, due, age, pin, rush, set_up, held)


def longest_stays(stays: Iterable[Stay]) -> dict[str, int]:
    """By stage, the working minutes within which 85 percent of past works had left it."""
    stayed: dict[str, list[int]] = defaultdict(list)
    for one in stays:
        stayed[one.stage].append(one.stayed)
    return {
        stage: sorted(found)[ceil(LONG_PERCENT * len(found) / 100) - 1]
        for stage, found in stayed.items()
        if len(found) >= ENOUGH
    }


def heads(found: Iterable[Row]) -> list[Head]:
    """The stages with their works, in the order of their ways; the bottleneck is where most of all
    waiting of open works is (reference 3.4, of the queues that are open now).
    """
    made: dict[str, Head] = {}
    sized = sorted(found, key=lambda row: (row.work.pipeline, row.work.position))
    for row in sized:
        head = made.setdefault(row.work.code, Head(row.work.code, row.work.stage_name))
        head.count += 1
        head.units += row.work.units
        if row.place.lane != "held":
            head.oldest = max(head.oldest, row.age)
            head.waited += row.age
    whole = sum(head.waited for head in made.values())
    for head in made.values():
        head.share = round(100 * head.waited / whole) if whole else 0
    worst = max(made.values(), key=lambda head: head.waited, default=None)
    if worst is not None and worst.waited:
        worst.bottleneck = True
    return list(made.values())
