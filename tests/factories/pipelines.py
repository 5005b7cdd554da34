"""Makes pipelines with stages and steps, control points and automations."""

from __future__ import annotations

from typing import Any

from schema.automations import Automation
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from tests.factories import NOW, number


def a_draft_pipeline(**columns: Any) -> Pipeline:
    """A version that nobody published yet, without stages."""
    mark = number()
    good = {"kind": "lead", "code": f"way{mark}", "name": f"Way {mark}"}
    return Pipeline.create(**good | columns)


def a_pipeline(*codes: str, **columns: Any) -> Pipeline:
    """A published pipeline: new, working, done and lost, or the stages that are named.

    Cards open at the first stage; the last one (but «lost») is done. Steps lead to the next
    stage, back to the one before, and from every open stage to «lost».
    """
    pipeline = a_draft_pipeline(**columns)
    codes = codes or ("new", "working", "done", "lost")
    way = [a_stage(pipeline=pipeline, code=code, opens=code == codes[0]) for code in codes]
    lost = [stage for stage in way if stage.code == "lost"]
    way = [stage for stage in way if stage.code != "lost"]
    for stage, category in [(way[-1], "done"), *((stage, "lost") for stage in lost)]:
        Stage.update(category=category).where(Stage.id == stage.id).execute()
    for before, after in zip(way, way[1:], strict=False):
        a_stage_step(before, after)
        for stage in lost:
            a_stage_step(before, stage)
        if after is not way[-1]:
            a_stage_step(after, before, back=True)
    return published(pipeline)


def published(pipeline: Pipeline) -> Pipeline:
    """The pipeline, in use from now on."""
    Pipeline.update(published_at=NOW).where(Pipeline.id == pipeline.id).execute()
    return Pipeline.get_by_id(pipeline.id)


def a_stage(**columns: Any) -> Stage:
    """The next stage of a pipeline, a draft when none is given."""
    pipeline = columns["pipeline"] = columns.get("pipeline") or a_draft_pipeline()
    position = pipeline.stages.count() + 1
    code = columns.setdefault("code", f"stage{number()}")
    return Stage.create(**{"name": code.capitalize(), "position": position} | columns)


def stage_of(pipeline: Pipeline, code: str) -> Stage:
    return pipeline.stages.where(Stage.code == code).get()


def a_stage_step(from_stage: Stage, to_stage: Stage, **columns: Any) -> StageStep:
    way = {"pipeline": from_stage.pipeline, "from_stage": from_stage, "to_stage": to_stage}
    return StageStep.create(**way | columns)


def a_control_point(**columns: Any) -> ControlPoint:
    """A required tick that holds cards back at its stage."""
    columns["stage"] = columns.get("stage") or a_stage()
    mark = number()
    return ControlPoint.create(**{"code": f"point{mark}", "name": f"Point {mark}"} | columns)


def an_automation(**columns: Any) -> Automation:
    """A follow-up when a card enters the stage."""
    columns["stage"] = columns.get("stage") or a_stage()
    return Automation.create(**{"action": "followup", "text": "Call the patient"} | columns)
