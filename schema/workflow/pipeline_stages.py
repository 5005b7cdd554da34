"""Drawing the stages of a version that is not published: add, change, move and remove them."""

from __future__ import annotations

from schema.automations import Automation
from schema.database import one_act
from schema.pipeline_terms import CATEGORIES, CLOCKS
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.pipeline_steps import draw_step, straighten
from schema.workflow.pipelines import a_draft, named
from schema.workflow.short_codes import short_code

FAR = 1_000_000


def add_stage(
    pipeline_id: int, name: str, *, after: int | None = None, category: str = "open"
) -> Stage:
    """A new stage right after the stage `after` (None: first), joined to its neighbours.

    The step that led past its place now leads through it, forward and back; cards are opened at
    the very first stage. Raises Refused when the version is published.
    """
    if category not in CATEGORIES:
        raise Refused("Choose a value from the list.")
    with one_act():
        draft = a_draft(pipeline_id)
        said = named(name, Stage.name.max_length)
        way = stages_of(draft)
        place = 0 if after is None else _place(way, after) + 1
        stage = Stage.create(
            pipeline=draft,
            code=short_code(said, {one.code for one in way}, "stage"),
            name=said,
            position=FAR,
            category=category,
            opens=not way and category == "open",
        )
        _number([*way[:place], stage, *way[place:]])
        _join(way[:place], Stage.get_by_id(stage.id), way[place:])
        return Stage.get_by_id(stage.id)


def set_stage(
    stage_id: int,
    *,
    name: str,
    category: str,
    opens: bool,
    clock: str,
    wip_limit: int | None,
    standard_minutes: int | None,
    seen: int | None = None,
) -> Stage:
    """Change what a stage of a draft is, still as it was `seen` (its row version).

    Raises Refused, or the database refuses.
    """
    with one_act():
        stage = stage_of_draft(stage_id)
        if seen is not None and seen != stage.row_version:
            raise Refused("Someone else changed this record; reload it and try again.")
        if category not in CATEGORIES or clock not in CLOCKS:
            raise Refused("Choose a value from the list.")
        Stage.update(
            name=named(name, Stage.name.max_length),
            category=category,
            opens=opens,
            clock=clock,
            wip_limit=wip_limit,
            standard_minutes=standard_minutes,
            row_version=Stage.row_version + 1,
        ).where(Stage.id == stage.id).execute()
        straighten(stage.pipeline_id)
        return Stage.get_by_id(stage.id)


def move_stage(stage_id: int, by_places: int) -> None:
    """Take a stage of a draft earlier (negative) or later; at the ends it stays.

    Its steps turn with it: what led ahead and now leads back is a step back. Raises Refused.
    """
    with one_act():
        stage = stage_of_draft(stage_id)
        way = stages_of(stage.pipeline)
        here = _place(way, stage.id)
        moved = way.pop(here)
        way.insert(max(0, min(len(way), here + by_places)), moved)
        _number(way)
        straighten(stage.pipeline_id)


def remove_stage(stage_id: int) -> None:
    """Take a stage out of a draft, with its steps, points and automations; its neighbours join.

    Raises Refused.
    """
    with one_act():
        stage = stage_of_draft(stage_id)
        _heal(stage)
        points = ControlPoint.select(ControlPoint.id).where(ControlPoint.stage == stage)
        Automation.delete().where(
            (Automation.stage == stage) | Automation.ticks.in_(points)
        ).execute()
        StageRole.delete().where(StageRole.stage == stage).execute()
        ControlPoint.delete().where(ControlPoint.stage == stage).execute()
        StageStep.delete().where(
            (StageStep.from_stage == stage) | (StageStep.to_stage == stage)
        ).execute()
        Stage.delete().where(Stage.id == stage.id).execute()
        _number(stages_of(stage.pipeline))


def stages_of(pipeline: Pipeline) -> list[Stage]:
    """The stages of a version in their order."""
    return list(Stage.select().where(Stage.pipeline == pipeline).order_by(Stage.position))


def stage_of_draft(stage_id: int) -> Stage:
    """A stage whose version is not published. Raises Refused."""
    stage = Stage.get_or_none(Stage.id == stage_id)
    if stage is None:
        raise Refused("This stage is not there any more.")
    a_draft(stage.pipeline_id)
    return stage


def _place(way: list[Stage], stage_id: int) -> int:
    for place, stage in enumerate(way):
        if stage.id == stage_id:
            return place
    raise Refused("This stage is not there any more.")


def _number(way: list[Stage]) -> None:
    """Positions from 1 in this order; by way of far ones, because no two may be the same."""
    for shift in (FAR, 0):
        for position, stage in enumerate(way, 1):
            here = Stage.id == stage.id
            Stage.update(position=position + shift).where(here).execute()


def _join(before: list[Stage], stage: Stage, after: list[Stage]) -> None:
    """Draw the steps of a new stage: through it, and to where cards are lost."""
    others = (*before, *after)
    if stage.category == "lost":
        for other in others:
            if other.category == "open":
                draw_step(other, stage)
        return
    _lead_through(_last_open(before), stage, _next_on(after))
    if stage.category == "open":
        for lost in (one for one in others if one.category == "lost"):
            draw_step(stage, lost)


def _lead_through(earlier: Stage | None, stage: Stage, later: Stage | None) -> None:
    """The step between its neighbours goes through the new stage, and so does the one back."""
    if earlier:
        draw_step(earlier, stage)
    if later and stage.category == "open":
        draw_step(stage, later)
    if earlier and later:
        _undraw(earlier, later)
        if _undraw(later, earlier):
            draw_step(later, stage)
            draw_step(stage, earlier)


def _last_open(before: list[Stage]) -> Stage | None:
    return next((one for one in reversed(before) if one.category == "open"), None)


def _next_on(after: list[Stage]) -> Stage | None:
    return next((one for one in after if one.category != "lost"), None)


def _heal(stage: Stage) -> None:
    """Join the forerunner and the follower of a stage that goes, as it joined them."""
    way = stages_of(stage.pipeline)
    here = _place(way, stage.id)
    earlier, later = _last_open(way[:here]), _next_on(way[here + 1 :])
    if earlier and later:
        if _drawn(earlier, stage) and _drawn(stage, later):
            draw_step(earlier, later)
        if _drawn(later, stage) and _drawn(stage, earlier):
            draw_step(later, earlier)


def _drawn(a: Stage, b: Stage) -> bool:
    return StageStep.select().where(StageStep.from_stage == a, StageStep.to_stage == b).exists()


def _undraw(a: Stage, b: Stage) -> int:
    here = (StageStep.from_stage == a) & (StageStep.to_stage == b)
    return StageStep.delete().where(here).execute()
