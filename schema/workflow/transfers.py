"""Taking running cards to another pipeline or version: each stage has its place there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schema.cards import Card
from schema.pipelines import Pipeline, Stage
from schema.sayings import RowNames
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import refuse_no_reason, standing, take_step


def transfer(
    card_ids: Iterable[int],
    pipeline_id: int,
    mapping: dict[int, int],
    *,
    by: int,
    now: dt.datetime,
    reason: str,
) -> int:
    """Take open cards over, all or none; `mapping` says for each stage where its cards stand then.

    History stays. Closed cards are passed over. Returns how many moved. Raises Refused when a
    stage has no place in `mapping`, or the pipelines do not fit.
    """
    refuse_no_reason(reason)
    with one_spoken_act():
        target = Pipeline.get_or_none(Pipeline.id == pipeline_id)
        if target is None or target.published_at is None or target.retired_at is not None:
            raise Refused("Transfer to a pipeline that is in use.")
        moved = 0
        for key in sorted(set(card_ids)):
            card, facts = standing(key)
            if card.closed_at is None and card.pipeline_id != target.id:
                place = _place_of(card, target, mapping).id
                told = {"pipeline": target.id, "mode": "transfer", "reason": reason}
                take_step(card, facts, place, by=by, now=now, **told)
                moved += 1
        return moved


def _place_of(card: Card, target: Pipeline, mapping: dict[int, int]) -> Stage:
    """Where a card stands in the other pipeline; raises Refused."""
    if card.kind != target.kind:
        raise Refused("%(card)s travels another kind of pipeline.", card=card)
    place: Stage | None = Stage.get_or_none(
        Stage.id == mapping.get(card.stage_id), Stage.pipeline == target
    )
    if place is None:
        here = Stage.get_by_id(card.stage_id)
        raise Refused(
            "Say where cards at «%(stage)s» stand afterwards.", stage=RowNames([here.name])
        )
    return place
