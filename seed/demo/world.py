"""The demo's time, its dice and its lists: what every part of the demo clinic is drawn from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random
from typing import Any

from peewee import Model

from schema.hours import Holiday
from schema.workflow.value_days import HOME_ZONE, at_clinic
from seed.demo.pen import Pen

SEED = 20_260_401
DAYS_BACK = 548
STORIES = 12
OPENS, SHUTS = 8, 18


@dataclass
class Person:
    """A patient of the demo, and the story that they live (0 to 11)."""

    id: int
    number: int
    name: str
    phone: str
    email: str | None
    location: int
    dentist: int
    joined: dt.date
    child: bool
    silent: frozenset[str] = frozenset()
    withdrew_at: dt.datetime | None = None
    policy: int | None = None

    @property
    def story(self) -> int:
        return self.number % STORIES


@dataclass
class World:
    """Everything that the parts share while the demo is drawn."""

    now: dt.datetime
    size: int
    pen: Pen
    dice: Random = field(default_factory=lambda: Random(SEED))
    staff: dict[str, list[int]] = field(default_factory=dict)
    place_of: dict[int, int] = field(default_factory=dict)
    locations: list[int] = field(default_factory=list)
    patients: list[Person] = field(default_factory=list)
    doubles: list[int] = field(default_factory=list)
    closed: set[dt.date] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.today = self.now.astimezone(HOME_ZONE).date()
        self.start = self.today - dt.timedelta(days=DAYS_BACK)
        days = Holiday.select(Holiday.day).where(Holiday.location.is_null()).tuples()
        self.closed = {day for (day,) in days}

    def works_on(self, day: dt.date) -> bool:
        """Whether the clinic is open; today it is, whatever day today is."""
        return day == self.today or (day.isoweekday() < 7 and day not in self.closed)

    def open_day(self, day: dt.date, step: int = 1) -> dt.date:
        """This day, or the next (or the last before) on which the clinic is open."""
        while not self.works_on(day):
            day += dt.timedelta(days=step)
        return day

    def day(self, back: int) -> dt.date:
        """The open day so many days ago (or the open day before that)."""
        return self.open_day(self.today - dt.timedelta(days=back), -1)

    def working_days(self, day: dt.date, count: int) -> dt.date:
        """The day after so many open days."""
        for _ in range(count):
            day = self.open_day(day + dt.timedelta(days=1))
        return day

    def moment(self, day: dt.date, hour: int = 9, minute: int = 0) -> dt.datetime:
        """A clinic time as a moment in UTC."""
        return at_clinic(dt.datetime.combine(day, dt.time(hour, minute)), HOME_ZONE)

    def some_time(self, day: dt.date, first: int = 9, last: int = 18) -> dt.datetime:
        """A moment of that day in working hours, never after now."""
        moment = self.moment(day, self.dice.randint(first, last), self.dice.randrange(60))
        return min(moment, self.now)

    def at_work(self, moment: dt.datetime, step: int = 1) -> dt.datetime:
        """This moment while people are in, else when they come next (or, back, left last)."""
        here = moment.astimezone(HOME_ZONE)
        early, late, opens = here.hour < OPENS, here.hour >= SHUTS, self.works_on(here.date())
        if opens and not early and not late:
            return moment
        if step > 0:
            day = here.date() + dt.timedelta(days=1 if late else 0)
            return self.moment(self.open_day(day), OPENS, 20 + here.minute % 40)
        day = here.date() - dt.timedelta(days=1 if early else 0)
        return self.moment(self.open_day(day, -1), SHUTS - 1, here.minute)

    def past(self, moment: dt.datetime) -> dt.datetime | None:
        """The moment when it is over, else None."""
        return moment if moment <= self.now else None

    def someone(self, *roles: str) -> int:
        """Any person who has one of these roles."""
        return self.dice.choice([one for role in roles for one in self.staff[role]])

    def chance(self, percent: int) -> bool:
        return self.dice.randrange(100) < percent


def keys(model: type[Model], column: str = "code") -> dict[Any, int]:
    """A reference table: what its column says to the key of the row."""
    return dict(model.select(getattr(model, column), model.id).order_by(model.id).tuples())
