"""Sends cards along their pipelines as the rows of the pipelines allow, tick by tick."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from schema.cards import Card, CardStep, Tick
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from seed.demo.world import World

Evidence = Callable[["Traveller", ControlPoint, dt.datetime], None]


class Way:
    """One pipeline in use: its stages in order, its steps, its control points."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.id, self.kind, self.code = pipeline.id, pipeline.kind, pipeline.code
        stages = Stage.select().where(Stage.pipeline == pipeline).order_by(Stage.position)
        self.stages: list[Stage] = list(stages)
        self.by_code: dict[str, Stage] = {stage.code: stage for stage in self.stages}
        self.by_id: dict[int, Stage] = {stage.id: stage for stage in self.stages}
        self.start: Stage = next(stage for stage in self.stages if stage.opens)
        self.steps: dict[tuple[int, int], int] = {}
        self.onward: dict[int, list[Stage]] = defaultdict(list)
        for step in StageStep.select().where(StageStep.pipeline == pipeline):
            self.steps[step.from_stage_id, step.to_stage_id] = step.id
            if not step.back:
                self.onward[step.from_stage_id].append(self.by_id[step.to_stage_id])
        self.points: dict[int, list[ControlPoint]] = defaultdict(list)
        points = ControlPoint.select().join(Stage).where(Stage.pipeline == pipeline)
        for point in points.order_by(ControlPoint.position, ControlPoint.id):
            self.points[point.stage_id].append(point)

    @property
    def open_stages(self) -> list[Stage]:
        return [stage for stage in self.stages if stage.category == "open"]

    def end(self, category: str) -> Stage:
        """The first stage of that category: done or lost."""
        return next(stage for stage in self.stages if stage.category == category)

    def path(self, here: Stage, to: Stage, skips: frozenset[str] = frozenset()) -> list[Stage]:
        """The stages to pass from one to another: every one on the way but the skipped."""
        found = self._search(here, to, skips)
        if found is None:
            raise ValueError(f"{self.code}: no way leads from {here.code} to {to.code}.")
        return found

    def _search(self, here: Stage, to: Stage, skips: frozenset[str]) -> list[Stage] | None:
        if here.id == to.id:
            return []
        if to.category == "lost" and (here.id, to.id) in self.steps:
            return [to]
        for stage in sorted(self.onward[here.id], key=lambda one: one.position):
            passable = stage.category == "open" and stage.code not in skips
            if stage.id != to.id and not passable:
                continue
            rest = self._search(stage, to, skips)
            if rest is not None:
                return [stage, *rest]
        return None


def ways(kind: str) -> list[Way]:
    """The pipelines of a kind that are in use, the oldest first."""
    in_use = Pipeline.select().where(
        Pipeline.kind == kind, Pipeline.published_at.is_null(False), Pipeline.retired_at.is_null()
    )
    return [Way(pipeline) for pipeline in in_use.order_by(Pipeline.id)]


def main_way(kind: str) -> Way:
    """The pipeline that is named like its kind, as the first rows have it; else the oldest."""
    found = ways(kind)
    return next((way for way in found if way.code == kind), found[0])


@dataclass
class Traveller:
    """A card on its way: where it stands, and what was written of it so far."""

    world: World
    way: Way
    card: int
    opened_at: dt.datetime
    parent: int | None = None
    number: int = 0
    closed_at: dt.datetime | None = None
    evidence: Evidence | None = None
    visits: list[tuple[Stage, dt.datetime, dt.datetime | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stage = self.way.start
        self.since = self.opened_at

    def go(self, to: Stage, at: dt.datetime, by: int | None, **facts: Any) -> None:
        """Tick what the stage asks for, and take one step."""
        forced = bool(facts.get("forced"))
        if to.position > self.stage.position and to.category != "lost" and not forced:
            self.tick(at, by)
        self.number += 1
        self.world.pen.add(
            CardStep,
            card=self.card,
            number=self.number,
            pipeline=self.way.id,
            from_stage=self.stage.id,
            to_stage=to.id,
            step=self.way.steps[self.stage.id, to.id],
            at=at,
            by=by,
            **facts,
        )
        self.visits.append((self.stage, self.since, at))
        self.stage, self.since = to, at
        self.closed_at = None if to.category == "open" else at

    def tick(self, at: dt.datetime, by: int | None, part: int = 100) -> None:
        """Tick the points of the stage where the card stands (a part of them, in per cent)."""
        points = self.way.points[self.stage.id]
        count = len(points) * part // 100
        for number, point in enumerate(points[:count]):
            if not point.required and self.world.chance(50):
                continue
            if self.evidence:
                self.evidence(self, point, at)
            moment = self.since + (at - self.since) * (number + 1) / (count + 1)
            self.world.pen.add(
                Tick,
                card=self.card,
                control_point=point.id,
                at=moment.replace(microsecond=0),
                by=by or self.world.someone("lab_supervisor"),
            )

    def travel(
        self,
        to: Stage,
        until: dt.datetime,
        by: Callable[[], int | None],
        skips: frozenset[str] = frozenset(),
    ) -> None:
        """Go all the way to a stage, which is reached at `until`; steps are spread evenly."""
        path, start = self.way.path(self.stage, to, skips), self.since
        until = max(until, start)
        for number, stage in enumerate(path, 1):
            at = start + (until - start) * number / len(path)
            self.go(stage, at.replace(microsecond=0), by())

    def back(self, to: Stage, at: dt.datetime, by: int | None) -> bool:
        """Return to an earlier stage where the pipeline allows it."""
        allowed = (self.stage.id, to.id) in self.way.steps
        if allowed:
            self.go(to, at, by)
        return allowed

    def reopen(self, to: Stage, at: dt.datetime, by: int, reason: str) -> None:
        """Take a closed card up again."""
        self.number += 1
        self.world.pen.add(
            CardStep,
            card=self.card,
            number=self.number,
            pipeline=self.way.id,
            from_stage=self.stage.id,
            to_stage=to.id,
            mode="reopen",
            reason=reason,
            at=at,
            by=by,
        )
        self.stage, self.since, self.closed_at = to, at, None


def set_out(
    world: World, way: Way, at: dt.datetime, by: int | None = None, **facts: Any
) -> Traveller:
    """Open a card at the start of a pipeline."""
    card = world.pen.add(
        Card,
        kind=way.kind,
        pipeline=way.id,
        stage=way.start.id,
        opened_at=at,
        created_at=at,
        opened_by=by,
        **facts,
    )
    return Traveller(world, way, card, at, parent=facts.get("parent"))


def write_travels(world: World, parents: dict[int, int | None]) -> None:
    """Write ticks, then steps: children before parents, each card's steps one after another.

    A step moves its card when its statement is over, so the next step needs the next statement.
    """
    world.pen.write(Tick)
    at_risk = [key for (key,) in Card.select(Card.id).where(Card.at_risk).tuples()]
    waves: dict[tuple[bool, int], list[dict[str, Any]]] = defaultdict(list)
    for step in world.pen.take(CardStep):
        waves[parents.get(step["card"]) is None, step["number"]].append(step)
    for wave in sorted(waves):
        world.pen.insert(CardStep, waves[wave])
    # A step takes the risk off; these came to be at risk where they stand at last.
    Card.update(at_risk=True).where(Card.id.in_(at_risk)).execute()
