"""What the queue's page asks: the works, people and days that this person may know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from admin_views.by_name import BY_NAME
from admin_views.drawn import drawn_once_a_page
from admin_views.numbers_in import number_in
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, granted, scoped
from admin_views.work_forecast import hours_at, people_known
from reports import lab_queue, past_works, queue_load, queue_plan
from reports.queue_load import Hand
from reports.queue_plan import Row
from schema.ahead import Ahead
from schema.appointments import ProviderHours
from schema.base import utcnow
from schema.cards import Card
from schema.hours import Absence
from schema.orders import LabOrder
from schema.presence import LOOKS_AHEAD, Presence
from schema.queue_marks import QueueMark
from schema.skills import Skill, StageCapacity
from schema.staff import Staff
from schema.tracks import Assignment, Track
from schema.workflow.routes import known_routes
from schema.working_time import WorkingTime

DAYS = 5
Leaves = dict[int, tuple[dt.date, dt.date | None]]


@dataclass(frozen=True)
class Question:
    """What the address of the queue asks."""

    stage: str = ""
    way: str = ""
    technician: int | None = None
    location: int | None = None
    free: bool = False
    late: bool = False
    away: bool = False

    @property
    def filters(self) -> int:
        """How many of them are set, the stage aside: its head shows that."""
        kinds = (bool(self.way), self.free, self.late, self.away)
        return sum(kinds) + sum(one is not None for one in (self.technician, self.location))


@dataclass(frozen=True)
class Queue:
    """The whole queue and the part of it that was asked for.

    `leaves` tells, for works whose technician is on leave, on which day, and when they are back.
    """

    rows: list[Row]
    shown: list[Row]
    hands: dict[int, Hand]
    capacity: dict[str, int]
    days: list[dt.date]
    leaves: Leaves


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
        said.get("away") == "1",
    )


def queue_of(asked: Question, now: dt.datetime | None = None) -> Queue:
    """The queue by the rights of the person; a number of questions that does not grow."""
    now = now or utcnow()
    today = now.astimezone(clinic_zone()).date()
    works, ahead = lab_queue.works(scoped(Track), now), Ahead(now, people_known(today))
    longest = queue_plan.longest_stays(_past(now))
    found = queue_plan.rows(works, _routes(), ahead, place_hours, longest)
    days = working_days(today)
    hands, capacity = _hands(today, ahead.presence), _capacity()
    queue_load.load(found, hands, capacity, days, _day_of)
    leaves = _leaves(found, hands, today)
    shown = [row for row in found if _is_asked(row, asked, leaves)]
    return Queue(found, shown, hands, capacity, days, leaves)


def _leaves(found: list[Row], hands: Mapping[int, Hand], today: dt.date) -> Leaves:
    told = {row.work.track: queue_load.leave_of(row, hands, today, _day_of) for row in found}
    return {track: leave for track, leave in told.items() if leave is not None}


def working_days(today: dt.date) -> list[dt.date]:
    """Today and the next days on which somebody works."""
    hours, days, day = place_hours(None), [today], today
    while len(days) < DAYS and (day - today).days < 60:
        day += dt.timedelta(days=1)
        if not hours.sessions or hours.spans_of(day):
            days.append(day)
    return days


def _is_asked(row: Row, asked: Question, leaves: Leaves) -> bool:
    work = row.work
    return (
        (not asked.stage or work.code == asked.stage)
        and (not asked.way or work.way == asked.way)
        and (asked.technician is None or work.technician == asked.technician)
        and (asked.location is None or work.location == asked.location)
        and (not asked.free or work.technician is None)
        and (not asked.late or row.late)
        and (not asked.away or work.track in leaves)
    )


def _hands(today: dt.date, presence: Presence) -> dict[int, Hand]:
    """Everybody who works here and has learnt a stage, with levels, days off and shifts."""
    skills: dict[int, dict[str, str]] = {}
    held = scoped(Skill, Skill.staff, Skill.stage_code, Skill.level).where(Skill.ended_on.is_null())
    for staff, code, level in held.tuples():
        skills.setdefault(staff, {})[code] = level
    people = scoped(Staff).where(Staff.id.in_(list(skills)), Staff.ended_on.is_null())
    away, shifts = days_of_leave(list(skills), today), can("read", ProviderHours, "from_minute")
    made = {}
    for one in people.order_by(*BY_NAME):
        hours = place_hours(one.location_id)
        hours = presence.shifts_of(one.id, hours) if shifts else hours
        name = f"{one.first_name} {one.last_name}"
        made[one.id] = Hand(one.id, name, skills[one.id], away.get(one.id, frozenset()), hours)
    return made


def days_of_leave(people: list[int], today: dt.date) -> dict[int, frozenset[dt.date]]:
    """The days of leave that lie ahead, of those whose leave this person may know."""
    if not can("read", Absence, "starts_on") or not can("read", Absence, "ends_on"):
        return {}
    last = today + LOOKS_AHEAD
    told = scoped(Absence, Absence.staff, Absence.starts_on, Absence.ends_on).where(
        Absence.staff.in_(people), Absence.starts_on <= last, Absence.ends_on >= today
    )
    found: dict[int, set[dt.date]] = {}
    for staff, first, end in told.tuples():
        first, end = max(first, today), min(end, last)
        days = {first + dt.timedelta(days=number) for number in range((end - first).days + 1)}
        found.setdefault(staff, set()).update(days)
    return {staff: frozenset(days) for staff, days in found.items()}


def _capacity() -> dict[str, int]:
    told = scoped(StageCapacity, StageCapacity.stage_code, StageCapacity.units_per_day)
    return dict(told.tuples())


def _day_of(moment: dt.datetime) -> dt.date:
    return moment.astimezone(clinic_zone()).date()


@drawn_once_a_page
def place_hours(location: int | None) -> WorkingTime:
    """The working time of a place; asked once a page also where nothing is kept between pages."""
    return hours_at(location)


@drawn_once_a_page
def _routes() -> dict[tuple[int, int | None], str]:
    return known_routes()


@drawn_once_a_page
def _past(now: dt.datetime) -> list[past_works.Stay]:
    """How long past works stayed at each stage: durations alone, nobody's names."""
    return past_works.stays(LabOrder, _routes(), now, place_hours(None))
