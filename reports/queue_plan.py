"""The laboratory's queue worked out: operation dates, slack, order, stages, load, suggestions."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil

from reports.forecast import Stay
from reports.lab_queue import Work
from reports.queue_order import Place, Waiting, ordered
from schema.planning import Line, Step, operation_due, slack
from schema.routes import Routes
from schema.working_time import WorkingTime

# Fewer past stays at a stage than this say nothing of what is long there.
ENOUGH, LONG_PERCENT = 20, 85
BENCH_CLOCKS = ("lab", "machine")
LONG_SPAN = 4


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


@dataclass
class Load:
    """What a technician has on one day; `units` of the works, `share` of a full day (1.0)."""

    units: int = 0
    share: float = 0.0
    away: bool = False
    usual: int = 0

    @property
    def capacity(self) -> int:
        """Units that the day takes, of works like those that are on it; 0 on leave."""
        if self.away:
            return 0
        return round(self.units / self.share) if self.share else self.usual

    @property
    def percent(self) -> int:
        return 100 if self.away and self.units else round(100 * self.share)


@dataclass(frozen=True)
class Hand:
    """A technician: the stages that they have learnt with the level, and the days off."""

    key: int
    name: str
    skills: Mapping[str, str]
    away: frozenset[dt.date] = frozenset()
    loads: dict[dt.date, Load] = field(default_factory=dict)


def rows(
    works: Iterable[Work],
    routes: Mapping[tuple[int, int | None], str],
    ways: Routes,
    hours_at: Callable[[int | None], WorkingTime],
    longest: Mapping[str, int],
    now: dt.datetime,
) -> list[Row]:
    """All works in the order of the queue; `longest` as in `longest_stays`. Asks nothing."""
    found = list(works)
    dates = _Dates(ways, routes, now)
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
    """Operation due dates and slack, each line and date reckoned once."""

    def __init__(
        self, ways: Routes, routes: Mapping[tuple[int, int | None], str], now: dt.datetime
    ) -> None:
        self.ways, self.routes, self.now = ways, routes, now
        self.lines: dict[tuple[object, ...], Line] = {}
        self.dates: dict[tuple[object, ...], tuple[dt.datetime, int]] = {}

    def of(self, work: Work, hours: WorkingTime) -> tuple[dt.datetime | None, int | None]:
        if work.due is None:
            return None, None
        route = self.routes.get(work.kind, "")
        key = work.pipeline, work.stage, route, work.pieces, work.there
        if key not in self.lines:
            line = self.ways.ahead(work.pipeline, work.stage, route, work.pieces, work.there)
            self.lines[key] = line or (Step(work.stage, work.minutes or 0, work.clock),)
        line, at = self.lines[key], (*key, work.due, work.location)
        if at not in self.dates:
            self.dates[at] = (
                operation_due(self.ways.behind(line), work.due, hours),
                slack(line, self.now, work.due, hours),
            )
        return self.dates[at]


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


def load(
    found: Iterable[Row],
    hands: Mapping[int, Hand],
    capacity: Mapping[str, int],
    days: list[dt.date],
    day_of: Callable[[dt.datetime], dt.date],
) -> None:
    """Fill the loads of technicians for `days` (of the clinic, the first is today).

    A work counts on the day of its operation due date, on the first day when that is past or not
    known, and on no day when it comes later.
    """
    for hand in hands.values():
        usual = max((capacity[code] for code in hand.skills if code in capacity), default=0)
        for day in days:
            hand.loads[day] = Load(away=day in hand.away, usual=usual)
    for row in found:
        here = hands.get(row.work.technician or 0)
        day = max(days[0], day_of(row.due)) if row.due is not None else days[0]
        if here is not None and day in here.loads:
            _add(here.loads[day], row.work, capacity)


def _add(there: Load, work: Work, capacity: Mapping[str, int]) -> None:
    there.units += work.units
    there.share += work.units / capacity.get(work.code, there.usual or 1)


def suggested(
    row: Row, hands: Mapping[int, Hand], capacity: Mapping[str, int], today: dt.date
) -> int | None:
    """Who should have a work: its maker when it came back, else whoever has the skill and least
    load; a long span goes to a senior first. Nobody who is on leave; None when nobody can.
    """
    work = row.work
    able = [one for one in hands.values() if work.code in one.skills and today not in one.away]
    if any(one.key == work.maker for one in able):
        return work.maker
    if not able:
        return None

    def rank(one: Hand) -> tuple[bool, float, int]:
        senior = work.units < LONG_SPAN or one.skills[work.code] == "senior"
        return not senior, sum(load.share for load in one.loads.values()), one.key

    best = min(able, key=rank)
    return best.key


def spread(
    found: Iterable[Row],
    hands: Mapping[int, Hand],
    capacity: Mapping[str, int],
    today: dt.date,
) -> dict[int, int]:
    """A technician for each work, one after another, each counting what the ones before got."""
    wishes: dict[int, int] = {}
    for row in found:
        who = suggested(row, hands, capacity, today)
        if who is not None:
            wishes[row.work.track] = who
            if today in hands[who].loads:
                _add(hands[who].loads[today], row.work, capacity)
    return wishes
