"""The digital job ticket: an order on one page, in eight blocks, with all its control points."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import abort
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.card_work import units_of
from admin_views.details import child_table, facts_by_name
from admin_views.menu import crumbs_of
from admin_views.order_state import missing_of
from admin_views.own_records import own_facts
from admin_views.papers import papers_of
from admin_views.policy import can, scoped
from admin_views.preferred import preferences_of
from admin_views.reading import note_record
from admin_views.ticket_lines import lines_of
from admin_views.ticket_points import points_of
from admin_views.titles import name_of
from admin_views.warned import warnings_of
from schema.components import Component
from schema.orders import LabOrder, OrderVisit
from schema.photos import Photo
from schema.pipeline_terms import BLOCKS
from schema.teeth import OrderTooth
from schema.tracks import Track

FACTS = {
    "identification": (
        "ticket", "patient", "dentist", "received_on", "box", "card.stage", "card.due_at",
        "card.responsible", "card.priority", "card.location",
    ),
    "parameters": (
        "work_type", "material", "arch", "shade", "stump_shade", "cervical_shade", "body_shade",
        "incisal_shade", "translucency",
    ),
    "clinical": ("notes", "always"),
}  # fmt: skip
TABLES = {
    "parameters": (OrderTooth.order, OrderTooth),
    "clinical": (OrderVisit.order, OrderVisit),
    "production": (Track.order, Track),
    "photos": (Photo.order, Photo),
    "components": (Component.order, Component),
}


class TicketView(BaseView):
    """One order at a time, by its number, to read and to print."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return can("read", LabOrder)

    @expose("/")
    @expose("/<int:number>")
    def index(self, number: int = 0) -> str:
        order: LabOrder = scoped(LabOrder).where(LabOrder.id == number).first() or abort(404)
        note_record("detail", order)
        return self.render(
            "orders/ticket.html",
            order=order,
            title=name_of(order),
            warnings=warnings_of(order),
            missing=missing_of(order),
            blocks=_blocks(order),
            papers=papers_of(order),
            record_url=self.get_url("lab_order.details_view", id=order.id),
            crumbs=crumbs_of(LabOrder),
        )


def _blocks(order: LabOrder) -> list[dict[str, Any]]:
    """Each block with what the person may know: facts, rows that belong to it, control points."""
    shown, known = facts_by_name(LabOrder, order)
    points: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for point in points_of(order):
        points[point["block"]].append(point)
    if always := preferences_of(order):
        shown["always"] = (gettext("The dentist always wants"), "; ".join(always), "")
        known.add("always")
    own = {"parameters": own_facts(LabOrder, order, filled=True)}
    return [
        {
            "code": code,
            "label": gettext(label),
            "facts": [
                *(shown[name] for name in FACTS.get(code, ()) if name in known & set(shown)),
                *own.get(code, ()),
            ],
            "spans": units_of(order) if code == "parameters" else "",
            "lines": (lines := lines_of(code, order)),
            "table": None if lines else _table(code, order),
            "ways": _by_way(points[code]),
            "points": len(points[code]),
            "ticked": sum(point["ticked"] for point in points[code]),
        }
        for code, label in BLOCKS.items()
    ]


def _by_way(points: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Points under the name of their way, the order's own first."""
    ways: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for point in points:
        ways[point["way"]].append(point)
    return list(ways.items())


def _table(code: str, order: LabOrder) -> dict[str, Any] | None:
    key, child = TABLES.get(code, (None, None))
    if key is None or child is None or not can("read", child, key):
        return None
    found = child_table(key, child, order.card if key.rel_model is not LabOrder else order)
    return found if found["rows"] else None
