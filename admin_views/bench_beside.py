"""What lies beside a work at the bench: notes, files and components of it and of its order."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from reports.queue_plan import Row
from schema.bridges import ExternalRecord
from schema.cards import Card, Note
from schema.components import Component
from schema.orders import LabOrder

NOTES = 3


def notes_beside(rows: list[Row]) -> dict[int, list[str]]:
    """The newest notes on the works and on their orders, by the card."""
    found: dict[int, list[str]] = defaultdict(list)
    if can("read", Note, "text"):
        told = scoped(Note, Note.card, Note.text).where(Note.card.in_(_cards(rows)))
        for card, text in told.order_by(Note.id.desc()).tuples():
            if len(found[card]) < NOTES:
                found[card].append(text)
    return found


def links_beside(rows: list[Row]) -> dict[int, list[tuple[str, str]]]:
    """Name and address of each file of a card, by the card."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    if can("read", ExternalRecord, "link"):
        told = scoped(ExternalRecord).where(
            ExternalRecord.card.in_(_cards(rows)), ExternalRecord.link.is_null(False)
        )
        for one in told:
            found[one.card_id].append((one.external_id or one.kind, one.link))
    return found


def _cards(rows: list[Row]) -> Any:
    """The cards of the works and of their orders."""
    above = LabOrder.select(LabOrder.card).where(LabOrder.id.in_([row.work.order for row in rows]))
    return Card.select(Card.id).where(
        Card.id.in_([row.work.card for row in rows]) | Card.id.in_(above)
    )


def parts_beside(rows: list[Row]) -> dict[int, list[str]]:
    """The names of the components of each order, by the order."""
    found: dict[int, list[str]] = defaultdict(list)
    if can("read", Component, "kind"):
        told = scoped(Component, Component).where(
            Component.order.in_([row.work.order for row in rows])
        )
        parts = list(told)
        book = TitleBook()
        book.learn({Component.kind.rel_model: {one.kind_id for one in parts}})
        for one in parts:
            found[one.order_id].append(book.name(Component.kind.rel_model, one.kind_id))
    return found
