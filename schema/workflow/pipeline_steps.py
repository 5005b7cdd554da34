"""Drawing the allowed steps of a version that is not published."""

from __future__ import annotations

from schema.database import one_act
from schema.pipelines import Stage, StageStep
from schema.workflow import Refused
from schema.workflow.pipelines import a_draft


def add_step(pipeline_id: int, from_stage_id: int, to_stage_id: int) -> StageStep:
    """Allow a move of a draft; whether it leads back follows from the order of the stages.

    An allowed step stays as it is. Raises Refused.
    """
    with one_act():
        draft = a_draft(pipeline_id)
        mine = Stage.select().where(Stage.pipeline == draft)
        start = mine.where(Stage.id == from_stage_id).first()
        end = mine.where(Stage.id == to_stage_id).first()
        if start is None or end is None:
            raise Refused("A step joins two stages of this pipeline.")
        if start.id == end.id:
            raise Refused("A step leads to another stage.")
        if start.category != "open":
            raise Refused("No step leads on from «%(stage)s»: work ends there.", stage=start.name)
        return draw_step(start, end)


def remove_step(step_id: int) -> None:
    """Take an allowed move out of a draft; one that is gone already is no mistake."""
    with one_act():
        step = StageStep.get_or_none(StageStep.id == step_id)
        if step is not None:
            a_draft(step.pipeline_id)
            StageStep.delete().where(StageStep.id == step.id).execute()


def draw_step(start: Stage, end: Stage) -> StageStep:
    """The step between two stages, new or as it is; part of an act that may draw."""
    start, end = Stage.get_by_id(start.id), Stage.get_by_id(end.id)
    drawn = StageStep.get_or_none(StageStep.from_stage == start, StageStep.to_stage == end)
    return drawn or StageStep.create(
        pipeline=start.pipeline_id, from_stage=start, to_stage=end, back=leads_back(start, end)
    )


def straighten(pipeline_id: int) -> None:
    """Say anew of each step whether it leads back, after stages changed their places."""
    stages = {one.id: one for one in Stage.select().where(Stage.pipeline == pipeline_id)}
    for step in StageStep.select().where(StageStep.pipeline == pipeline_id):
        back = leads_back(stages[step.from_stage_id], stages[step.to_stage_id])
        if back != step.back:
            StageStep.update(back=back).where(StageStep.id == step.id).execute()


def leads_back(start: Stage, end: Stage) -> bool:
    """Whether a step between these leads to an earlier place; what is lost is never behind."""
    return bool(end.position < start.position and end.category != "lost")
