"""Who has how much of the laboratory's queue on which day, and who should have what is free?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from reports.lab_queue import Work
from reports.queue_plan import Row
from schema.working_time import WorkingTime

LONG_SPAN = 4


@dataclass
class Load:
    """What a technician has on one day: `units` of the works, `share` of a full day (1.0).

    `part` of a full day they are here: 0.5 on a short Saturday or in half a shift, 0 when they
    are not here at all; `away` on a day of leave.
    """

    units: int = 0
    share: float = 0.0
    away: bool = False
    usual: int = 0
    part: float = 1.0

    @property
    def here(self) -> bool:
        return self.part > 0 and not self.away

    @property
    def capacity(self) -> int:
        """Units that the day takes, of works like those that are on it; 0 when nobody is here."""
        if not self.here:
            return 0
        whole = self.units / self.share if self.share else self.usual
        return max(1, round(whole * self.part))

    @property
    def percent(self) -> int:
        if not self.here:
            return 100 if self.units else 0
        return round(100 * self.share / self.part)


@dataclass(frozen=True)
class Hand:
    """A technician: the stages that they have learnt with the level, days off, and their time.

    `hours` are when they work apart from their leave; None when nobody may know.
    """

    key: int
    name: str
    skills: Mapping[str, str]
    away: frozenset[dt.date] = frozenset()
    hours: WorkingTime | None = None
    loads: dict[dt.date, Load] = field(default_factory=dict)

    def part_of(self, day: dt.date) -> float:
        """How much of a full day they are here: of the longest day of their week; 0 on leave."""
        if self.hours is None or not self.hours.sessions or day in self.away:
            return 0.0 if day in self.away else 1.0
        full = max(sum(b - a for a, b in walls) for walls in self.hours.sessions.values())
        spent = sum((b - a for a, b in self.hours.spans_of(day)), dt.timedelta())
        return min(1.0, spent / dt.timedelta(minutes=full))

    def back_on(self, day: dt.date) -> dt.date | None:
        """When somebody on leave on `day` works again; None when nobody can say."""
        hours = self.hours
        days = (day + dt.timedelta(days=number) for number in range(1, 366))
        free = (one for one in days if one not in self.away)
        if hours is None or not hours.sessions:
            return next(free, None)
        return next((one for one in free if hours.spans_of(one)), None)


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
            away, part = day in hand.away, hand.part_of(day)
            hand.loads[day] = Load(away=away, usual=usual, part=part)
    for row in found:
        here = hands.get(row.work.technician or 0)
        day = load_day(row, days[0], day_of)
        if here is not None and day in here.loads:
            _add(here.loads[day], row.work, capacity)


def load_day(row: Row, today: dt.date, day_of: Callable[[dt.datetime], dt.date]) -> dt.date:
    """The day by which a work's present step must be done; today when that is past or not known."""
    return max(today, day_of(row.due)) if row.due is not None else today


def leave_of(
    row: Row,
    hands: Mapping[int, Hand],
    today: dt.date,
    day_of: Callable[[dt.datetime], dt.date],
) -> tuple[dt.date, dt.date | None] | None:
    """The day on which whoever has a work is on leave, and when they are back; None otherwise.

    That day is today, or the one by which the step must be done.
    """
    hand = hands.get(row.work.technician or 0)
    if hand is None:
        return None
    days = (today, load_day(row, today, day_of))
    gone = next((day for day in days if day in hand.away), None)
    return None if gone is None else (gone, hand.back_on(gone))


def _add(there: Load, work: Work, capacity: Mapping[str, int]) -> None:
    there.units += work.units
    there.share += work.units / capacity.get(work.code, there.usual or 1)


def suggested(
    row: Row, hands: Mapping[int, Hand], capacity: Mapping[str, int], today: dt.date
) -> int | None:
    """Who should have a work: its maker when it came back, else whoever has the skill and least
    load; a long span goes to a senior first. Nobody who is on leave, and whoever is here today
    before others; None when nobody can.
    """
    work = row.work
    able = [one for one in hands.values() if work.code in one.skills and today not in one.away]
    if any(one.key == work.maker for one in able):
        return work.maker
    if not able:
        return None

    def rank(one: Hand) -> tuple[bool, bool, float, int]:
        senior = work.units < LONG_SPAN or one.skills[work.code] == "senior"
        load = sum(load.share for load in one.loads.values())
        return one.part_of(today) == 0, not senior, load, one.key

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
