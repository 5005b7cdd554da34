"""How did the works of the last half year go through the laboratory, stay by stay?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from peewee import fn

from reports.forecast import Stay, stays_of
from reports.standing_works import held_times
from schema.cards import Card, CardStep
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.routes import READY
from schema.teeth import OrderTooth
from schema.tracks import Track
from schema.working_time import Worked, WorkingTime

WINDOW = dt.timedelta(days=180)
MOST_WORKS = 400

Routes = Mapping[tuple[int, int | None], str]


def stays(orders: Any, routes: Routes, now: dt.datetime, hours: WorkingTime) -> list[Stay]:
    """The stays of the newest works that are ready, the newest first; five questions.

    `orders` is a select of what to look at, `routes` the route of each kind of work in each
    material. A work counts from its stays on its own card and on those of its processes, without
    the time that it or the process was on hold.
    """
    since = now - WINDOW
    rows = (
        orders.select(LabOrder.id, LabOrder.card, LabOrder.work_type, LabOrder.material)
        .where(LabOrder.received_on >= since.date(), ~LabOrder.is_draft)
        .order_by(LabOrder.received_on.desc(), LabOrder.id.desc())
        .limit(MOST_WORKS)
    )
    works = {key: (card, routes.get((work, of), "")) for key, card, work, of in rows.tuples()}
    if not works:
        return []
    teeth = _teeth(list(works))
    cards = _cards(works)
    visits, ready = _visits(cards)
    held = {
        card: [(start, end or now) for start, end in spans]
        for card, spans in held_times(list(cards)).items()
    }
    worked, found = Worked(hours, since - WINDOW, now), []
    for key, (own, route) in works.items():
        for card, stays in visits.get(key, {}).items() if key in ready else ():
            waited = held.get(own, []) + (held.get(card, []) if card != own else [])
            found += stays_of(route, teeth.get(key, 1), stays, ready[key], worked, waited)
    return found


def _teeth(orders: list[int]) -> dict[int, int]:
    count = OrderTooth.select(OrderTooth.order, fn.COUNT(OrderTooth.id)).where(
        OrderTooth.order.in_(orders), OrderTooth.layer == "final"
    )
    return dict(count.group_by(OrderTooth.order).tuples())


def _cards(works: Mapping[int, tuple[int, str]]) -> dict[int, int]:
    """The order of each card: its own, and those of its processes."""
    tracks = Track.select(Track.card, Track.order).where(Track.order.in_(list(works)))
    return dict(tracks.tuples()) | {card: key for key, (card, _) in works.items()}


Visit = tuple[str, dt.datetime, dt.datetime]


def _visits(
    orders: Mapping[int, int],
) -> tuple[dict[int, dict[int, list[Visit]]], dict[int, dt.datetime]]:
    """The visits of each card by order, and when each order was handed over."""
    left, entered = Stage.alias(), Stage.alias()
    steps = (
        CardStep.select(CardStep.card, CardStep.at, left.code, entered.code, Card.opened_at)
        .join(left, on=CardStep.from_stage == left.id)
        .join(entered, on=CardStep.to_stage == entered.id)
        .join(Card, on=CardStep.card == Card.id)
        .where(CardStep.card.in_(list(orders)))
        .order_by(CardStep.card, CardStep.number)
    )
    visits: dict[int, dict[int, list[Visit]]] = defaultdict(lambda: defaultdict(list))
    ready: dict[int, dt.datetime] = {}
    for card, at, stage, to, opened in steps.tuples():
        of_card = visits[orders[card]][card]
        of_card.append((stage, of_card[-1][2] if of_card else opened, at))
        if to in READY:
            ready.setdefault(orders[card], at)
    return visits, ready
