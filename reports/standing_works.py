"""Where do these works stand now: on which stages, since when, for what time, on hold or not?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import SQL, fn

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
    `waited` are the holds since then that are over (UTC): their time is nobody's work.
    """

    card: int
    stage: int
    code: str
    since: dt.datetime
    again: bool
    held: bool
    ready: bool
    waited: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


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
    """The open ones of these orders by key; three questions, however many they are."""
    rows = list(_orders(orders)) if orders else []
    if not rows:
        return {}
    below = _below([row[0] for row in rows])
    processes = [one.card for some in below.values() for one in some]
    of_cards = held_times([row[6] for row in rows] + processes)
    found = {}
    for order, work, material, location, due, units, *own in rows:
        card = CardRow(*own)
        under_way = [card] if card.code in READY else below.get(order) or [card]
        found[order] = Work(
            order,
            (work, material),
            units or 1,
            location,
            due,
            card.since,
            tuple(_standing(one, card.card, of_cards) for one in under_way),
        )
    return found


class CardRow(NamedTuple):
    """A card with its stage; `again` says whether it left that stage before."""

    card: int
    stage: int
    code: str
    since: dt.datetime
    again: bool


def _card_columns() -> tuple[Any, ...]:
    """What makes a `CardRow`: of the card's history only its last step and whether it was here."""
    last = CardStep.select(CardStep.at).where(
        CardStep.card == Card.id, CardStep.number == Card.step_count
    )
    before = CardStep.select(SQL("1")).where(
        CardStep.card == Card.id, CardStep.from_stage == Card.stage
    )
    since = fn.COALESCE(last, Card.opened_at).converter(Card.opened_at.python_value)
    return Card.id, Stage.id, Stage.code, since, fn.EXISTS(before).converter(bool)


def _orders(orders: Sequence[int]) -> list[tuple]:
    units = OrderTooth.select(fn.COUNT(OrderTooth.id)).where(
        OrderTooth.order == LabOrder.id, OrderTooth.layer == "final"
    )
    found = (
        LabOrder.select(
            LabOrder.id, LabOrder.work_type, LabOrder.material, Card.location, Card.due_at, units,
            *_card_columns(),
        )
        .join(Card)
        .join(Stage, on=Card.stage == Stage.id)
        .where(LabOrder.id.in_(list(orders)), Card.closed_at.is_null(), ~LabOrder.is_draft)
    )  # fmt: skip
    return list(found.tuples())


def _below(orders: list[int]) -> dict[int, list[CardRow]]:
    found = (
        Track.select(Track.order, *_card_columns())
        .join(Card)
        .join(Stage, on=Card.stage == Stage.id)
        .where(Track.order.in_(orders), Card.closed_at.is_null())
        .order_by(Card.id)
    )
    below: dict[int, list[CardRow]] = defaultdict(list)
    for order, *card in found.tuples():
        below[order].append(CardRow(*card))
    return below


Held = list[tuple[dt.datetime, dt.datetime | None]]


def held_times(cards: Sequence[int]) -> dict[int, Held]:
    """From when until when each of these cards was on hold; None where it still is."""
    found: dict[int, Held] = defaultdict(list)
    rows = Hold.select(Hold.card, Hold.started_at, Hold.ended_at).where(Hold.card.in_(list(cards)))
    for card, started, ended in rows.order_by(Hold.started_at).tuples():
        found[card].append((started, ended))
    return found


def _standing(one: CardRow, order: int, of_cards: dict[int, Held]) -> Standing:
    """A work on hold holds its processes too."""
    own = [] if one.card == order else of_cards.get(one.card, [])
    held = of_cards.get(order, []) + own
    still = any(ended is None for _, ended in held)
    over = tuple(sorted((a, b) for a, b in held if b is not None and b > one.since))
    return Standing(
        one.card, one.stage, one.code, one.since, one.again, still, one.code in READY, over
    )
