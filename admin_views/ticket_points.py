"""The control points of an order and of its processes, as far as the person may know of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for

from admin_views.card_rights import may_see_cards
from admin_views.language import row_name
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from schema.cards import Card, Tick
from schema.orders import LabOrder
from schema.pipelines import ControlPoint, Stage
from schema.staff import Staff
from schema.tracks import Track
from schema.workflow.gates import Line, checklist


def points_of(order: LabOrder) -> list[dict[str, Any]]:
    """Every point in the order of the way: the order's own, then those of each process."""
    if not all(can("read", model) for model in (ControlPoint, Tick, Stage, Card)):
        return []
    lines = [(card, name, line) for card, name in _cards(order) for line in checklist(card)]
    book = TitleBook()
    book.learn({Staff: {line.by_id for *_, line in lines if line.by_id is not None}})
    return [_told(card, name, line, book) for card, name, line in lines]


def _cards(order: LabOrder) -> Iterator[tuple[Card, str]]:
    """The cards in the person's scope, each with the name of its process."""
    tracks = scoped(Track, Track.card, Track.name).where(Track.order == order).tuples()
    names = {order.card_id: "", **dict(tracks)} if can("read", Track) else {order.card_id: ""}
    found = scoped(Card).where(Card.id.in_(list(names))).order_by(Card.id)
    for card in sorted(found, key=lambda one: (one.id != order.card_id, one.id)):
        yield card, " · ".join(filter(None, (row_name(card.pipeline.name), names[card.id])))


def _told(card: Card, name: str, line: Line, book: TitleBook) -> dict[str, Any]:
    return {
        "block": line.point.block,
        "name": row_name(line.point.name),
        "way": name,
        "stage": row_name(line.point.stage.name),
        "url": url_for("card_page.page", key=card.id) if may_see_cards() else None,
        "ticked": line.ticked,
        "ready": line.ready,
        "required": line.point.required,
        "who": book.name(Staff, line.by_id) if can("read", Tick, "by") else "",
        "when": moment_text(line.at) if line.at else "",
        "note": line.note if can("read", Tick, "evidence_note") else None,
    }
