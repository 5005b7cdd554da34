"""Drawing what a stage asks for and does by itself, while its version is not published."""

from __future__ import annotations

from typing import Any

from schema.automations import ACTIONS, CHILDREN, EVENTS, TIMES, Automation
from schema.base import Record
from schema.database import one_act
from schema.in_use import IN_USE
from schema.pipeline_terms import BLOCKS, EVIDENCE
from schema.pipelines import ControlPoint, Pipeline, Stage
from schema.recall import RecallRule
from schema.stage_roles import StageRole
from schema.wording_words import PLACEHOLDERS
from schema.workflow import Refused
from schema.workflow.pipeline_abouts import about_of
from schema.workflow.pipeline_stages import stage_of_draft
from schema.workflow.pipelines import in_use, named
from schema.workflow.routes import routes
from schema.workflow.short_codes import short_code


def add_point(
    stage_id: int,
    name: str,
    *,
    block: str = "production",
    evidence: str = "tick",
    about: str | None = None,
    required: bool = True,
) -> ControlPoint:
    """A control point after the others of its stage. Raises Refused."""
    with one_act():
        stage = stage_of_draft(stage_id)
        said = _said(stage, name, block, evidence, about)
        there = list(ControlPoint.select().where(ControlPoint.stage == stage))
        return ControlPoint.create(
            stage=stage,
            code=short_code(said["name"], {point.code for point in there}, "point"),
            position=max((point.position for point in there), default=0) + 1,
            required=required,
            **said,
        )


def set_point(
    point_id: int,
    name: str,
    *,
    block: str,
    evidence: str,
    about: str | None,
    required: bool,
    seen: int,
) -> None:
    """Change a control point of a draft; `seen` is the row_version shown. Raises Refused."""
    with one_act():
        point = ControlPoint.get_or_none(ControlPoint.id == point_id)
        if point is None:
            raise Refused("This control point is not there any more.")
        said = _said(stage_of_draft(point.stage_id), name, block, evidence, about)
        _write(ControlPoint, point_id, seen, {**said, "required": required})


def _said(stage: Stage, name: str, block: str, evidence: str, about: str | None) -> dict[str, Any]:
    if block not in BLOCKS or evidence not in EVIDENCE:
        raise Refused("Choose a value from the list.")
    return {
        "name": named(name, ControlPoint.name.max_length),
        "block": block,
        "evidence": evidence,
        "about": about_of(stage.pipeline, evidence, about),
    }


def _write(part: type[Record], key: int, seen: int, columns: dict[str, Any]) -> None:
    """Write a part of a draft as it was seen, or refuse when somebody was faster."""
    here = (part.id == key) & (part.row_version == seen)
    if not part.update(**columns, row_version=seen + 1).where(here).execute():
        raise Refused("Someone else changed this record; reload it and try again.")


def remove_point(point_id: int) -> None:
    """Take a control point out of a draft, with the automations that name it. Raises Refused."""
    with one_act():
        point = ControlPoint.get_or_none(ControlPoint.id == point_id)
        if point is not None:
            stage_of_draft(point.stage_id)
            named_by = (Automation.control_point == point) | (Automation.ticks == point)
            Automation.delete().where(named_by).execute()
            ControlPoint.delete().where(ControlPoint.id == point.id).execute()


def add_automation(stage_id: int, **columns: Any) -> Automation:
    """What the stage does by itself from now on; `columns` are those of Automation.

    Raises Refused, or the database refuses what does not fit together.
    """
    with one_act():
        stage = stage_of_draft(stage_id)
        _refuse_unknown(stage, columns)
        return Automation.create(stage=stage, **columns)


def set_automation(automation_id: int, *, seen: int, **columns: Any) -> None:
    """Change what a stage of a draft does by itself; `seen` is the row_version that was shown.

    Raises Refused, or the database refuses what does not fit together.
    """
    with one_act():
        automation = Automation.get_or_none(Automation.id == automation_id)
        if automation is None:
            raise Refused("This automation is not there any more.")
        _refuse_unknown(stage_of_draft(automation.stage_id), columns)
        _write(Automation, automation_id, seen, columns)


def _refuse_unknown(stage: Stage, columns: dict[str, Any]) -> None:
    if columns.get("event") not in EVENTS or columns.get("action") not in ACTIONS:
        raise Refused("Choose a value from the list.")
    if columns.get("delay_time", "working") not in TIMES:
        raise Refused("Choose a value from the list.")
    if columns.get("child_each", "order") not in CHILDREN:
        raise Refused("Choose a value from the list.")
    child = columns.get("child_pipeline_code")
    if columns["action"] == "child" and (child is None or in_use(child) is None):
        raise Refused("Choose a pipeline that is in use for the child card.")
    if columns["action"] == "child" and child == stage.pipeline.code:
        raise Refused("A card does not open its own pipeline under itself.")
    _refuse_unknown_codes(columns)


def _refuse_unknown_codes(columns: dict[str, Any]) -> None:
    """Codes name something that there is: else the automation would fail for every card."""
    wording, route = columns.get("wording_code"), columns.get("only_route")
    rule = columns.get("recall_rule_code")
    if (
        (wording is not None and wording not in PLACEHOLDERS)
        or (route is not None and route not in routes())
        or (rule is not None and RecallRule.get_or_none(RecallRule.code == rule) is None)
    ):
        raise Refused("Choose a value from the list.")


def remove_automation(automation_id: int) -> None:
    """Take an automation out of a draft; one that is gone already is no mistake."""
    with one_act():
        automation = Automation.get_or_none(Automation.id == automation_id)
        if automation is not None:
            stage_of_draft(automation.stage_id)
            Automation.delete().where(Automation.id == automation.id).execute()


def add_mover(stage_id: int, role_id: int) -> None:
    """Let people of this role move cards on from the stage; only those who are named then may."""
    with one_act():
        stage = stage_of_draft(stage_id)
        mine = (StageRole.stage == stage) & (StageRole.role == role_id)
        if not StageRole.select().where(mine, StageRole.ended_on.is_null()).exists():
            StageRole.create(stage=stage, role=role_id)


def remove_mover(mover_id: int) -> None:
    """Take a role off a stage of a draft; one that is gone already is no mistake."""
    with one_act():
        mover = StageRole.get_or_none(StageRole.id == mover_id)
        if mover is not None:
            stage_of_draft(mover.stage_id)
            StageRole.delete().where(StageRole.id == mover.id).execute()


def child_pipelines(draft: Pipeline) -> list[Pipeline]:
    """Processes that an automation of this version can open: those in use, without itself."""
    found = Pipeline.select().where(
        Pipeline.kind == "track",
        Pipeline.code != draft.code,
        IN_USE,
    )
    return list(found.order_by(Pipeline.name))
