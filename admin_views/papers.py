"""Printing the papers of an order: each print is a copy, drawn for whoever printed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.paper_facts import PaperFacts, facts_for
from admin_views.paper_labels import draw_labels
from admin_views.paper_ticket import draw_ticket
from admin_views.paper_tray import draw_tray
from admin_views.people import current_person
from admin_views.plain_words import moment_text
from admin_views.policy import can, granted, scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from admin_views.statement_rights import may_read
from admin_views.titles import TitleBook
from schema.base import utcnow
from schema.device_statements import DeviceStatement
from schema.orders import LabOrder
from schema.papers import PAPERS, PaperPrint
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.device_statements import document_of, in_force
from schema.workflow.papers import print_paper

DRAWN: dict[str, Callable[[PaperFacts], bytes]] = {
    "ticket": draw_ticket,
    "tray": draw_tray,
    "labels": draw_labels,
    "statement": lambda paper: _signed(paper.order),
}
# A copy is drawn while it is being printed; later there is a new copy, with what is true then.
FRESH = dt.timedelta(minutes=15)


def may_print() -> bool:
    return can("read", LabOrder) and granted("create", PaperPrint, "copy_number")


def _signed(order: LabOrder) -> bytes:
    """The statement in force is printed as it was signed, for whoever may read it."""
    statement = in_force(order) or abort(404)
    scoped(DeviceStatement).where(DeviceStatement.id == statement.id).first() or abort(404)
    return document_of(statement)


def _offered(order: LabOrder) -> dict[str, str]:
    """The papers that there are of this order, for this person."""
    has_statement = may_read() and in_force(order) is not None
    return {kind: label for kind, label in PAPERS.items() if kind != "statement" or has_statement}


class PapersView(BaseView):
    """Nothing to look at by itself: the job ticket offers what is printed here."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return may_print()

    @expose("/")
    def index(self) -> Any:
        return redirect(self.get_url("paper_print.index_view"))

    @expose("/<int:number>/<kind>", methods=("POST",))
    def print_one(self, number: int, kind: str) -> Any:
        """Note the next copy and lead to its drawing."""
        order = scoped(LabOrder).where(LabOrder.id == number).first() or abort(404)
        if kind == "statement" and not may_read():
            abort(403)
        try:
            printed = print_paper(order.id, kind, by=_me(), now=utcnow())
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return redirect(self.get_url("ticket.index", number=order.id))
        return redirect(self.get_url(".copy", number=printed.id), 303)

    @expose("/copy/<int:number>")
    def copy(self, number: int) -> Any:
        """The PDF of a copy that this person has just printed."""
        printed = scoped(PaperPrint).where(PaperPrint.id == number, PaperPrint.by == _me()).first()
        printed = printed or abort(404)
        scoped(LabOrder).where(LabOrder.id == printed.order_id).first() or abort(404)
        if utcnow() - printed.at > FRESH:
            flash(gettext("This copy was printed some time ago. Print a new one."), "error")
            return redirect(self.get_url("ticket.index", number=printed.order_id))
        note_record("detail", printed.order)
        answer = Response(DRAWN[printed.kind](facts_for(printed)), mimetype="application/pdf")
        name = f"{printed.kind}-{printed.order.ticket}-{printed.copy_number}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return answer


def papers_of(order: LabOrder) -> list[dict[str, Any]]:
    """The papers that the ticket offers: how often each was printed, by whom last."""
    if not may_print() or order.is_draft:
        return []
    last = {one.kind: one for one in order.prints.order_by(PaperPrint.copy_number)}
    book = TitleBook()
    book.learn({Staff: {one.by_id for one in last.values()}})
    return [
        {
            "kind": kind,
            "label": gettext(label),
            "copies": last[kind].copy_number if kind in last else 0,
            "when": moment_text(last[kind].at) if kind in last else "",
            "who": book.name(Staff, last[kind].by_id) if kind in last else "",
        }
        for kind, label in _offered(order).items()
    ]


def _me() -> int:
    person = current_person()
    return person.staff_id if person else abort(403)
