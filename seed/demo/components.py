"""What travels with a work: impressions, bites, transfers, from hand to hand and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.components import Component, ComponentKind, ComponentMovement
from seed.demo.tickets import Ticket
from seed.demo.world import World

IN = (("patient", "clinic"), ("clinic", "transport"), ("transport", "lab"))
BACK = (("lab", "transport"), ("transport", "clinic"))
FOR_BRIDGES = 3


class Ledger:
    """The custody book, and the kinds of components that may be in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        kinds = ComponentKind.select().where(ComponentKind.ended_on.is_null())
        self.kinds = list(kinds.order_by(ComponentKind.id))
        self.lost = 0

    def move(self, component: int, hands: tuple[str, str], at: dt.datetime, **facts: Any) -> None:
        """Hand some pieces over."""
        world = self.world
        desk, bench = world.someone("receptionist"), world.staff["lab_supervisor"][0]
        inward = hands[1] in ("lab", "workshop", "consumed", "incorporated")
        row = {
            "component": component,
            "from_holder": hands[0],
            "to_holder": hands[1],
            "to_staff": bench if inward else desk,
            "by": bench if hands[0] in ("lab", "workshop") else desk,
            "location": world.locations[0],
            "at": min(at, world.now),
        }
        world.pen.add(ComponentMovement, **row | facts)


def sow_components(world: World, tickets: list[Ticket]) -> None:
    """Each work comes with some components, and goes when they are accounted for."""
    ledger = Ledger(world)
    for ticket in tickets:
        count = FOR_BRIDGES if ticket.work.is_bridge else 2
        for kind in world.dice.sample(ledger.kinds, min(count, len(ledger.kinds))):
            _one(ledger, ticket, kind)


def _one(ledger: Ledger, ticket: Ticket, kind: ComponentKind) -> None:
    world, start = ledger.world, ticket.card.opened_at
    pieces = world.dice.choice((1, 1, 1, 2))
    key = world.pen.add(Component, order=ticket.id, kind=kind.id, created_at=start)
    ledger.move(key, IN[0], start - dt.timedelta(hours=1), number=pieces)
    if ticket.fate == "draft":
        return
    for number, hands in enumerate(IN[1:], 1):
        ledger.move(key, hands, start + dt.timedelta(minutes=40 * number), number=pieces)
    closed = ticket.card.closed_at
    if closed is None:
        if world.chance(40):
            at = start + dt.timedelta(hours=20)
            ledger.move(key, ("lab", "workshop"), at, number=pieces)
        return
    _settle(ledger, key, kind, pieces, closed - dt.timedelta(hours=3))


def _settle(ledger: Ledger, key: int, kind: ComponentKind, pieces: int, at: dt.datetime) -> None:
    """Before the order closes nothing of it is in the laboratory any more."""
    world = ledger.world
    if kind.returns in ("consumed", "incorporated"):
        ledger.move(key, ("lab", kind.returns), at, number=pieces)
        return
    if pieces > 1 and ledger.lost < 2 + world.size // 100:
        ledger.lost += 1
        reason = "Nu a fost găsit la recepția în clinică."
        ledger.move(key, ("lab", "written_off"), at, number=1, reason=reason)
        pieces -= 1
    for number, hands in enumerate(BACK):
        ledger.move(key, hands, at + dt.timedelta(minutes=45 * number), number=pieces)
