"""Where do these works stand now: on which stages, since when, for what time, on hold or not?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from peewee import fn

from schema.cards import Card, CardStep
from schema.holds import Hold
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.routes import READY
from schema.teeth import OrderTooth
from schema.tracks import Track


@dataclass(frozen=True)
class Standing:
    """A card of a work that is under way: a process, or the order itself when it has none.

    `again` says that it was at this stage before; `ready` that the laboratory has handed it over.
    """

    card: int
    stage: int
    code: str
    since: dt.datetime
    again: bool
    held: bool
    ready: bool


@dataclass(frozen=True)
class Work:
    """An open order: what it is, of how many units, when it is due, and where it stands.

    `since` is when the order itself came to its stage; `standings` are of what is under way.
    """

    order: int
    kind: tuple[int, int | None]
    units: int
    location: int | None
    due_at: dt.datetime | None
    since: dt.datetime
    standings: tuple[Standing, ...]

    @property
    def held(self) -> bool:
        return any(one.held for one in self.standings)

    @property
    def ready(self) -> bool:
        return any(one.ready for one in self.standings)


def works(orders: Sequence[int]) -> dict[int, Work]:
    """The open ones of these orders by key; five questions, however many they are."""
    rows = list(_orders(orders))
    if not rows:
        return {}
    below = _below([row[0] for row in rows])
    cards = [row[1:5] for row in rows] + [card for some in below.values() for card in some]
    steps = _steps([card[0] for card in cards])
    held = {key for (key,) in _holds([card[0] for card in cards])}
    units = dict(_units([row[0] for row in rows]))
    found = {}
    for order, card, stage, code, opened, work, material, location, due in rows:
        own = [(card, stage, code, opened)]
        under_way = own if code in READY else below.get(order) or own
        standings = [_standing(one, steps, held) for one in under_way]
        if card in held:
            standings = [_held(one) for one in standings]
        found[order] = Work(
            order,
            (work, material),
            units.get(order, 1),
            location,
            due,
            _since(card, opened, steps),
            tuple(standings),
        )
    return found


CardRow = tuple[int, int, str, dt.datetime]


def _orders(orders: Sequence[int]) -> list[tuple]:
    found = (
        LabOrder.select(
            LabOrder.id, Card.id, Stage.id, Stage.code, Card.opened_at,
            LabOrder.work_type, LabOrder.material, Card.location, Card.due_at,
        )
        .join(Card)
        .join(Stage, on=Card.stage == Stage.id)
        .where(LabOrder.id.in_(list(orders)), Card.closed_at.is_null(), ~LabOrder.is_draft)
    )  # fmt: skip
    return list(found.tuples())


def _below(orders: list[int]) -> dict[int, list[CardRow]]:
    found = (
        Track.select(Track.order, Card.id, Stage.id, Stage.code, Card.opened_at)
        .join(Card)
        .join(Stage, on=Card.stage == Stage.id)
        .where(Track.order.in_(orders), Card.closed_at.is_null())
        .order_by(Card.id)
    )
    below: dict[int, list[CardRow]] = defaultdict(list)
    for order, *card in found.tuples():
        below[order].append(tuple(card))
    return below


def _steps(cards: list[int]) -> dict[int, list[tuple[int, int, dt.datetime]]]:
    """From and to which stage each card went, and when, in their order."""
    found = CardStep.select(CardStep.card, CardStep.from_stage, CardStep.to_stage, CardStep.at)
    steps: dict[int, list[tuple[int, int, dt.datetime]]] = defaultdict(list)
    for card, left, entered, at in (
        found.where(CardStep.card.in_(cards)).order_by(CardStep.card, CardStep.number).tuples()
    ):
        steps[card].append((left, entered, at))
    return steps


def _holds(cards: list[int]) -> list[tuple[int]]:
    found = Hold.select(Hold.card).where(Hold.card.in_(cards), Hold.ended_at.is_null())
    return list(found.tuples())


def _units(orders: list[int]) -> list[tuple[int, int]]:
    count = OrderTooth.select(OrderTooth.order, fn.COUNT(OrderTooth.id))
    count = count.where(OrderTooth.order.in_(orders), OrderTooth.layer == "final")
    return list(count.group_by(OrderTooth.order).tuples())


def _standing(card: CardRow, steps: dict, held: set[int]) -> Standing:
    key, stage, code, opened = card
    before = {left for left, _, _ in steps.get(key, [])}
    since = _since(key, opened, steps)
    return Standing(key, stage, code, since, stage in before, key in held, code in READY)


def _since(card: int, opened: dt.datetime, steps: dict) -> dt.datetime:
    gone = steps.get(card, [])
    return gone[-1][2] if gone else opened


def _held(one: Standing) -> Standing:
    return replace(one, held=True)
