"""Who can do what at the bench: a matrix of technicians and stages, with a level in each cell."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext

from admin_views.by_name import BY_NAME
from admin_views.language import row_name
from admin_views.plain_words import local
from admin_views.policy import WRITES, can, may_touch_all, may_write, scoped
from admin_views.sentences import in_words
from schema.base import utcnow
from schema.database import one_act
from schema.in_use import bench_stages
from schema.pipelines import Pipeline, Stage
from schema.skills import LEVELS, Skill
from schema.staff import Role, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.skills import Cell, set_skills

AT_THE_BENCH = ("technician", "lab_supervisor")


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    rights = may_write(Skill, "staff", "stage_code", "level", "ended_on")
    return rights and can("read", Staff) and can("read", Stage)


class SkillsView(BaseView):
    """All levels on one page, kept in one act; a skill that is taken away is ended."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        people, stages = _people(), _stages()
        if request.method == "POST":
            return self._keep(people, [code for code, _ in stages])
        return self.render(
            "setup/skills.html",
            people=people,
            stages=stages,
            held=_held(),
            levels=[(code, gettext(word)) for code, word in LEVELS.items()],
        )

    def _keep(self, people: list[Staff], codes: list[str]) -> Any:
        held, cells = _held(), [(person.id, code) for person in people for code in codes]
        sent = [cell for cell in cells if _box(cell) in request.form]
        wishes = {cell: request.form[_box(cell)] or None for cell in sent}
        wishes = {cell: level for cell, level in wishes.items() if level != held.get(cell)}
        try:
            changed = _set_own_skills(wishes)
        except Refused as refusal:
            flash(in_words(refusal), "error")
        else:
            said = ngettext("%(num)s skill changed.", "%(num)s skills changed.", changed)
            flash(said, "good")
        return redirect(self.get_url(".index"))


def _box(cell: Cell) -> str:
    """The name of the select of a person and a stage."""
    return f"s.{cell[0]}.{cell[1]}"


def _held() -> dict[Cell, str]:
    """The levels that count now, as far as the person may know of them."""
    rows = scoped(Skill).where(Skill.ended_on.is_null())
    return {(row.staff_id, row.stage_code): row.level for row in rows}


def _set_own_skills(wishes: dict[Cell, str | None]) -> int:
    """Keep the levels; refused where the skills of one of these people are not theirs to write."""
    people = Skill.staff.in_({staff for staff, _ in wishes})
    with one_act():
        changed = set_skills(wishes, local(utcnow()).date())
        if not all(may_touch_all(verb, Skill, people) for verb in WRITES):
            raise Refused("The skills of these people are not yours to change.")
    return changed


def _people() -> list[Staff]:
    """Those who work at the bench now, and whom this person may know of."""
    held = StaffRole.select(StaffRole.staff).join(Role)
    bench = held.where(Role.code.in_(AT_THE_BENCH), StaffRole.ended_on.is_null())
    here = scoped(Staff).where(Staff.ended_on.is_null(), Staff.id.in_(bench))
    return list(here.order_by(*BY_NAME))


def _stages() -> list[tuple[str, str]]:
    """Code and name of every stage of the bench, in the order of the pipelines in use."""
    found = bench_stages(Stage.code, Stage.name).order_by(Pipeline.name, Stage.position)
    return [(code, row_name(name)) for code, name in dict(found.tuples()).items()]
