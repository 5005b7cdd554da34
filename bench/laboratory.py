"""A simulated laboratory: stations, queues, furnaces at night, rework, weekends and holidays."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import count
from random import Random
from typing import NamedTuple

DAY = 480  # working minutes of an open day
MIDNIGHT = 1440
SESSIONS = ((540, 780), (840, 1080))


class Station(NamedTuple):
    """Places at which so many works are made at once; a machine goes on through the night."""

    name: str
    servers: int
    machine: bool = False


class Task(NamedTuple):
    """A step of a work: its station, its standard minutes and what it will really take."""

    station: int
    standard: float
    minutes: float


@dataclass
class Work:
    """A work with all its steps drawn in advance, so that every rule meets the same works.

    Moments are minutes of the calendar since the first Monday; `rework` steps are not in `plan`.
    """

    number: int
    route: str
    units: int
    arrives: float
    due: float
    rush: bool
    tasks: list[Task]
    plan: list[Task]
    at: int = 0
    entered: float = 0.0
    visits: list[tuple[int, float, float]] = field(default_factory=list)
    ready: float = 0.0

    def left(self) -> float:
        """Standard minutes of the present step and of those behind it, without rework to come."""
        return sum(task.standard for task in self.tasks[self.at :])

    def behind(self) -> float:
        """Standard minutes of the steps behind the present one."""
        return sum(task.standard for task in self.tasks[self.at + 1 :])


STATIONS = (
    Station("model", 2),
    Station("cad", 3),
    Station("mill", 2, machine=True),
    Station("furnace", 12, machine=True),
    Station("bench", 3),
    Station("ceramic", 4),
    Station("control", 1),
)
# Share, and for each step its station with minutes for the work and for each unit.
ROUTES: dict[str, tuple[float, tuple[tuple[str, float, float], ...]]] = {
    "ZR": (0.5, (("model", 35, 2), ("cad", 15, 10), ("mill", 10, 20), ("furnace", 600, 0),
                 ("bench", 10, 15), ("ceramic", 15, 15), ("control", 5, 3))),
    "PFM": (0.2, (("model", 50, 5), ("bench", 40, 20), ("furnace", 240, 0), ("bench", 15, 20),
                  ("ceramic", 20, 45), ("control", 5, 3))),
    "EP": (0.15, (("model", 35, 2), ("cad", 15, 10), ("furnace", 180, 0), ("bench", 10, 15),
                  ("ceramic", 10, 20), ("control", 5, 3))),
    "PMMA": (0.15, (("cad", 10, 8), ("mill", 5, 15), ("bench", 10, 10), ("control", 3, 2))),
}  # fmt: skip
REWORK, SPREAD, RUSH, SAMPLE = 0.06, 0.5, 0.08, 4000
Rule = Callable[[Work, float, "Calendar"], object]
Choice = Callable[[list[Work], float, "Calendar"], Work]


class Calendar:
    """Open sessions as minutes since the first Monday, with free days; reckons by bisection."""

    def __init__(self, days: int, closed: frozenset[int] = frozenset()) -> None:
        self.closed = closed
        open_days = [day for day in range(days) if day % 7 < 5 and day not in closed]
        spans = [(day * MIDNIGHT + a, day * MIDNIGHT + b) for day in open_days for a, b in SESSIONS]
        self.opens = [float(a) for a, _ in spans]
        self.closes = [float(b) for _, b in spans]
        self.done = [0.0]
        for a, b in spans:
            self.done.append(self.done[-1] + b - a)

    def worked(self, moment: float) -> float:
        """Working minutes from the beginning until this moment."""
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return 0.0
        return self.done[place] + min(moment, self.closes[place]) - self.opens[place]

    def at(self, worked: float) -> float:
        """The first moment at which so many working minutes are over and people are there."""
        place = min(bisect_right(self.done, worked) - 1, len(self.opens) - 1)
        return self.opens[place] + worked - self.done[place]

    def add(self, moment: float, minutes: float) -> float:
        return self.at(self.worked(moment) + minutes)

    def open(self, moment: float) -> float:
        """This moment when people are there, else the next opening."""
        return self.add(moment, 0.0)

    def slot(self, moment: float) -> float:
        """The end of the session in which the moment lies: when works are handed over."""
        place = bisect_right(self.opens, moment) - 1
        inside = place >= 0 and moment <= self.closes[place]
        return self.closes[place if inside else min(place + 1, len(self.closes) - 1)]


def calendar_of(days: int, dice: Random) -> Calendar:
    """Working weeks with about fifteen public holidays a year."""
    closed = frozenset(day for day in range(days) if dice.random() < 15 / 365)
    return Calendar(days, closed)


def works_of(number: int, load: float, calendar: Calendar, seed: int) -> list[Work]:
    """So many works of a Poisson stream that keeps the busiest station at `load` (0 to 1).

    Dates are tight: the standard minutes of people with 30 percent more, a night for each furnace,
    and two to eight days that the dentist leaves. Rework sends a work back by one to three steps.
    """
    dice = Random(seed)
    gap = _demand() / load
    works, clock = [], 0.0
    for key in range(number):
        clock += dice.expovariate(1 / gap)
        works.append(_work(key, calendar.at(clock), calendar, dice))
    return works


@lru_cache
def _demand() -> float:
    """Working minutes between works that would keep the busiest station always at work."""
    calendar, dice = Calendar(7), Random(0)
    busy = [0.0] * len(STATIONS)
    for key in range(SAMPLE):
        for task in _work(key, 0.0, calendar, dice).tasks:
            # A machine has the whole day of the calendar, people their working minutes.
            longer = DAY * 5 / (MIDNIGHT * 7) if STATIONS[task.station].machine else 1.0
            busy[task.station] += task.minutes * longer / STATIONS[task.station].servers
    return max(busy) / SAMPLE


def _work(key: int, arrives: float, calendar: Calendar, dice: Random) -> Work:
    names = [station.name for station in STATIONS]
    route = dice.choices(list(ROUTES), [share for share, _ in ROUTES.values()])[0]
    units = dice.choices((1, 2, 3, 4, 6), (45, 22, 15, 12, 6))[0]
    plan = []
    for name, fixed, each in ROUTES[route][1]:
        standard = fixed + each * units
        calm = STATIONS[names.index(name)].machine
        real = standard * dice.lognormvariate(0, 0.05 if calm else SPREAD)
        plan.append(Task(names.index(name), standard, real))
    rush = dice.random() < RUSH
    hands = sum(task.standard for task in plan if not STATIONS[task.station].machine)
    nights = sum(STATIONS[task.station].name == "furnace" for task in plan)
    given = hands * 1.3 + nights * DAY + (0.5 if rush else dice.uniform(2, 8)) * DAY
    due = calendar.slot(calendar.add(arrives, given))
    return Work(key, route, units, arrives, due, rush, _with_rework(plan, dice), plan)


def _with_rework(plan: list[Task], dice: Random) -> list[Task]:
    """The steps as they will happen: some fail and are made again from an earlier one on."""
    tasks, at, loops = [], 0, 0
    while at < len(plan):
        again = plan[at]
        spread = dice.lognormvariate(0, 0.2)
        tasks.append(again if loops == 0 else again._replace(minutes=again.minutes * spread))
        if at and loops < 3 and dice.random() < REWORK:
            at, loops = max(0, at - dice.randint(1, 3)), loops + 1
        else:
            at += 1
    return tasks


def simulate(works: list[Work], calendar: Calendar, rule: Rule) -> None:
    """As `simulate_choosing`, which takes the work of least `rule(work, now, calendar)`."""
    simulate_choosing(
        works, calendar, lambda some, now, days: min(some, key=lambda one: rule(one, now, days))
    )


def simulate_choosing(works: list[Work], calendar: Calendar, choose: Choice) -> None:
    """Let the works through; a free server takes what `choose` takes of all that wait there.

    Fills `visits` (station, entered, left) and `ready` of every work; works are begun in working
    time, machines end when they end.
    """
    waiting: list[list[Work]] = [[] for _ in STATIONS]
    free = [station.servers for station in STATIONS]
    order = count()
    events: list[tuple[float, int, Work, int]] = []
    for work in works:
        work.at, work.visits = 0, []
        heapq.heappush(events, (work.arrives, next(order), work, -1))
    while events:
        now, _, work, left = heapq.heappop(events)
        places = {work.tasks[min(work.at, len(work.tasks) - 1)].station}
        if left >= 0:
            free[left] += 1
            places |= {left}
            work.visits.append((left, work.entered, now))
            work.at += 1
        if work.at < len(work.tasks):
            station = work.tasks[work.at].station
            work.entered = now
            waiting[station].append(work)
            places |= {station}
        else:
            work.ready = calendar.open(now)
        for place in places:
            while free[place] and waiting[place]:
                best = choose(waiting[place], now, calendar)
                waiting[place].remove(best)
                free[place] -= 1
                end = _end(best.tasks[best.at], calendar.open(now), calendar)
                heapq.heappush(events, (end, next(order), best, place))


def _end(task: Task, start: float, calendar: Calendar) -> float:
    if STATIONS[task.station].machine:
        return start + task.minutes
    return calendar.add(start, task.minutes)


def earliest_due(work: Work, now: float, calendar: Calendar) -> object:
    return work.due, work.number
