"""Which rule makes fewer works late? Four rules on identical works of a simulated laboratory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import deepcopy
from math import ceil
from random import Random
from statistics import fmean
from typing import NamedTuple

from bench.goals import Goal
from bench.laboratory import (
    DAY,
    STATIONS,
    Calendar,
    Rule,
    Work,
    calendar_of,
    earliest_due,
    simulate,
    simulate_choosing,
    works_of,
)
from bench.tables import show
from reports.queue_order import Waiting, ordered
from reports.queue_plan import LONG_PERCENT

LOADS = (0.79, 0.89, 0.95)
WORKS, WARM, RUNS = 1500, 300, 4
SEED = 20261127
EPOCH = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
OURS = "ours"


class Lateness(NamedTuple):
    """How many percent of the works a rule made late, by how many days on average, and at worst."""

    load: int
    rule: str
    late: float
    mean_days: float
    worst_days: float


class Ours:
    """The house's own order as a rule of the simulation: the queue is worked out at each choice.

    `longest` are the working minutes that 85 percent of works stayed at each station, learnt from
    the same laboratory under earliest due date, as the house learns them from its own past.
    """

    def __init__(self, longest: dict[str, int]) -> None:
        self.longest = longest

    def choose(self, waiting: list[Work], now: float, calendar: Calendar) -> Work:
        by_key = {work.number: work for work in waiting}
        rows = [self._row(work, now, calendar) for work in waiting]
        days = {row.key: row.due and row.due.date() for row in rows}
        return by_key[ordered(rows, self.longest, days)[0].key]

    def _row(self, work: Work, now: float, calendar: Calendar) -> Waiting:
        station = STATIONS[work.tasks[work.at].station]
        due = calendar.at(max(0.0, calendar.worked(work.due) - work.behind()))
        age = round(calendar.worked(now) - calendar.worked(work.entered))
        rush = EPOCH if work.rush else None
        return Waiting(work.number, station.name, EPOCH + dt.timedelta(minutes=due), age, rush=rush)


def measure() -> list[Lateness]:
    """Every rule at every load, on the same works, several runs together."""
    found = []
    for load in LOADS:
        sums: dict[str, list[float]] = {}
        for run in range(RUNS):
            calendar = calendar_of(4000, Random(SEED + run))
            works = works_of(WORKS, load, calendar, SEED + run)
            for name, done in _all_rules(works, calendar):
                late = [_days_late(work, calendar) for work in done[WARM:]]
                sums.setdefault(name, []).extend(late)
        found += [_lateness(load, name, late) for name, late in sums.items()]
    return found


def _lateness(load: float, name: str, days: list[float]) -> Lateness:
    late = 100 * fmean(one > 0 for one in days)
    return Lateness(round(100 * load), name, late, fmean(days), max(days))


def _days_late(work: Work, calendar: Calendar) -> float:
    return max(0.0, calendar.worked(work.ready) - calendar.worked(work.due)) / DAY


def _all_rules(works: list[Work], calendar: Calendar) -> Iterator[tuple[str, list[Work]]]:
    rules: dict[str, Rule] = {
        "earliest due date": earliest_due,
        "first in, first out": first_in_first_out,
        "critical ratio": critical_ratio,
    }
    learnt: dict[str, int] = {}
    for name, rule in rules.items():
        done = deepcopy(works)
        simulate(done, calendar, rule)
        learnt = learnt or _longest(done, calendar)
        yield name, done
    for name, longest in ((OURS, learnt), ("ours without the age guard", {})):
        done = deepcopy(works)
        simulate_choosing(done, calendar, Ours(longest).choose)
        yield name, done


def _longest(works: list[Work], calendar: Calendar) -> dict[str, int]:
    """By station, the working minutes within which 85 percent of works had left it."""
    stayed: dict[str, list[float]] = {}
    for work in works:
        for station, entered, left in work.visits:
            minutes = calendar.worked(left) - calendar.worked(entered)
            stayed.setdefault(STATIONS[station].name, []).append(minutes)
    return {
        name: round(sorted(found)[ceil(LONG_PERCENT * len(found) / 100) - 1])
        for name, found in stayed.items()
    }


def tell(found: list[Lateness]) -> None:
    show(["load, %", "rule", "late, %", "days late", "worst, days"], found)
    for load in sorted({one.load for one in found}):
        here = sorted((one for one in found if one.load == load), key=lambda one: one.late)
        ours = next(one for one in here if one.rule == OURS)
        better = [one.rule for one in here if one.late < ours.late]
        told = f"fewer late works than ours: {', '.join(better)}" if better else "ours is the best"
        print(f"  at {load} %: {told}")


def dispatching_goals(found: list[Lateness]) -> Iterator[Goal]:
    for load in sorted({one.load for one in found}):
        late = {one.rule: one.late for one in found if one.load == load}
        first = late["first in, first out"]
        yield Goal(
            f"queue at {load} %: late works, % of first in, first out", late[OURS], "<=", first
        )


def first_in_first_out(work: Work, now: float, calendar: Calendar) -> object:
    return work.entered, work.number


def critical_ratio(work: Work, now: float, calendar: Calendar) -> object:
    left = calendar.worked(work.due) - calendar.worked(now)
    return left / max(work.left(), 1.0), work.number
