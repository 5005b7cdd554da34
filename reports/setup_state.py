"""What a new clinic still lacks before everybody can work: findings that an admin settles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Select, fn

from schema.appointments import ProviderHours
from schema.clock import BACKUP, JobRun
from schema.hours import Holiday, OpeningHours
from schema.in_use import bench_stages
from schema.messages import Wording
from schema.pipelines import Stage
from schema.recall import RecallRule, RecallTrigger
from schema.skills import Skill
from schema.staff import ADMIN, LANGUAGES, Clinic, Location, Role, Staff, StaffRole

BENCH, CHAIR = ("technician",), ("dentist", "senior_dentist")
STALE = dt.timedelta(days=7)
MOST_NAMES = 6


@dataclass(frozen=True)
class Answer:
    """Something that is missing: its code, how often, and some of the names; `count` 0 is well."""

    code: str
    count: int
    names: tuple[str, ...] = ()


def setup_state(now: dt.datetime) -> list[Answer]:
    """Every question in the order in which a clinic is set up; `now` is a moment in UTC."""
    return list(_findings(now))


def _findings(now: dt.datetime) -> Iterator[Answer]:
    clinic = Clinic.get_or_none()
    yield Answer("clinic_phone", 0 if clinic and clinic.phone else 1)
    here = Location.ended_on.is_null()
    open_there = OpeningHours.select(OpeningHours.location)
    yield _named(
        "location_hours", Location.select(Location.name).where(here, Location.id.not_in(open_there))
    )
    next_year = dt.date(now.year + 1, 1, 1)
    yield Answer("holidays", 0 if Holiday.select().where(Holiday.day >= next_year).exists() else 1)
    yield from _people()
    yield _named("stage_skill", _stages_without_hands())
    ruled = RecallTrigger.select(RecallTrigger.rule)
    idle = RecallRule.select(RecallRule.name).where(
        RecallRule.ended_on.is_null(), RecallRule.id.not_in(ruled)
    )
    yield _named("recall_trigger", idle)
    yield _named("wording_language", _wordings_in_one_language())
    runs = JobRun.select().where(JobRun.job == BACKUP, JobRun.finished_at > now - STALE)
    yield Answer("backup", 0 if runs.exists() else 1)


def _people() -> Iterator[Answer]:
    held = StaffRole.select(StaffRole.staff).where(StaffRole.ended_on.is_null())
    yield _named("staff_role", _staff().where(Staff.id.not_in(held)))
    yield _named("staff_password", _staff().where(Staff.password_hash.is_null()))
    skilled = Skill.select(Skill.staff).where(Skill.ended_on.is_null())
    yield _named(
        "staff_skill", _staff().where(Staff.id.in_(_in_role(BENCH)), Staff.id.not_in(skilled))
    )
    hours = ProviderHours.select(ProviderHours.staff)
    yield _named(
        "staff_hours", _staff().where(Staff.id.in_(_in_role(CHAIR)), Staff.id.not_in(hours))
    )
    admins = _staff().where(Staff.id.in_(_in_role((ADMIN,)))).count()
    yield Answer("second_admin", 0 if admins > 1 else 1)


def _staff() -> Any:
    return (
        Staff.select(Staff.first_name, Staff.last_name)
        .where(Staff.ended_on.is_null())
        .order_by(Staff.last_name)
    )


def _in_role(codes: tuple[str, ...]) -> Select:
    held = StaffRole.select(StaffRole.staff).join(Role)
    return held.where(Role.code.in_(codes), StaffRole.ended_on.is_null())


def _stages_without_hands() -> Any:
    """Stages of the bench for which nobody who works here has the skill."""
    able = Skill.select(Skill.stage_code).join(Staff)
    able = able.where(Skill.ended_on.is_null(), Staff.ended_on.is_null())
    stages = bench_stages(Stage.name).where(Stage.code.not_in(able))
    return stages.distinct().order_by(Stage.name)


def _wordings_in_one_language() -> Any:
    """Events that a patient of another language would not hear of."""
    said = Wording.select(Wording.event).where(Wording.active)
    said = said.group_by(Wording.event, Wording.channel)
    return said.having(fn.COUNT(Wording.language.distinct()) < len(LANGUAGES)).distinct()


def _named(code: str, query: Any) -> Answer:
    names = [" ".join(words) for words in query.tuples()]
    return Answer(code, len(names), tuple(names[:MOST_NAMES]))
