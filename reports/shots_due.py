"""Which photos does each open order still lack, and which of them are due at its stage?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from peewee import JOIN, SQL, fn

from schema.cards import Card
from schema.orders import LabOrder
from schema.photos import Photo, Shot, ShotRequirement
from schema.pipelines import ControlPoint, Stage

MOST = 60
FROM_THE_START = ("before", "prep")


@dataclass
class OrderShots:
    """An open order with the shots that it lacks: (shot, taken but not uploaded) in their order."""

    order_id: int
    due_at: dt.datetime | None
    stage_id: int
    shots: list[tuple[Shot, bool]] = field(default_factory=list)


def rows(
    orders: Any, *, moment: str | None = None, now_due: bool = False, most: int = MOST
) -> list[OrderShots]:
    """Orders that lack a required shot (of one moment only, if said), soonest due first.

    `now_due` leaves out what a later stage asks for. `orders` is a select of the orders to look
    at. Two questions, however many orders there are.
    """
    first = _lacking(orders, moment)
    first = first.where(_is_due()) if now_due else first
    found = first.order_by(Card.due_at.asc(nulls="LAST"), LabOrder.id, Shot.position)
    lines: dict[int, OrderShots] = {}
    for order, due, stage, shot, taken in found.tuples().iterator():
        line = lines.get(order)
        if line is None:
            if len(lines) == most:
                break
            line = lines[order] = OrderShots(order, due, stage)
        line.shots.append((shot, bool(taken)))
    known = {one.id: one for one in Shot.select()}
    for line in lines.values():
        line.shots = [(known[shot], taken) for shot, taken in line.shots]
    return list(lines.values())


def _is_due() -> Any:
    """Photos before are due from the start, others once a card of the order is where it is asked.

    What no stage of its open cards asks for is due whenever it is wanted.
    """
    card, here = Card.alias(), Stage.alias()
    asking = (
        ControlPoint.select(SQL("1"))
        .join(Stage)
        .join(card, on=(card.pipeline == Stage.pipeline))
        .join(here, on=(card.stage == here.id))
        .where(
            ControlPoint.evidence == "photos",
            ControlPoint.about == Shot.moment,
            card.closed_at.is_null(),
            (card.id == LabOrder.card) | (card.parent == LabOrder.card),
        )
    )
    reached = asking.where(here.position >= Stage.position)
    return Shot.moment.in_(FROM_THE_START) | fn.EXISTS(reached) | ~fn.EXISTS(asking)


def _lacking(orders: Any, moment: str | None) -> Any:
    """One row for each shot that an order lacks: order, due, stage, shot, whether it was taken."""
    done, waits = Photo.alias(), Photo.alias()
    uploaded = done.select(SQL("1")).where(
        done.order == LabOrder.id, done.shot == Shot.id, done.uploaded_at.is_null(False)
    )
    taken = waits.select(SQL("1")).where(
        waits.order == LabOrder.id, waits.shot == Shot.id, waits.uploaded_at.is_null()
    )
    lacking = (
        orders.select(LabOrder.id, Card.due_at, Card.stage, Shot.id, fn.EXISTS(taken))
        .join(Card, on=LabOrder.card == Card.id)
        .join(Shot, on=SQL("1 = 1"))
        .join(
            ShotRequirement,
            JOIN.LEFT_OUTER,
            on=(ShotRequirement.work_type == LabOrder.work_type)
            & (ShotRequirement.shot == Shot.id),
        )
        .where(
            Card.closed_at.is_null(),
            fn.COALESCE(ShotRequirement.required, Shot.required),
            ~fn.EXISTS(uploaded),
        )
    )
    return lacking if moment is None else lacking.where(Shot.moment == moment)
