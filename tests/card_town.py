"""The ways that random walks of cards try, and how such a walk is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import count

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from schema.pipelines import Pipeline, Stage, StageStep
from tests.factories.pipelines import (
    a_control_point,
    a_draft_pipeline,
    a_pipeline,
    a_stage,
    published,
    stage_of,
)
from tests.factories.staff import a_person

EACH, LONGEST = 50, 60
seldom = st.integers(0, 9).map(lambda die: die == 0)
pick = st.integers(0, 10_000)


class Town:
    """The ways of one house: a gated one, a free one, a draft, and one of another kind."""

    def __init__(self) -> None:
        gated = a_pipeline("new", "working", "fitting", "done", "lost")
        Pipeline.update(published_at=None).where(Pipeline.id == gated.id).execute()
        for code, required in (("new", True), ("working", True), ("working", False)):
            a_control_point(stage=stage_of(gated, code), required=required)
        draft = a_draft_pipeline()
        a_stage(pipeline=draft, opens=True)
        self.ways = [published(gated), a_pipeline(), draft, a_pipeline(kind="plan")]
        self.stages = list(Stage.select().order_by(Stage.id))
        self.steps = list(StageStep.select().order_by(StageStep.id))
        self.points = [point for stage in self.stages for point in stage.control_points]
        self.person = a_person()
        self.verdicts = Counter[str]()


def walk(machine: Callable[[Town], RuleBasedStateMachine], town: Town, steps: int) -> None:
    """Let the machine try its rules, batch after batch with a new seed, until it tried enough."""
    batch = settings(
        max_examples=EACH,
        stateful_step_count=LONGEST,
        database=None,
        deadline=None,
        phases=[Phase.generate],  # each try writes, so a shorter walk is looked for by hand
        suppress_health_check=list(HealthCheck),
    )
    for number in count(1):
        if town.verdicts.total() >= steps:
            return
        run_state_machine_as_test(seed(number)(partial(machine, town)), settings=batch)
