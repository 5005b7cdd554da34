"""The acts on works outside: each reads what was sent by the page and calls its verb."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from flask_babel import gettext

from admin_views import outside_rights
from admin_views.card_rights import cards_within
from admin_views.custody_acts import part_of
from admin_views.numbers_in import number_in
from schema.base import utcnow
from schema.lab import Subcontractor
from schema.orders import LabOrder
from schema.outside import Outsourcing
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.outside import Part, expect_on, note_cost, receive, receive_parts, send
from schema.workflow.outside_works import proposals
from schema.workflow.value_days import parse_day
from schema.workflow.values import parse_amount


def _typed(name: str, longest: int = 300) -> str:
    return request.form.get(name, "").strip()[:longest]


def _ticked() -> list[tuple[str, int]]:
    """The parts whose box is ticked, with the pieces beside them: `t.7.lab` and `n.7.lab`."""
    names = [name[2:] for name in request.form if name.startswith("t.")]
    return [(name, number_in(request.form.get(f"n.{name}")) or 0) for name in names]


def send_it(track: Track, me: int) -> Outsourcing:
    """Send what the form says; an empty day is the one that is proposed. Raises Refused."""
    firm = Subcontractor.get_or_none(Subcontractor.id == (number_in(_typed("firm")) or 0))
    if firm is None:
        raise Refused("Choose the firm that does it.")
    now = utcnow()
    day = parse_day(_typed("expected")) or proposals([firm], now)[firm.id].day
    if day is None:
        raise Refused("Write the day on which it is expected back.")
    priced = outside_rights.may_price()
    return send(
        track.id,
        firm.id,
        day,
        by=me,
        now=now,
        method=_typed("method"),
        units=number_in(_typed("units")) or 0,
        parts=_parts_to_send(track),
        cost=parse_amount(_typed("cost")) if priced else None,
        currency=_typed("currency", 3).upper() or "RON" if priced else "RON",
        document=_typed("document", 60),
    )


def _parts_to_send(track: Track) -> list[Part]:
    ticked = _ticked()
    if not ticked or not outside_rights.may_move_parts(track.card_id):
        return []
    order = LabOrder.get_by_id(track.order_id)
    found = []
    for name, number in ticked:
        part, _, holder = name.partition(".")
        found.append((part_of(order, part), holder, number))
    return found


def _receive(work: Outsourcing, me: int) -> str:
    faults = _typed("faults")
    if _typed("how") == "faulty" and not faults:
        raise Refused("Write what is wrong with it.")
    cost = parse_amount(_typed("cost")) if outside_rights.may_price() else None
    receive(
        work.id,
        by=me,
        now=utcnow(),
        faults=faults if _typed("how") == "faulty" else "",
        parts=_back(work),
        cost=cost,
    )
    return gettext("The work is back.")


def _parts(work: Outsourcing, me: int) -> str:
    if not receive_parts(work.id, _back(work), by=me, now=utcnow()):
        raise Refused("Tick the parts that are here.")
    return gettext("The parts are back.")


def _back(work: Outsourcing) -> list[tuple[int, int]]:
    if not outside_rights.may_move_parts(work.track.card_id):
        return []
    return [(number_in(name) or 0, number) for name, number in _ticked()]


def _expect(work: Outsourcing, me: int) -> str:
    day = parse_day(_typed("expected"))
    if day is None:
        raise Refused("Write the day on which it is expected back.")
    expect_on(work.id, day, by=me, now=utcnow())
    return gettext("The new day is noted; the first promise stays.")


def _cost(work: Outsourcing, me: int) -> str:
    currency = _typed("currency", 3).upper() or "RON"
    cost = parse_amount(_typed("cost"))
    note_cost(work.id, cost, currency, _typed("document", 60), by=me, now=utcnow())
    return gettext("The cost is noted.")


def _may_receive(card: int) -> bool:
    return outside_rights.may_receive() and bool(cards_within(Outsourcing, "edit", [card]))


def _may_price(card: int) -> bool:
    return outside_rights.may_price() and bool(cards_within(Outsourcing, "edit", [card]))


ACTS: dict[str, tuple[Callable[[int], bool], Callable[[Outsourcing, int], str]]] = {
    "back": (_may_receive, _receive),
    "parts": (outside_rights.may_move_parts, _parts),
    "expect": (_may_receive, _expect),
    "cost": (_may_price, _cost),
}
