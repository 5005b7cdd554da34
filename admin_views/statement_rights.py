"""Who reads the statements of devices, who signs them, and the way to their page."""

from __future__ import annotations

from typing import Any

from flask import url_for

from admin_views.policy import can, granted
from schema.device_statements import DeviceStatement
from schema.lots import LotUse
from schema.orders import LabOrder
from schema.staff import Clinic, Location


def may_read() -> bool:
    """Whether the person may open the documents; they name patient, prescriber and lots."""
    return can("read", LabOrder) and can("read", DeviceStatement)


def may_issue() -> bool:
    """Whether a role of the person signs statements."""
    return may_read() and granted("create", DeviceStatement, "version")


def page_of(order: int | None) -> str | None:
    """The page of an order's statements, for whoever may read them."""
    return url_for("statements.order", number=order) if order and may_read() else None


def way_to(order: LabOrder, where: str) -> str | None:
    """Where something that a statement lacks is put right, when the person may look there."""
    if where == "teeth":
        return url_for("registering.index", number=order.id)
    if where == "lot":
        return url_for("lot_use.create_view", order=order.id) if can("create", LotUse) else None
    return _record(order, where)


def _record(order: LabOrder, where: str) -> str | None:
    pages: dict[str, tuple[str, Any]] = {
        "clinic": ("clinic.edit_view", 1),
        "location": ("location.edit_view", order.card.location_id),
        "order": ("lab_order.details_view", order.id),
    }
    if where == "card":
        return url_for("card_page.page", key=order.card_id)
    page, key = pages[where]
    return url_for(page, id=key) if where == "order" or _may_edit(where) else None


def _may_edit(where: str) -> bool:
    return can("edit", Clinic if where == "clinic" else Location)
