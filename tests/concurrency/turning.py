"""Cancelling what a card stands for, and taking that back, from where somebody just saw it."""

from __future__ import annotations

from schema.cards import Card, CardStep
from schema.pipelines import StageStep
from tests.factories import later
from tests.factories.pipelines import stage_of


def turn(card: Card, person: int) -> None:
    """To the lost stage when the card was open, else back to the start."""
    lost = stage_of(card.pipeline, "lost")
    if card.closed_at:
        way = {"to_stage": stage_of(card.pipeline, "new"), "mode": "reopen"}
    else:
        way = {"to_stage": lost, "step": StageStep.get(from_stage=card.stage, to_stage=lost)}
    here = {"card": card, "from_stage": card.stage_id, "pipeline": card.pipeline_id}
    told = {"reason": "The patient called", "by": person, "at": later(hours=card.step_count)}
    CardStep.create(**here, **way, **told, number=card.step_count + 1)
