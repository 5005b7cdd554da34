"""What a card is about: the facts of its record that a list shows, and the teeth of its order."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from peewee import Model

from admin_views.chart import spans_of
from admin_views.details import facts_by_name
from admin_views.order_state import may_see
from admin_views.policy import scoped
from schema.base import option, singular
from schema.orders import LabOrder
from schema.tracks import Track
from schema.workflow.chart import chart_of


def work_of(record: Model | None) -> dict[str, Any] | None:
    """Heading and facts (label, value, help) of an inquiry, plan, claim or order.

    A process tells those of its order. Only what the person may read, and of that only what is
    known; None where nothing is.
    """
    if isinstance(record, Track):
        record = scoped(LabOrder).where(LabOrder.id == record.order_id).first()
    if record is None:
        return None
    shown, known = facts_by_name(type(record), record)
    names = [
        name for name in option(type(record), "shown", ()) if name in known and "." not in name
    ]
    facts = [shown[name] for name in names if name in shown]
    units = units_of(record) if isinstance(record, LabOrder) else ""
    facts += [(gettext("Units"), units, "")] if units else []
    return {"name": gettext(singular(type(record))), "facts": facts} if facts else None


def units_of(order: LabOrder) -> str:
    """The teeth of an order with their connectors, such as `12=11, 36`; empty without the right."""
    if not may_see(order):
        return ""
    marks, joins = chart_of(order)
    known = {mark.tooth: mark for mark in marks}
    return ", ".join(spans_of(known, {frozenset(pair) for pair in joins}))
