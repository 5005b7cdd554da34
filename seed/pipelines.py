"""The pipelines of the house as rows, published and ready to be travelled."""

from __future__ import annotations

from datetime import datetime

from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from seed.pipelines_control import PRODUCTION_CONTROL
from seed.pipelines_front import CLAIM, LEAD, PLAN
from seed.pipelines_lab import FABRICATION, ORDER, ZIRCONIA
from seed.pipelines_routes import ROUTES
from seed.sowing import sow
from seed.ways import Way

WAYS: tuple[Way, ...] = (
    LEAD,
    PLAN,
    CLAIM,
    ORDER,
    PRODUCTION_CONTROL,
    ZIRCONIA,
    FABRICATION,
    *ROUTES,
)


def sow_pipelines(now: datetime) -> set[str]:
    """Pipelines that are missing, each whole and published; the codes of those that are new."""
    there = {code for (code,) in Pipeline.select(Pipeline.code).tuples()}
    missing = [way for way in WAYS if way.code not in there]
    for way in missing:
        _sow_way(way, now)
    return {way.code for way in missing}


def _sow_way(way: Way, now: datetime) -> None:
    pipeline = Pipeline.create(kind=way.kind, code=way.code, name=way.name)
    sow(Stage, ("pipeline", "code"), _stages(way, pipeline))
    stages = stages_of(pipeline)
    sow(StageStep, ("from_stage", "to_stage"), _steps(way, pipeline, stages))
    sow(ControlPoint, ("stage", "code"), _points(way, stages))
    Pipeline.update(published_at=now).where(Pipeline.id == pipeline.id).execute()


def stages_of(pipeline: Pipeline) -> dict[str, int]:
    """The numbers of a pipeline's stages by their codes."""
    stages = Stage.select(Stage.code, Stage.id).where(Stage.pipeline == pipeline)
    return dict(stages.tuples())


def _stages(way: Way, pipeline: Pipeline) -> list[dict[str, object]]:
    return [
        {
            "pipeline": pipeline,
            "code": place.code,
            "name": place.name,
            "position": position,
            "category": place.category,
            "opens": place.opens or position == 1,
            "wip_limit": place.limit,
            "standard_minutes": place.minutes,
            "clock": place.clock,
        }
        for position, place in enumerate(way.places, 1)
    ]


def _steps(way: Way, pipeline: Pipeline, stages: dict[str, int]) -> list[dict[str, object]]:
    return [
        {"pipeline": pipeline, "from_stage": stages[a], "to_stage": stages[b], "back": back}
        for a, b, back in way.steps()
    ]


def _points(way: Way, stages: dict[str, int]) -> list[dict[str, object]]:
    return [
        {
            "stage": stages[place.code],
            "code": point.code,
            "name": point.name,
            "position": position,
            "block": point.block,
            "evidence": point.evidence,
            "about": point.about,
            "required": point.required,
        }
        for place in way.places
        for position, point in enumerate(place.points, 1)
    ]
