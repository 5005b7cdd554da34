"""Makes cards, their steps, ticks and notes."""

from __future__ import annotations

from typing import Any

from schema.cards import Card, CardStep, Note, Tick
from schema.pipelines import Stage, StageStep
from tests.factories import NOW, later
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person


def a_card(kind: str = "lead", **columns: Any) -> Card:
    """A card at the start of a new pipeline, or of the `pipeline` that is given."""
    if columns.get("stage"):
        columns["pipeline"] = columns["stage"].pipeline
    pipeline = columns["pipeline"] = columns.get("pipeline") or a_pipeline(kind=kind)
    start = columns.get("stage") or pipeline.stages.where(Stage.opens).get()
    return Card.create(**{"kind": kind, "stage": start, "opened_at": NOW} | columns)


def good_step(card: Card, code: str, **columns: Any) -> dict[str, Any]:
    """The columns of the allowed move of a card to the stage of its pipeline with that code."""
    card = Card.get_by_id(card.id)
    to_stage = columns.get("to_stage") or stage_of(card.pipeline, code)
    step = StageStep.get_or_none(from_stage=card.stage, to_stage=to_stage)
    return {
        "card": card,
        "number": card.step_count + 1,
        "pipeline": to_stage.pipeline,
        "from_stage": card.stage,
        "to_stage": to_stage,
        "step": step,
        "at": later(hours=card.step_count + 1),
    } | columns


def a_card_step(card: Card | None = None, code: str = "working", **columns: Any) -> CardStep:
    """Moves a card to the stage of that code."""
    return CardStep.create(**good_step(card or a_card(), code, **columns))


def moved(card: Card, *codes: str) -> Card:
    """The card after moves through these stages."""
    for code in codes:
        a_card_step(card, code)
    return Card.get_by_id(card.id)


def a_tick(**columns: Any) -> Tick:
    """A tick of a new control point at the stage of a card, or of the one that is given."""
    if not columns.get("card"):
        point = columns.get("control_point") or a_control_point(stage=_a_start())
        columns |= {"control_point": point, "card": a_card(pipeline=point.stage.pipeline)}
    return Tick.create(**{"at": NOW} | columns)


def a_note(**columns: Any) -> Note:
    columns["card"] = columns.get("card") or a_card()
    columns["by"] = columns.get("by") or a_person()
    return Note.create(**{"text": "Prefers mornings", "at": NOW} | columns)


def _a_start() -> Stage:
    return a_pipeline().stages.where(Stage.opens).get()
