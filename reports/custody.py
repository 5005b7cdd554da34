"""Who holds what of which work now? Pieces by component and hands, and what waits to be taken."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Case, fn

from schema.components import Component
from schema.custody import Handover
from schema.movements import ComponentMovement

IN_WORK = ("transport", "lab", "workshop", "subcontractor", "missing")
RETURNED = ("clinic", "patient", "stock")
ENDS = ("consumed", "incorporated", "written_off")


@dataclass(frozen=True)
class Waiting:
    """A hand-over of which `left` pieces are still on the way."""

    id: int
    component_id: int
    left: int
    from_holder: str
    to_holder: str
    to_staff_id: int | None
    location_id: int | None
    by_id: int
    at: dt.datetime


def held(components: Any) -> dict[int, dict[str, int]]:
    """Pieces by component and hands, of the components (a select of keys); no zeros.

    What came from the patient or the stock is counted below zero there. One question.
    """
    pieces: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for part, giver, taker, number in _flows(components):
        pieces[part][taker] += number
        pieces[part][giver] -= number
    return {
        part: {holder: number for holder, number in hands.items() if number}
        for part, hands in pieces.items()
    }


@dataclass
class Account:
    """One component of an order: what was sent to the laboratory, and what became of it."""

    sent: int = 0
    returned: int = 0
    consumed: int = 0
    incorporated: int = 0
    written_off: int = 0

    @property
    def out(self) -> int:
        """Pieces that are not accounted for yet; zero lets the order close."""
        return self.sent - self.returned - self.consumed - self.incorporated - self.written_off


def accounts(components: Any) -> dict[int, Account]:
    """What was sent, returned, used up, incorporated and written off, by component.

    A way back that repairs a mistake is taken off again. One question.
    """
    found: dict[int, Account] = defaultdict(Account)
    for part, giver, taker, number in _flows(components):
        account = found[part]
        if taker in IN_WORK and giver in RETURNED:
            account.sent += number
        elif giver in IN_WORK and taker in RETURNED:
            account.returned += number
        for hands, sign in ((giver, -number), (taker, number)):
            if hands in ENDS and {giver, taker} & set(IN_WORK):
                setattr(account, hands, getattr(account, hands) + sign)
    return dict(found)


def _flows(components: Any) -> list[tuple[int, str, str, int]]:
    """Sums by component and pair of hands."""
    move = ComponentMovement
    asked = (
        move.select(move.component, move.from_holder, move.to_holder, fn.SUM(move.number))
        .where(move.component.in_(components))
        .group_by(move.component, move.from_holder, move.to_holder)
    )
    return [(part, giver, taker, int(number)) for part, giver, taker, number in asked.tuples()]


def waiting(components: Any) -> list[Waiting]:
    """Hand-overs of which something is still on the way, the oldest first."""
    move = ComponentMovement
    put = Case(move.to_holder, (("transport", move.number),), 0)
    gone = Case(move.from_holder, (("transport", move.number),), 0)
    left = fn.SUM(put) - fn.SUM(gone)
    asked = (
        Handover.select(Handover, left.alias("left"))
        .join(move, JOIN.INNER, on=(move.handover == Handover.id))
        .where(Handover.component.in_(components))
        .group_by(Handover.id)
        .having(left > 0)
        .order_by(Handover.at, Handover.id)
    )
    return [
        Waiting(
            one.id,
            one.component_id,
            int(one.left),
            one.from_holder,
            one.to_holder,
            one.to_staff_id,
            one.location_id,
            one.by_id,
            one.at,
        )
        for one in asked
    ]


def came_last(components: Any) -> dict[tuple[int, str], tuple[dt.datetime, int]]:
    """When pieces of each component came last into these hands, and who noted it."""
    move = ComponentMovement
    newest = move.select(fn.MAX(move.id)).where(move.component.in_(components))
    newest = newest.group_by(move.component, move.to_holder)
    rows = move.select(move.component, move.to_holder, move.at, move.by).where(move.id.in_(newest))
    return {(one.component_id, one.to_holder): (one.at, one.by_id) for one in rows}


def parts_of(order_id: int) -> Any:
    """A select of the keys of an order's components."""
    return Component.select(Component.id).where(Component.order == order_id)
