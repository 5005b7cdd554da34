"""What the queue's page asks: the works, people and days that this person may know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from admin_views.drawn import drawn_once_a_page
from admin_views.numbers_in import number_in
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, granted, scoped
from reports import lab_queue, past_works, queue_plan
from reports.queue_plan import Hand, Row
from schema.base import utcnow
from schema.cards import Card
from schema.hours import Absence
from schema.orders import LabOrder
from schema.queue_marks import QueueMark
from schema.routes import Routes
from schema.skills import Skill, StageCapacity
from schema.staff import Staff
from schema.tracks import Assignment, Track
from schema.workflow.routes import known_routes
from schema.working_time import WorkingTime, working_time

DAYS = 5


@dataclass(frozen=True)
class Question:
    """What the address of the queue asks."""

    stage: str = ""
    way: str = ""
    technician: int | None = None
    location: int | None = None
    free: bool = False
    late: bool = False


@dataclass(frozen=True)
class Queue:
    """The whole queue and the part of it that was asked for."""

    rows: list[Row]
    shown: list[Row]
    hands: dict[int, Hand]
    capacity: dict[str, int]
    days: list[dt.date]


def may_see_queue() -> bool:
    """Whether the person may read all that a line of the queue tells."""
    card = can("read", Card, "stage") and can("read", Card, "due_at")
    bench = can("read", Track, "order") and can("read", Assignment, "technician")
    return card and bench and can("read", StageCapacity) and can("read", Skill)


def may_assign() -> bool:
    """Whether the person gives works to others, not only to themselves."""
    right = can("create", Assignment, "technician") and can("edit", Assignment, "technician")
    return right and granted("create", QueueMark, "kind")


def read_question(said: Mapping[str, str]) -> Question:
    """The filters of an address; what is no number is passed over."""
    return Question(
        said.get("stage", "")[:40],
        said.get("way", "")[:40],
        number_in(said.get("technician")),
        number_in(said.get("location")),
        said.get("free") == "1",
        said.get("late") == "1",
    )


def queue_of(asked: Question, now: dt.datetime | None = None) -> Queue:
    """The queue by the rights of the person; a number of questions that does not grow."""
    now = now or utcnow()
    works = lab_queue.works(scoped(Track))
    longest = queue_plan.longest_stays(_past(now))
    found = queue_plan.rows(works, _routes(), Routes(), _hours_at, longest, now)
    today = now.astimezone(clinic_zone()).date()
    days = working_days(today)
    hands, capacity = _hands(days), _capacity()
    queue_plan.load(found, hands, capacity, days, _day_of)
    shown = [row for row in found if _is_asked(row, asked)]
    return Queue(found, shown, hands, capacity, days)


def working_days(today: dt.date) -> list[dt.date]:
    """Today and the next days on which somebody works."""
    hours, days, day = _hours_at(None), [today], today
    while len(days) < DAYS and (day - today).days < 60:
        day += dt.timedelta(days=1)
        if not hours.sessions or hours.spans_of(day):
            days.append(day)
    return days


def _is_asked(row: Row, asked: Question) -> bool:
    work = row.work
    return (
        (not asked.stage or work.code == asked.stage)
        and (not asked.way or work.way == asked.way)
        and (asked.technician is None or work.technician == asked.technician)
        and (asked.location is None or work.location == asked.location)
        and (not asked.free or work.technician is None)
        and (not asked.late or row.late)
    )


def _hands(days: list[dt.date]) -> dict[int, Hand]:
    """Everybody who works here and has learnt a stage, with levels and days off."""
    skills: dict[int, dict[str, str]] = {}
    held = scoped(Skill, Skill.staff, Skill.stage_code, Skill.level).where(Skill.ended_on.is_null())
    for staff, code, level in held.tuples():
        skills.setdefault(staff, {})[code] = level
    people = scoped(Staff).where(Staff.id.in_(list(skills)), Staff.ended_on.is_null())
    away = _away(list(skills), days)
    return {
        one.id: Hand(one.id, f"{one.first_name} {one.last_name}", skills[one.id], away(one.id))
        for one in people.order_by(Staff.last_name, Staff.first_name)
    }


def _away(people: list[int], days: list[dt.date]) -> Any:
    found: dict[int, set[dt.date]] = {}
    if can("read", Absence, "starts_on") and can("read", Absence, "ends_on"):
        told = scoped(Absence, Absence.staff, Absence.starts_on, Absence.ends_on).where(
            Absence.staff.in_(people), Absence.starts_on <= days[-1], Absence.ends_on >= days[0]
        )
        for staff, first, last in told.tuples():
            found.setdefault(staff, set()).update(day for day in days if first <= day <= last)
    return lambda key: frozenset(found.get(key, ()))


def _capacity() -> dict[str, int]:
    told = scoped(StageCapacity, StageCapacity.stage_code, StageCapacity.units_per_day)
    return dict(told.tuples())


def _day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clinic_zone()).date()


@drawn_once_a_page
def _hours_at(location: int | None) -> WorkingTime:
    return working_time(location)


@drawn_once_a_page
def _routes() -> dict[tuple[int, int | None], str]:
    return known_routes()


@drawn_once_a_page
def _past(now: dt.datetime) -> list[past_works.Stay]:
    """How long past works stayed at each stage: durations alone, nobody's names."""
    return past_works.stays(LabOrder, _routes(), now, _hours_at(None))
