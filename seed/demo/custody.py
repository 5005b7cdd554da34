"""Boxes, hand-overs that wait, tools that are lent, and screws that went missing."""

from __future__ import annotations

import datetime as dt

from peewee import JOIN, Case, fn

from schema.boxes import WorkBox
from schema.cards import Card
from schema.components import Component, ComponentKind
from schema.movements import ComponentMovement
from schema.orders import LabOrder
from schema.workflow.boxes import put_in_box
from schema.workflow.custody import give, list_component, take
from schema.workflow.custody_incidents import found, report_missing, write_off
from schema.workflow.loans import give_back, lend
from seed.demo.world import World

LOANS = (("ARTIC", "Artex 3", -2), ("DRV", "Torque 30 Ncm", 1), ("SHTAB", "VITA 2", 4))


def sow_custody(world: World) -> None:
    """The last of the demo: what the screens of custody show, by the verbs themselves."""
    for number in range(1, 25):
        at = world.moment(world.start)
        WorkBox.create(code=f"B{number}", note="Mare" if number > 18 else None, created_at=at)
    orders = _open_orders()
    for number, order in enumerate(orders[:16], 1):
        put_in_box(order.id, f"B{number}", by=_bench(world), now=world.now)
    _wait_for_takers(world, orders)
    _lose(world, orders)
    _lend(world)


def _bench(world: World) -> int:
    return world.staff["lab_supervisor"][0]


def _open_orders() -> list[LabOrder]:
    """Orders on their way, registered ones first and the newest of them before others."""
    here = LabOrder.select().join(Card).where(Card.closed_at.is_null())
    return list(here.order_by(LabOrder.is_draft, LabOrder.id.desc()))


def _in_the_lab(order: LabOrder) -> list[tuple[int, int]]:
    """Components of an order with the pieces that lie in the laboratory."""
    move = ComponentMovement
    there = fn.SUM(Case(move.to_holder, (("lab", move.number),), 0))
    gone = fn.SUM(Case(move.from_holder, (("lab", move.number),), 0))
    rows = (
        Component.select(Component.id, there - gone)
        .join(ComponentMovement, JOIN.INNER)
        .where(Component.order == order)
        .group_by(Component.id)
        .having(there - gone > 0)
        .order_by(Component.id)
    )
    return [(key, int(number)) for key, number in rows.tuples()]


def _wait_for_takers(world: World, orders: list[LabOrder]) -> None:
    """Three works were given back this morning; one side has not confirmed it yet."""
    desk, given = world.someone("receptionist"), world.now - dt.timedelta(hours=2)
    full = [(order, lines) for order in orders if (lines := _in_the_lab(order))]
    for order, lines in full[:3]:
        place = order.card.location_id
        told = {"by": _bench(world), "now": given, "to_staff": desk, "location": place}
        give(lines, "lab", "clinic", **told)
    for _, lines in full[3:4]:
        [first, *_] = give(lines, "lab", "workshop", by=_bench(world), now=given)
        take([(first.id, first.number)], by=world.someone("technician"), now=world.now)


def _lose(world: World, orders: list[LabOrder]) -> None:
    """A screw is still missing; one was found behind a drawer, and one is lost for good."""
    screw = ComponentKind.get(ComponentKind.code == "SCREWT")
    desk, bench = world.someone("receptionist"), _bench(world)
    for number, order in enumerate((orders * 3)[3:6]):
        at = world.now - dt.timedelta(days=2 - number // 2, hours=3)
        part = list_component(order.id, screw.id, 2, by=desk, now=at, note="M1.6")
        [way] = give([(part.id, 2)], "clinic", "lab", by=desk, now=at)
        take([(way.id, 2)], by=bench, now=at + dt.timedelta(hours=1))
        seen = at + dt.timedelta(hours=2)
        incident = report_missing(
            part.id, 1, "lab", by=bench, now=seen, note="Nu este în cutie la numărare."
        )
        if number == 1:
            found(incident.id, 1, "lab", by=bench, now=seen + dt.timedelta(minutes=40))
        if number == 2:
            write_off(
                incident.id,
                "Căzut în scurgere la curățare.",
                by=bench,
                now=seen + dt.timedelta(minutes=50),
            )


def _lend(world: World) -> None:
    """Articulator and keys with the dentists; one is overdue, one is back."""
    bench = _bench(world)
    for code, tool, days in LOANS:
        kind = ComponentKind.get(ComponentKind.code == code)
        lent = world.moment(world.day(5))
        due = world.today + dt.timedelta(days=days)
        lend(kind.id, tool, world.someone("dentist"), due, by=bench, now=lent)
    kind = ComponentKind.get(ComponentKind.code == "IMPCOP")
    lent, dentist = world.moment(world.day(9)), world.someone("dentist")
    loan = lend(kind.id, "Set RP 2", dentist, world.day(3), by=bench, now=lent)
    give_back(loan.id, by=bench, now=world.moment(world.day(4)))
