"""The acts on an order's components: each reads what was sent and calls its verb."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from flask import request
from flask_babel import gettext, ngettext

from admin_views import custody_rights
from admin_views.numbers_in import number_in
from schema.base import utcnow
from schema.components import Component
from schema.custody import ROOMS, ComponentIncident, Handover
from schema.orders import LabOrder
from schema.workflow import Refused
from schema.workflow.boxes import put_in_box
from schema.workflow.custody import give, list_component, settle, take, take_back
from schema.workflow.custody_incidents import found, report_missing, write_off
from schema.workflow.refusing import one_spoken_act

Does = Callable[[LabOrder, int], str]
LONGEST = 300


def _typed(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST]


def _ticked(kind: str) -> list[tuple[str, int]]:
    """The lines whose box is ticked, with the pieces beside them: `t.7` and `n.7`."""
    names = [name[2:] for name in request.form if name.startswith(f"{kind}.")]
    return [(name, number_in(request.form.get(f"n.{name}")) or 0) for name in names]


def part_of(order: LabOrder, text: str) -> int:
    """A component of this order, and no other's."""
    key = number_in(text)
    if (
        key is None
        or not Component.select().where(Component.id == key, Component.order == order).exists()
    ):
        raise Refused("This component is not of this order.")
    return key


def _take(order: LabOrder, me: int) -> str:
    mine = {one.id for one in Handover.select().join(Component).where(Component.order == order)}
    lines = [(number_in(name) or 0, number) for name, number in _ticked("t")]
    taken = take([line for line in lines if line[0] in mine], by=me, now=utcnow())
    return ngettext("%(num)s piece taken.", "%(num)s pieces taken.", taken)


def _take_back(order: LabOrder, me: int) -> str:
    way = Handover.get_or_none(Handover.id == (number_in(_typed("handover")) or 0))
    if way is None or way.component.order_id != order.id:
        raise Refused("This hand-over does not exist.")
    number = take_back(way.id, by=me, now=utcnow())
    return ngettext("%(num)s piece taken back.", "%(num)s pieces taken back.", number)


def _hand(order: LabOrder, me: int) -> str:
    """The ticked pieces to one place: other rooms confirm, other ends are told by one side."""
    to, total = _typed("to"), 0
    by_hands: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, number in _ticked("t"):
        part, _, holder = name.partition(".")
        by_hands[holder].append((part_of(order, part), number))
    if not by_hands:
        raise Refused("Tick what is handed over, one piece or more.")
    place = number_in(_typed("location"))
    with one_spoken_act():
        for holder, lines in by_hands.items():
            total += sum(number for _, number in lines)
            if holder in ROOMS and to in ROOMS:
                staff = number_in(_typed("staff"))
                give(lines, holder, to, by=me, now=utcnow(), to_staff=staff, location=place)
            else:
                why = _typed("reason")
                settle(lines, holder, to, by=me, now=utcnow(), reason=why, location=place)
    if to in ROOMS:
        return ngettext("%(num)s piece is on the way.", "%(num)s pieces are on the way.", total)
    return ngettext("%(num)s piece noted.", "%(num)s pieces noted.", total)


def _missing(order: LabOrder, me: int) -> str:
    part, _, holder = _typed("line").partition(".")
    way, number = None, number_in(_typed("number")) or 0
    if holder == "transport":
        way = number_in(part) or 0
        row = Handover.get_or_none(Handover.id == way)
        part = str(row.component_id) if row else ""
    key = part_of(order, part)
    note = _typed("note") or None
    report_missing(key, number, holder, by=me, now=utcnow(), handover=way, note=note)
    return gettext("The loss is noted, with who had it last.")


def _incident(order: LabOrder) -> int:
    row = ComponentIncident.get_or_none(
        ComponentIncident.id == (number_in(_typed("incident")) or 0)
    )
    if row is None or row.component.order_id != order.id:
        raise Refused("This incident is over.")
    return int(row.id)


def _found(order: LabOrder, me: int) -> str:
    number = number_in(_typed("number")) or 0
    if number < 1:
        raise Refused("Write how many were found.")
    left = found(_incident(order), number, _typed("holder"), by=me, now=utcnow())
    if left:
        return ngettext("%(num)s is still missing.", "%(num)s are still missing.", left)
    return gettext("All is there again.")


def _write_off(order: LabOrder, me: int) -> str:
    write_off(_incident(order), _typed("reason"), by=me, now=utcnow())
    return gettext("Written off, with its reason.")


def _list(order: LabOrder, me: int) -> str:
    list_component(
        order.id,
        number_in(_typed("kind")) or 0,
        number_in(_typed("number")) or 0,
        by=me,
        now=utcnow(),
        source=_typed("source"),
        holder=_typed("holder"),
        note=_typed("note")[:160] or None,
    )
    return gettext("The component is in the ledger.")


def _box(order: LabOrder, me: int) -> str:
    kept = put_in_box(order.id, _typed("box"), by=me, now=utcnow())
    if kept.box:
        return gettext("The work lies in box %(box)s.", box=kept.box)
    return gettext("The work lies in no box.")


ACTS: dict[str, tuple[Callable[[int], bool], Does]] = {
    "take": (custody_rights.may_hand, _take),
    "take-back": (custody_rights.may_hand, _take_back),
    "hand": (custody_rights.may_hand, _hand),
    "missing": (custody_rights.may_hand, _missing),
    "found": (custody_rights.may_close, _found),
    "write-off": (custody_rights.may_close, _write_off),
    "list": (custody_rights.may_list, _list),
    "box": (custody_rights.may_box, _box),
}
