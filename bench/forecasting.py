"""Is the safe date kept? 5,000 works of a simulated laboratory that the forecast has not seen."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from random import Random
from statistics import fmean
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bench.goals import Goal
from bench.laboratory import (
    DAY,
    SESSIONS,
    STATIONS,
    Calendar,
    Work,
    calendar_of,
    earliest_due,
    simulate,
    works_of,
)
from bench.tables import show
from reports.forecast import SAFE, Ask, Forecast, Stay, forecast
from schema.working_time import WorkingTime

BEGIN = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # a Monday
LEARNT, HELD_OUT, LOAD, SEED = 4000, 5000, 0.85, 20261127
WHILES = (0, 60, 240, 480, 960)  # working minutes
WINDOW = 180 * 1440  # minutes of the calendar
LEAST, MOST = 80, 90


class Promise(NamedTuple):
    """How many percent of works kept a rule's date, of all and of those a day or more at their
    stage, and how far ahead it was, in working days.
    """

    rule: str
    kept: float
    kept_old: float
    days: float


class _Past(NamedTuple):
    """Stays at one station of works that were ready by a moment, in the order of being ready."""

    ready: list[float]
    stays: list[Stay]


def measure(number: int = HELD_OUT, load: float = LOAD, seed: int = SEED) -> list[Promise]:
    """Ask of each held-out work what is safe for it, once, wherever it stands after a while.

    The while is drawn before anything is known of the work, and one that is ready by then is
    passed over, so that slow works are asked as often as they are under way. The past of each
    question are only works that were ready before it, of 180 days.
    """
    dice = Random(seed)
    calendar = calendar_of(3000, dice)
    works = works_of(LEARNT + 2 * number, load, calendar, seed)
    simulate(works, calendar, earliest_due)
    hours = _hours(calendar)
    past = _past(works, calendar)
    kept: dict[str, list[tuple[bool, float, bool]]] = {}
    asked = ((work, calendar.add(work.arrives, dice.choice(WHILES))) for work in works[LEARNT:])
    for work, now in islice((one for one in asked if one[1] < one[0].ready), number):
        entered = max(entered for _, entered, _ in work.visits if entered <= now)
        old = calendar.worked(now) - calendar.worked(entered) >= DAY
        for rule, safe in _promises(work, now, past, calendar, hours).items():
            days = (calendar.worked(safe) - calendar.worked(now)) / DAY
            kept.setdefault(rule, []).append((work.ready <= safe, days, old))
    return [_promise(rule, found) for rule, found in kept.items()]


def _promise(rule: str, found: list[tuple[bool, float, bool]]) -> Promise:
    stuck = [ready for ready, _, old in found if old]
    return Promise(
        rule,
        100 * fmean(ready for ready, _, _ in found),
        100 * fmean(stuck) if stuck else 0.0,
        fmean(days for _, days, _ in found),
    )


def _past(works: list[Work], calendar: Calendar) -> dict[int, _Past]:
    found: dict[int, list[tuple[float, int, Stay]]] = {}
    for work in works:
        seen: set[int] = set()
        for station, entered, left in work.visits:
            stayed = round(calendar.worked(left) - calendar.worked(entered))
            whole = round(calendar.worked(work.ready) - calendar.worked(entered))
            again, name = station in seen, STATIONS[station].name
            seen.add(station)
            stay = Stay(work.route, name, again, work.units, stayed, whole)
            found.setdefault(station, []).append((work.ready, work.number, stay))
    sorted_rows = {station: sorted(rows, key=lambda r: r[:2]) for station, rows in found.items()}
    return {
        station: _Past([row[0] for row in rows], [row[2] for row in rows])
        for station, rows in sorted_rows.items()
    }


def _known(past: _Past, now: float) -> list[Stay]:
    """What was ready by now and not too long ago, the newest first."""
    first, last = bisect_right(past.ready, now - WINDOW), bisect_right(past.ready, now)
    return past.stays[first:last][::-1]


def _promises(
    work: Work, now: float, past: dict[int, _Past], calendar: Calendar, hours: WorkingTime
) -> dict[str, float]:
    """The safe moment by each rule."""
    at = max((i for i, visit in enumerate(work.visits) if visit[1] <= now), default=0)
    station, entered, _ = work.visits[at]
    age = max(0, round(calendar.worked(now) - calendar.worked(entered)))
    again = station in {one for one, _, _ in work.visits[:at]}
    ask = Ask(work.route, STATIONS[station].name, again, work.units, age)
    known = _known(past[station], now)
    left = work.plan[-_ahead(work, at) :]
    standard = round(sum(task.standard for task in left))
    safe, _ = forecast(known, ask, standard).safe(_instant(now), hours)
    whole = forecast(known, replace(ask, age=0), standard).minutes(SAFE)
    stages = [_stayed(_known(past[task.station], now), work.route) for task in left]
    naive = {
        "sum of P85 of the stages": sum(stages) - age,
        "P85 minus waited": whole - age,
        "standard times": standard,
    }
    told = {rule: calendar.slot(calendar.add(now, max(0, left))) for rule, left in naive.items()}
    return {"whole ways, given the age": (safe - BEGIN).total_seconds() / 60, **told}


def _instant(moment: float) -> dt.datetime:
    return BEGIN + dt.timedelta(minutes=round(moment))


def _hours(calendar: Calendar) -> WorkingTime:
    """The calendar of the simulation as the house knows it: a clinic without summer time."""
    week = {weekday: list(SESSIONS) for weekday in range(1, 6)}
    closed = frozenset((BEGIN + dt.timedelta(days=day)).date() for day in calendar.closed)
    return WorkingTime(ZoneInfo("UTC"), week, closed)


def _ahead(work: Work, at: int) -> int:
    """How many planned steps are ahead with the present one, as far as people know by then."""
    present = work.tasks[at]
    for behind, task in enumerate(reversed(work.plan), 1):
        if (task.station, task.standard) == (present.station, present.standard):
            return behind
    return len(work.plan)


def _stayed(known: list[Stay], route: str) -> int:
    sample = tuple(sorted(one.stayed for one in known if one.route == route)) or (0,)
    return Forecast("route", sample).minutes(SAFE)


def tell(found: list[Promise]) -> None:
    show([f"safe date of {HELD_OUT:,} works", "kept, %", "of stuck ones, %", "days ahead"], found)


def forecast_goals(found: list[Promise]) -> Iterator[Goal]:
    yield Goal("forecast: safe dates kept, %, at least", found[0].kept, ">=", LEAST)
    yield Goal("forecast: safe dates kept, %, at most", found[0].kept, "<=", MOST)
