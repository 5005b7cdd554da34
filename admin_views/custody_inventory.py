"""The whole inventory: which hands hold which components of which open works."""

from __future__ import annotations

from typing import Any

from flask import url_for

from admin_views.custody_rows import SHOWN, TONES, hands_text, part_names, person
from admin_views.language import row_name
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from reports import custody
from schema.cards import Card
from schema.components import Component, ComponentKind
from schema.database import fold
from schema.movements import ComponentMovement
from schema.orders import LabOrder
from schema.staff import Staff

MOST = 200


def inventory(holder: str, term: str) -> dict[str, Any]:
    """All components of open works by the hands that hold them, as far as they may be known."""
    parts = _open_parts(term)
    known = {one.id: one for one in parts}
    pieces = custody.held(list(known) or [0])
    counts = dict.fromkeys(SHOWN, 0)
    for hands in pieces.values():
        for one in set(hands) & set(SHOWN):
            counts[one] += hands[one]
    wanted = SHOWN if holder not in SHOWN else (holder,)
    rows = [
        (known[key], one, pieces[key][one])
        for key in known
        for one in wanted
        if pieces.get(key, {}).get(one, 0) > 0 and (holder or one != "clinic")
    ]
    return {"rows": _told(rows[:MOST]), "counts": counts, "total": len(rows), "keys": list(known)}


def _open_parts(term: str) -> list[Component]:
    asked = (
        scoped(Component, Component, ComponentKind, LabOrder)
        .join(ComponentKind)
        .switch(Component)
        .join(LabOrder)
        .join(Card)
        .where(Card.closed_at.is_null())
    )
    if term:
        asked = asked.where(
            LabOrder.ticket.contains(term)
            | LabOrder.box.contains(term)
            | Component.kind.in_(_kinds_called(term))
        )
    return list(asked.order_by(LabOrder.id.desc(), Component.id))


def _kinds_called(term: str) -> list[int]:
    """Kinds whose name in the reader's language, or in the list, has these letters."""
    wanted = fold(term) or ""
    kinds = ComponentKind.select(ComponentKind.id, ComponentKind.name).tuples()
    return [
        key
        for key, name in kinds
        if any(wanted in (fold(words) or "") for words in (name, row_name(name)))
    ]


def _told(rows: list[tuple[Component, str, int]]) -> list[dict[str, Any]]:
    names = part_names([part for part, _, _ in rows])
    moves = custody.came_last(list(names) or [0])
    book = TitleBook()
    book.learn({Staff: {by for _, by in moves.values()}})
    boxed = can("read", LabOrder, "box")
    return [
        {
            "url": url_for("custody.order", key=part.order_id),
            "ticket": part.order.ticket,
            "box": part.order.box if boxed else "",
            "name": names[part.id],
            "number": number,
            "holder": hands_text(holder),
            "tone": TONES.get(holder, "info"),
            "since": moment_text(moves[part.id, holder][0]),
            "by": person(book, ComponentMovement, "by", moves[part.id, holder][1]),
        }
        for part, holder, number in rows
    ]
