"""What an order still lacks, in words with the way to each, and who may complete or register it."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import SQL

from admin_views import custody_rights, statement_rights
from admin_views.policy import can, may_touch
from admin_views.sentences import said
from schema.orders import LabOrder
from schema.teeth import OrderConnector, OrderTooth
from schema.workflow.order_gaps import Gap, gaps_of

ON_THE_CHART = ("teeth", "connectors")


def may_see(order: LabOrder) -> bool:
    """Whether the person may see what is drawn on the chart of an order that is theirs to see."""
    return can("read", LabOrder) and can("read", OrderTooth) and can("read", OrderConnector)


def may_draw(order: LabOrder) -> bool:
    """Whether the person may write the teeth: who only adds rows may draw an empty chart."""
    if not order.is_draft or not all(can("create", m) for m in (OrderTooth, OrderConnector)):
        return False
    if can("edit", OrderTooth) and can("edit", OrderConnector):
        return may_touch("edit", order)
    drawn = OrderTooth.select(SQL("1")).where(OrderTooth.order == order).exists()
    return may_touch("create", order) and not drawn


def may_register(order: LabOrder) -> bool:
    """Whether the person may say that the draft is complete."""
    return order.is_draft and can("create", LabOrder) and may_touch("create", order)


def may_take_back(order: LabOrder) -> bool:
    """Whether the person may make a registered order a draft again."""
    return not order.is_draft and can("edit", LabOrder) and may_touch("edit", order)


def missing_of(row: Any) -> dict[str, Any] | None:
    """What the page of a draft says: all that is missing, each with the way to it."""
    if not isinstance(row, LabOrder) or not row.is_draft or not may_see(row):
        return None
    if row.card.closed_at is not None:
        return None
    gaps = gaps_of(row)
    return {
        "complete": not gaps,
        "gaps": [(said(gap.says, gap.facts), _way(row, gap)) for gap in gaps if _readable(gap)],
        "url": url_for("registering.index", number=row.id),
        "may_register": may_register(row),
    }


def _readable(gap: Gap) -> bool:
    """Whether the person may know that this is empty."""
    return gap.where not in LabOrder._meta.fields or can("read", LabOrder, gap.where)


def _way(order: LabOrder, gap: Gap) -> str | None:
    if gap.where in ON_THE_CHART:
        return url_for("registering.index", number=order.id, _anchor="chart")
    if not can("edit", LabOrder) or not may_touch("edit", order):
        return None
    place = "card.due_at" if gap.where == "due_at" else gap.where
    return url_for("lab_order.edit_view", id=order.id, _anchor=place)


def ways_of(row: Any) -> list[tuple[str, str]]:
    """Further pages of an order: their words and addresses."""
    if not isinstance(row, LabOrder):
        return []
    ticket = [(gettext("Job ticket"), url_for("ticket.index", number=row.id))]
    if custody_rights.may_see():
        ticket.append((gettext("Components"), url_for("custody.order", key=row.id)))
    if url := statement_rights.page_of(row.id):
        ticket.append((gettext("Statement"), url))
    chart = url_for("registering.index", number=row.id)
    words = gettext("Teeth and registration") if row.is_draft else gettext("Teeth")
    return [(words, chart), *ticket] if may_see(row) else ticket
