"""What keeps a drawn pipeline from being used: all of it at once, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schema.automations import Automation
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
    return found + _dead_ends(stages, steps) + _idle_automations(stages)


def _dead_ends(stages: Sequence[Stage], steps: Sequence[StageStep]) -> list[Refused]:
    """Stages from which no work is ever finished; where there is no end, one flaw says that."""
    left = {step.from_stage_id for step in steps}
    done = {stage.id for stage in stages if stage.category == "done"}
    finishing = _led_to(done, [(step.to_stage_id, step.from_stage_id) for step in steps])
    found = []
    for stage in stages:
        if stage.category == "open" and stage.id not in left:
            found.append(Refused("No step leads on from «%(stage)s».", stage=stage.name))
        elif stage.category == "open" and done and stage.id not in finishing:
            found.append(
                Refused(
                    "From «%(stage)s» work can never be done: draw a step towards the end.",
                    stage=stage.name,
                )
            )
    return found


def _idle_automations(stages: Sequence[Stage]) -> list[Refused]:
    """Automations that are switched on and would never run."""
    mine = Automation.stage.in_([stage.id for stage in stages]) & Automation.active
    waiting = Automation.select(Automation.stage).where(mine, Automation.event == "overrun")
    late = {key for (key,) in waiting.tuples()}
    return [
        Refused(
            "«%(stage)s» does something when its standard time is over, but has none: "
            "set the time, or remove that automation.",
            stage=stage.name,
        )
        for stage in stages
        if stage.id in late and stage.standard_minutes is None
    ]


def _reached(stages: Iterable[Stage], steps: Iterable[StageStep]) -> set[int]:
    """The stages to which cards can come from where they are opened."""
    opened = {stage.id for stage in stages if stage.opens}
    return _led_to(opened, [(step.from_stage_id, step.to_stage_id) for step in steps])


def _led_to(first: set[int], pairs: Iterable[tuple[int, int]]) -> set[int]:
    """These stages, and all to which the pairs lead from them."""
    ways: dict[int, list[int]] = {}
    for here, there in pairs:
        ways.setdefault(here, []).append(there)
    reached, waiting = set(first), list(first)
    while waiting:
        for there in ways.get(waiting.pop(), ()):
            if there not in reached:
                reached.add(there)
                waiting.append(there)
    return reached
