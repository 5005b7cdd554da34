"""The teeth of a draft as the chart shows them: what each gets, and which neighbours are joined."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schema.acting import acting
from schema.orders import LabOrder
from schema.teeth import PARTS, OrderConnector, OrderTooth
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act

LAYER = "final"
Join = tuple[int, int]


@dataclass(frozen=True)
class Mark:
    """One tooth of the chart (ISO 3950): what it gets, and the implant below it."""

    tooth: int
    part: str
    implant: str | None = None


def chart_of(order: LabOrder) -> tuple[list[Mark], list[Join]]:
    """The final teeth of an order, and the pairs that are joined, the lower number first."""
    teeth = {t.id: t for t in _teeth(order)}
    pairs = OrderConnector.select().where(OrderConnector.order == order)
    joins = [
        _join(teeth[p.first_id].tooth, teeth[p.second_id].tooth)
        for p in pairs
        if p.first_id in teeth and p.second_id in teeth
    ]
    return [Mark(t.tooth, t.part, t.implant) for t in teeth.values()], sorted(joins)


def set_chart(
    order_id: int,
    marks: Iterable[Mark],
    joins: Iterable[Join],
    *,
    seen: int,
    by: int,
    now: dt.datetime,
) -> LabOrder:
    """Make the final teeth and connectors of a draft just these; other layers stay.

    `seen` is the order's row version as the chart was drawn. Raises Refused in words, and then
    nothing of it is kept: a gap in a bridge, a join across the arches, an implant without a name.
    """
    wanted = {mark.tooth: mark for mark in marks}
    with acting(staff=by), one_spoken_act():
        order = LabOrder.get_or_none(LabOrder.id == order_id)
        if order is None or not order.is_draft:
            raise Refused("Take the order back to draft before changing its teeth.")
        _take_version(order, seen)
        pairs = {_join(*pair) for pair in joins}
        _refuse_loose(pairs, wanted)
        _unjoin(order)
        keys = _write_teeth(order, wanted)
        for first, second in sorted(pairs):
            OrderConnector.create(order=order, first=keys[first], second=keys[second])
        return LabOrder.get_by_id(order_id)


def _teeth(order: LabOrder) -> Iterable[OrderTooth]:
    return (
        OrderTooth.select()
        .where(OrderTooth.order == order, OrderTooth.layer == LAYER)
        .order_by(OrderTooth.tooth)
    )


def _join(one: int, other: int) -> Join:
    return (min(one, other), max(one, other))


def _take_version(order: LabOrder, seen: int) -> None:
    """Whoever saved meanwhile is not written over."""
    mine = (LabOrder.id == order.id) & (LabOrder.row_version == seen)
    if not LabOrder.update(row_version=seen + 1).where(mine).execute():
        raise Refused("Somebody else changed this order meanwhile. Look at it again.")


def _refuse_loose(pairs: set[Join], wanted: dict[int, Mark]) -> None:
    for first, second in sorted(pairs):
        if first not in wanted or second not in wanted:
            raise Refused(
                "%(first)s and %(second)s are joined, but one of them is not part of the work.",
                first=first,
                second=second,
            )


def _unjoin(order: LabOrder) -> None:
    here = OrderTooth.select(OrderTooth.id).where(
        OrderTooth.order == order, OrderTooth.layer == LAYER
    )
    OrderConnector.delete().where(
        OrderConnector.order == order, OrderConnector.first.in_(here)
    ).execute()


def _write_teeth(order: LabOrder, wanted: dict[int, Mark]) -> dict[int, int]:
    """Add, change and take away until the rows are those of the chart; returns their keys."""
    keys: dict[int, int] = {}
    for row in _teeth(order):
        mark = wanted.get(int(row.tooth))
        if mark is None:
            row.delete_instance()
            continue
        keys[mark.tooth] = row.id
        if (row.part, row.implant) != (mark.part, mark.implant):
            OrderTooth.update(
                part=mark.part, implant=mark.implant, row_version=OrderTooth.row_version + 1
            ).where(OrderTooth.id == row.id).execute()
    for tooth, mark in wanted.items():
        if mark.part not in PARTS:
            raise Refused("Choose what tooth %(tooth)s gets.", tooth=tooth)
        if tooth not in keys:
            made = OrderTooth.create(
                order=order, tooth=tooth, part=mark.part, layer=LAYER, implant=mark.implant
            )
            keys[tooth] = made.id
    return keys
