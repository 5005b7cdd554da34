"""What keeps a drawn pipeline from being used: all of it at once, in words."""

from __future__ import annotations

from collections.abc import Iterable

from schema.pipelines import Pipeline, Stage, StageStep
from schema.workflow import Refused

NO_START = "Mark at least one stage where cards are opened, then publish."


def flaws(pipeline: Pipeline) -> list[Refused]:
    """What a draft lacks before it can be published, worst first; empty when it is whole."""
    stages = list(Stage.select().where(Stage.pipeline == pipeline).order_by(Stage.position))
    steps = list(StageStep.select().where(StageStep.pipeline == pipeline))
    if not stages:
        return [Refused("Draw at least one stage.")]
    found = [] if any(stage.opens for stage in stages) else [Refused(NO_START)]
    if not any(stage.category == "done" for stage in stages):
        found.append(Refused("One stage has to be the end: mark it as done."))
    reached = _reached(stages, steps)
    for stage in stages:
        if reached and stage.id not in reached:
            found.append(Refused("No step leads to «%(stage)s».", stage=stage.name))
    left = {step.from_stage_id for step in steps}
    for stage in stages:
        if stage.category == "open" and stage.id not in left:
            found.append(Refused("No step leads on from «%(stage)s».", stage=stage.name))
    return found


def _reached(stages: Iterable[Stage], steps: Iterable[StageStep]) -> set[int]:
    """The stages to which cards can come from where they are opened."""
    ways: dict[int, list[int]] = {}
    for step in steps:
        ways.setdefault(step.from_stage_id, []).append(step.to_stage_id)
    reached = {stage.id for stage in stages if stage.opens}
    waiting = list(reached)
    while waiting:
        for there in ways.get(waiting.pop(), ()):
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    return reached
