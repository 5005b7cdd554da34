"""What the page of one outside work shows, and the page that sends a process to a firm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext

from admin_views import outside_rights
from admin_views.custody import laboratory
from admin_views.custody_rows import hands_text, part_names
from admin_views.language import row_name
from admin_views.outside_acts import ACTS
from admin_views.outside_rows import firm_choices, line_of, parts_of
from admin_views.plain_words import money_text
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook, name_of
from reports import custody
from schema.base import utcnow
from schema.components import Component, ComponentKind
from schema.custody import ROOMS
from schema.lab import Subcontractor
from schema.orders import LabOrder
from schema.outside import METHODS, OUTCOMES, Outsourcing
from schema.staff import Staff
from schema.tracks import Track
from schema.workflow.outside_works import open_outside, proposals


def send_page(track: Track, says: str, typed: Mapping[str, str]) -> dict[str, Any]:
    """The form that sends a process: firms with their proposed days, parts that lie here."""
    card = track.card
    firms = list(scoped(Subcontractor).where(Subcontractor.ended_on.is_null()))
    firms.sort(key=lambda firm: firm.name)
    return {
        "track": track,
        "title": name_of(track),
        "step": row_name(card.stage.name),
        "firms": firm_choices(proposals(firms, utcnow()), firms),
        "methods": [(code, gettext(words)) for code, words in METHODS.items()],
        "parts": _parts_here(track) if outside_rights.may_move_parts(card.id) else [],
        "prices": outside_rights.may_price(),
        "out": open_outside(track.id) is not None,
        "closed": card.closed_at is not None,
        "typed": typed,
        "says": says,
        "card_url": url_for("card_page.page", key=card.id),
        "crumbs": laboratory((gettext("Outside works"), url_for("outside.index"))),
    }


def _parts_here(track: Track) -> list[dict[str, Any]]:
    """Components of the order that lie in one of our rooms."""
    asked = scoped(Component, Component, ComponentKind).join(ComponentKind)
    parts = list(asked.where(Component.order == track.order_id).order_by(Component.id))
    pieces, names = custody.held([one.id for one in parts] or [0]), part_names(parts)
    return [
        {
            "key": f"{one.id}.{room}",
            "name": names[one.id],
            "holder": hands_text(room),
            "number": pieces[one.id][room],
            "near": room != "clinic",
        }
        for room in ("lab", "workshop", "clinic")
        for one in parts
        if room in ROOMS and pieces.get(one.id, {}).get(room, 0) > 0
    ]


def work_page(work: Outsourcing) -> dict[str, Any]:
    """One outside work with all that may be done with it now."""
    book, card = TitleBook(), work.track.card_id
    people = {key for key in (work.sent_by_id, work.returned_to_id) if key}
    book.learn({LabOrder: {work.track.order_id}, Staff: people})
    told = {
        name: can("read", Outsourcing, name)
        for name in ("outcome", "faults", "document_number", "sent_by", "returned_to")
    }
    costs = outside_rights.may_see_cost()
    return {
        "line": line_of(work, book, parts_of([work])),
        "sent_by": book.name(Staff, work.sent_by_id) if told["sent_by"] else "",
        "taken_by": book.name(Staff, work.returned_to_id) if told["returned_to"] else "",
        "outcome": gettext(OUTCOMES[work.outcome]) if work.outcome and told["outcome"] else "",
        "faulty": work.outcome == "faulty",
        "faults": work.faults or "" if told["faults"] else "",
        "document": work.document_number or "" if told["document_number"] else "",
        "cost": money_text(work.cost) if costs and work.cost is not None else "",
        "currency": work.currency,
        "may_receive": ACTS["back"][0](card),
        "may_move": outside_rights.may_move_parts(card),
        "may_price": ACTS["cost"][0](card),
        "costs": costs,
        "crumbs": laboratory((gettext("Outside works"), url_for("outside.index"))),
    }
