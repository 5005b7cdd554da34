"""What travels with a work: impressions, bites, transfers, from hand to hand and back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.components import Component, ComponentKind
from schema.custody import Handover
from schema.movements import ComponentMovement
from seed.demo.tickets import Ticket
from seed.demo.world import World

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

    def hand(self, component: int, hands: tuple[str, str], at: dt.datetime, pieces: int) -> None:
        """Given by one side and taken by the other half an hour later."""
        world = self.world
        desk, bench = world.someone("receptionist"), world.staff["lab_supervisor"][0]
        giver, taker = (desk, bench) if hands[0] == "clinic" else (bench, desk)
        if hands[1] == "workshop":
            taker = world.someone("technician")
        told = {"component": component, "number": pieces, "location": world.locations[0]}
        given = min(at, world.now)
        handover = world.pen.add(
            Handover, from_holder=hands[0], to_holder=hands[1], by=giver, at=given, **told
        )
        told |= {"handover": handover, "from_staff": giver, "to_staff": taker}
        self.move(component, (hands[0], "transport"), given, by=giver, **_but(told))
        self.move(
            component,
            ("transport", hands[1]),
            at + dt.timedelta(minutes=30),
            by=taker,
            **_but(told),
        )


def _but(told: dict[str, Any]) -> dict[str, Any]:
    """What both lines of the ledger tell, without the component that is told apart."""
    return {name: value for name, value in told.items() if name != "component"}


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
    ledger.move(key, ("patient", "clinic"), start - dt.timedelta(hours=1), number=pieces)
    if ticket.fate == "draft":
        return
    ledger.hand(key, ("clinic", "lab"), start + dt.timedelta(minutes=40), pieces)
    closed = ticket.card.closed_at
    if closed is None:
        if world.chance(40):
            at = start + dt.timedelta(hours=20)
            ledger.hand(key, ("lab", "workshop"), at, pieces)
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
    ledger.hand(key, ("lab", "clinic"), at, pieces)
