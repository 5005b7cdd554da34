"""Opening a card: every lead, plan, claim, order and lab process begins with one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.cards import Card
from schema.in_use import IN_USE
from schema.pipelines import Pipeline, Stage
from schema.workflow import Refused
from schema.workflow.runs import card_entered


def open_card(
    kind: str,
    *,
    by: int | None,
    now: dt.datetime,
    pipeline: int | None = None,
    parent: Card | None = None,
    late: bool = False,
    **facts: Any,
) -> Card:
    """A new card of `kind` at the first opening stage of `pipeline` (the newest in use when None).

    A `late` one opens at the last such stage, as a repair does, which skips what comes before.
    `facts` are further columns of the card. Raises Refused when no pipeline of that kind is in use.
    """
    way, stage = opening_of(kind, pipeline, late=late)
    card = Card.create(
        kind=kind,
        pipeline=way,
        stage=stage,
        parent=parent,
        opened_at=now,
        opened_by=by,
        **{name: value for name, value in facts.items() if value is not None},
    )
    card_entered(card, now=now)
    return card


def opening_of(kind: str, pipeline: int | None = None, *, late: bool = False) -> tuple[int, int]:
    """Keys of a pipeline in use (the newest when None) and of the stage where its cards open."""
    in_use = (
        Stage.select(Pipeline.id, Stage.id)
        .join(Pipeline)
        .where(
            Pipeline.kind == kind,
            IN_USE,
            Stage.opens,
        )
    )
    if pipeline is not None:
        in_use = in_use.where(Pipeline.id == pipeline)
    place = Stage.position.desc() if late else Stage.position
    newest = in_use.order_by(Pipeline.published_at.desc(), Pipeline.id.desc(), place)
    found = newest.tuples().first()
    if found is None:
        raise Refused("No pipeline for this is in use. Publish one first, under Set-up.")
    return int(found[0]), int(found[1])
