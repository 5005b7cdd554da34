"""A job ticket of the demo before it is written, and the teeth that stand on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from schema.lab import WorkType
from schema.teeth import OrderConnector, OrderTooth
from seed.demo.visits import Visit
from seed.demo.ways import Traveller
from seed.demo.world import Person, World

IMPLANT = "Zenit Active RP 4,3"


@dataclass
class Ticket:
    """An order before it is written: for whom, of what, since when, and how far it is."""

    person: Person
    work: WorkType
    teeth: tuple[int, ...]
    received: dt.date
    fate: str
    remake_of: Ticket | None = None
    id: int = 0
    material: int | None = None
    family: str = ""
    traveller: Traveller | None = None
    due: dt.datetime | None = None
    visits: list[Visit] = field(default_factory=list)
    tooth_ids: list[int] = field(default_factory=list)
    units: list[list[int]] = field(default_factory=list)

    @property
    def card(self) -> Traveller:
        assert self.traveller is not None
        return self.traveller


def set_teeth(world: World, ticket: Ticket) -> None:
    """Teeth and connectors; a bridge is one unit, every other tooth a unit of its own."""
    parts = ["veneer" if "veneer" in ticket.work.code else "crown"] * len(ticket.teeth)
    code = ticket.work.code.lower()
    if "implant" in code:
        parts = ["implant_crown"] * len(parts)
    if ticket.work.is_bridge:
        parts[1:-1] = ["pontic"] * (len(parts) - 2)
    elif "inlay" in code:
        parts = ["inlay"] * len(parts)
    for tooth, part in zip(ticket.teeth, parts, strict=True):
        implant = IMPLANT if part == "implant_crown" else None
        facts = {"tooth": tooth, "part": part, "implant": implant}
        ticket.tooth_ids.append(world.pen.add(OrderTooth, order=ticket.id, **facts))
    if ticket.work.is_bridge:
        pairs = zip(ticket.tooth_ids[:-1], ticket.tooth_ids[1:], strict=True)
        for first, second in pairs:
            world.pen.add(OrderConnector, order=ticket.id, first=first, second=second)
        ticket.units = [ticket.tooth_ids]
    else:
        ticket.units = [[one] for one in ticket.tooth_ids]
