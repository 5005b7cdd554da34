"""Who is at work when: the hours of a place, the shifts of a person, the days they are away."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schema.appointments import ProviderHours
from schema.hours import Absence
from schema.skills import Skill
from schema.staff import Staff
from schema.working_time import Sessions, Span, WorkingTime

# How far back an absence still says that nobody worked at a step, and how far ahead one counts.
LOOKS_BACK, LOOKS_AHEAD = dt.timedelta(days=90), dt.timedelta(days=400)
ALWAYS: Sessions = {weekday: [(0, 1440)] for weekday in range(1, 8)}


@dataclass(frozen=True)
class Together(WorkingTime):
    """The working time of several people: a moment counts when at least one of them is there."""

    members: tuple[WorkingTime, ...] = ()

    def spans_of(self, day: dt.date) -> list[Span]:
        """When somebody is there on that day, in UTC; what overlaps is one span."""
        joined: list[Span] = []
        for opens, closes in sorted(span for one in self.members for span in one.spans_of(day)):
            if joined and opens <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(closes, joined[-1][1]))
            else:
                joined.append((opens, closes))
        return joined


@dataclass(frozen=True)
class People:
    """Shifts by person, days of leave by person, and who has learnt each stage (by its code)."""

    shifts: Mapping[int, Sessions]
    away: Mapping[int, frozenset[dt.date]]
    skilled: Mapping[str, list[int]]


def people_on(today: dt.date) -> People:
    """What is known of people on a day of the clinic; three questions.

    Leave counts from 90 days before it to 400 days after it.
    """
    return People(_shifts(), _absences(today), _skilled())


class Presence:
    """When people are at work, reckoned once for each place; asks nothing.

    A person without shifts of their own works whenever the place is open. Closed days are closed
    for everybody. Without `leave` nobody is ever away.
    """

    def __init__(self, people: People, leave: bool = True) -> None:
        self._shifts = people.shifts
        self._away: Mapping[int, frozenset[dt.date]] = people.away if leave else {}
        self._skilled = people.skilled
        self._kept: dict[tuple[int, int], tuple[WorkingTime, WorkingTime]] = {}
        self._stages: dict[tuple[str, int], tuple[WorkingTime, WorkingTime]] = {}

    def of(self, person: int, hours: WorkingTime) -> WorkingTime:
        """The working time of a person where `hours` is the place's; that one itself when alike."""
        key = person, id(hours)
        if key not in self._kept:
            self._kept[key] = hours, self._own(person, hours)
        return self._kept[key][1]

    def shifts_of(self, person: int, hours: WorkingTime) -> WorkingTime:
        """When a person works apart from their leave."""
        shifts = self._shifts.get(person)
        return WorkingTime(hours.zone, shifts, hours.closed) if shifts else hours

    def at_stage(self, code: str, hours: WorkingTime) -> WorkingTime:
        """When somebody is there who has learnt the stage; `hours` itself when nobody has."""
        key = code, id(hours)
        if key not in self._stages:
            self._stages[key] = hours, self._joined(self._skilled.get(code, ()), hours)
        return self._stages[key][1]

    def _own(self, person: int, hours: WorkingTime) -> WorkingTime:
        shifts, away = self._shifts.get(person), self._away.get(person)
        if not shifts and not away:
            return hours
        sessions = shifts or hours.sessions or ALWAYS
        return WorkingTime(hours.zone, sessions, hours.closed | (away or frozenset()))

    def _joined(self, people: Iterable[int], hours: WorkingTime) -> WorkingTime:
        """Of whoever works in the hours of the place, without leave, others take nothing away."""
        found = [self.of(one, hours) for one in people]
        shifts = any(one in self._shifts for one in people)
        if not found or (not shifts and any(one is hours for one in found)):
            return hours
        sessions = {day: walls for one in found for day, walls in one.sessions.items()}
        return Together(hours.zone, sessions, frozenset(), tuple(found))


def first_day(hours: WorkingTime, day: dt.date) -> dt.date:
    """The first day from `day` on that has working time; `day` itself when none has."""
    days = (day + dt.timedelta(days=number) for number in range(366))
    return next((one for one in days if not hours.sessions or hours.spans_of(one)), day)


def _shifts() -> dict[int, Sessions]:
    told = ProviderHours.select(
        ProviderHours.staff,
        ProviderHours.weekday,
        ProviderHours.from_minute,
        ProviderHours.until_minute,
    ).order_by(ProviderHours.from_minute)
    found: dict[int, Sessions] = defaultdict(lambda: defaultdict(list))
    for staff, weekday, opens, closes in told.tuples():
        found[staff][weekday].append((opens, closes))
    return dict(found)


def _absences(today: dt.date) -> Mapping[int, frozenset[dt.date]]:
    first, last = today - LOOKS_BACK, today + LOOKS_AHEAD
    told = Absence.select(Absence.staff, Absence.starts_on, Absence.ends_on).where(
        Absence.ends_on >= first, Absence.starts_on <= last
    )
    found: dict[int, set[dt.date]] = defaultdict(set)
    for staff, starts, ends in told.tuples():
        begins = max(first, starts)
        days = (min(last, ends) - begins).days + 1
        found[staff].update(begins + dt.timedelta(days=number) for number in range(days))
    return {staff: frozenset(days) for staff, days in found.items()}


def _skilled() -> dict[str, list[int]]:
    told = (
        Skill.select(Skill.stage_code, Skill.staff)
        .join(Staff)
        .where(Skill.ended_on.is_null(), Staff.ended_on.is_null())
    )
    found: dict[str, list[int]] = defaultdict(list)
    for code, staff in told.order_by(Skill.id).tuples():
        found[code].append(staff)
    return dict(found)
