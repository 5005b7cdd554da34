"""Reads the history of every card again, and says where it contradicts what the card tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schema.cards import Card, CardStep
from schema.pipelines import Stage


def disagreements() -> list[str]:
    """Every contradiction between cards and their steps; an empty list is a sound house."""
    steps: dict[int, list[CardStep]] = defaultdict(list)
    for step in CardStep.select().order_by(CardStep.card, CardStep.number):
        steps[step.card_id].append(step)
    stages = {stage.id: stage for stage in Stage.select()}
    cards = {card.id: card for card in Card.select()}
    return [
        f"card {card.id}: {what}"
        for card in cards.values()
        for what in [*broken_chain(steps[card.id], stages), *wrong_place(card, steps[card.id])]
        + [*wrong_ending(card, steps[card.id], stages), *wrong_family(card, cards)]
    ]


def broken_chain(steps: list[CardStep], stages: dict[int, Stage]) -> Iterator[str]:
    """Numbers without a gap; each step starts where the one before ended, the first at a start."""
    if [step.number for step in steps] != list(range(1, len(steps) + 1)):
        yield f"numbers {[step.number for step in steps]}"
    if steps and not stages[steps[0].from_stage_id].opens:
        yield "did not open at a start"
    for before, after in zip(steps, steps[1:], strict=False):
        if before.to_stage_id != after.from_stage_id:
            yield f"step {after.number} starts elsewhere than step {before.number} ended"
        closed = stages[before.to_stage_id].category != "open"
        if closed != (after.mode == "reopen"):
            yield f"step {after.number} is a {after.mode} of a card that is closed: {closed}"


def wrong_place(card: Card, steps: list[CardStep]) -> Iterator[str]:
    """The card stands where its last step ended."""
    if card.step_count != len(steps):
        yield f"counts {card.step_count} of {len(steps)} steps"
    last = steps[-1] if steps else None
    if last and (card.stage_id, card.pipeline_id) != (last.to_stage_id, last.pipeline_id):
        yield f"stands at {card.stage_id}, not at {last.to_stage_id}"


def wrong_ending(card: Card, steps: list[CardStep], stages: dict[int, Stage]) -> Iterator[str]:
    """Closed exactly when its last step led to an end, by whom and when that step says."""
    ended = bool(steps) and stages[steps[-1].to_stage_id].category != "open"
    wanted = (steps[-1].at, steps[-1].by_id) if ended else (None, None)
    if (card.closed_at, card.closed_by_id) != wanted:
        yield f"closed {card.closed_at} by {card.closed_by_id}, not {wanted}"


def wrong_family(card: Card, cards: dict[int, Card]) -> Iterator[str]:
    """Nothing is open under a closed card."""
    if card.parent_id and card.closed_at is None and cards[card.parent_id].closed_at is not None:
        yield f"is open under the closed card {card.parent_id}"
