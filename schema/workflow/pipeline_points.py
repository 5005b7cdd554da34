"""Drawing what a stage asks for and does by itself, while its version is not published."""

from __future__ import annotations

from typing import Any

from schema.automations import ACTIONS, EVENTS, TIMES, Automation
from schema.database import one_act
from schema.pipeline_terms import BLOCKS, EVIDENCE
from schema.pipelines import ControlPoint, Pipeline
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.pipeline_stages import stage_of_draft
from schema.workflow.pipelines import in_use, named
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
    if block not in BLOCKS or evidence not in EVIDENCE:
        raise Refused("Choose a value from the list.")
    if evidence == "field" and not (about or "").strip():
        raise Refused("Say which field has to be filled.")
    with one_act():
        stage = stage_of_draft(stage_id)
        said = named(name, ControlPoint.name.max_length)
        there = list(ControlPoint.select().where(ControlPoint.stage == stage))
        return ControlPoint.create(
            stage=stage,
            code=short_code(said, {point.code for point in there}, "point"),
            name=said,
            position=max((point.position for point in there), default=0) + 1,
            block=block,
            evidence=evidence,
            about=(about or "").strip() or None,
            required=required,
        )


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
    if columns.get("event") not in EVENTS or columns.get("action") not in ACTIONS:
        raise Refused("Choose a value from the list.")
    if columns.get("delay_time", "working") not in TIMES:
        raise Refused("Choose a value from the list.")
    child = columns.get("child_pipeline_code")
    with one_act():
        stage = stage_of_draft(stage_id)
        if columns["action"] == "child" and (child is None or in_use(child) is None):
            raise Refused("Choose a pipeline that is in use for the child card.")
        if columns["action"] == "child" and child == stage.pipeline.code:
            raise Refused("A card does not open its own pipeline under itself.")
        return Automation.create(stage=stage, **columns)


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
        Pipeline.published_at.is_null(False),
        Pipeline.retired_at.is_null(),
    )
    return list(found.order_by(Pipeline.name))
