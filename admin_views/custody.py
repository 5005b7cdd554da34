"""Components in the rooms: the inventory, the ledger of an order, a scan, and lent tools."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views import custody_rights
from admin_views.custody_acts import ACTS
from admin_views.custody_inventory import inventory
from admin_views.custody_rows import SHOWN, hands_text, ledger
from admin_views.loan_rows import lend_it, loans_page, take_it_back
from admin_views.people import current_person
from admin_views.policy import can, scoped
from admin_views.reading import note_record, note_rows
from admin_views.sentences import in_words
from schema.codes import bare, looks_like_code, read_code
from schema.components import Component
from schema.loans import ToolLoan
from schema.orders import LabOrder
from schema.sayings import Unfit
from schema.tracks import Track
from schema.workflow import Refused

OF_AN_ORDER: dict[str, Any] = {"C": Component, "T": Track}


class CustodyView(BaseView):
    """Reads by the rights on components; each act asks for its own right and is a verb."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return custody_rights.may_see()

    @expose("/")
    def index(self) -> Any:
        holder, term = request.args.get("holder", ""), request.args.get("q", "").strip()[:40]
        found = inventory(holder, term)
        note_rows("list", Component, found.pop("keys"))
        chips = [(code, hands_text(code), found["counts"][code]) for code in SHOWN]
        return self.render(
            "custody/index.html",
            chips=chips,
            holder=holder,
            term=term,
            loans=custody_rights.may_see_loans(),
            crumbs=laboratory(),
            **found,
        )

    @expose("/scan")
    def scan(self) -> Any:
        """A scanned or typed box, ticket or code opens the ledger of its order."""
        typed = " ".join(request.args.get("code", "").split())[:60]
        found = order_behind(typed) if typed else None
        if found is None:
            flash(gettext("No work that you may see has the code «%(code)s».", code=typed), "error")
            return redirect(self.get_url(".index"))
        return redirect(self.get_url(".order", key=found))

    @expose("/order/<int:key>")
    def order(self, key: int) -> Any:
        order = _order(key)
        note_record("detail", order)
        person = current_person() or abort(401)
        card = order.card_id
        return self.render(
            "custody/order.html",
            order=order,
            box=order.box if can("read", LabOrder, "box") else "",
            closed=order.card.closed_at is not None,
            may_hand=custody_rights.may_hand(card),
            may_list=custody_rights.may_list(card),
            may_close=custody_rights.may_close(card),
            may_box=custody_rights.may_box(card),
            card_url=url_for("card_page.page", key=card),
            crumbs=laboratory((gettext("Components"), self.get_url(".index"))),
            **ledger(order, person.staff_id),
        )

    @expose("/order/<int:key>/<act>", methods=("POST",))
    def act(self, key: int, act: str) -> Any:
        """One act on the components of an order; a refusal is told in words."""
        order = _order(key)
        may, does = ACTS.get(act) or abort(404)
        person = current_person()
        if person is None or not may(order.card_id):
            abort(403)
        try:
            flash(does(order, person.staff_id), "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".order", key=key))

    @expose("/loans", methods=("GET", "POST"))
    def loans(self) -> Any:
        """Tools that are lent, the longest due first; lending one more."""
        if not custody_rights.may_see_loans():
            abort(403)
        if request.method == "POST":
            if not custody_rights.may_lend():
                abort(403)
            return self._spoken(lend_it)
        return self.render("custody/loans.html", crumbs=laboratory(), **loans_page())

    @expose("/loans/<int:key>/back", methods=("POST",))
    def back(self, key: int) -> Any:
        loan = scoped(ToolLoan).where(ToolLoan.id == key).first() or abort(404)
        if not custody_rights.may_take_tools_back():
            abort(403)
        return self._spoken(take_it_back, loan)

    def _spoken(self, does: Any, *told: Any) -> Any:
        person = current_person() or abort(401)
        try:
            flash(does(*told, person.staff_id), "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".loans"))


def _behind_code(typed: str) -> int | None:
    """The order that a code of our papers is of: its own, a process's, a bag's or a box's."""
    try:
        kind, body = read_code(typed)
    except Unfit:
        return None
    if kind in OF_AN_ORDER:
        row = scoped(OF_AN_ORDER[kind]).where(OF_AN_ORDER[kind].id == int(body)).first()
        order = scoped(LabOrder, LabOrder.id).where(LabOrder.id == row.order_id) if row else []
        return next((int(one.id) for one in order), None)
    if kind == "O":
        found = scoped(LabOrder, LabOrder.id).where(LabOrder.ticket == f"{body[:2]}-{body[2:]}")
        return next((int(one.id) for one in found), None)
    boxed = scoped(LabOrder, LabOrder.id, LabOrder.box).where(LabOrder.box.is_null(False))
    known = can("read", LabOrder, "box")
    return next((int(one.id) for one in boxed if known and bare(one.box) == body), None)


def laboratory(*beyond: tuple[str, str]) -> list[tuple[str, str | None]]:
    """Where these pages stand."""
    return [(gettext("Laboratory"), None), *beyond]


def _order(key: int) -> LabOrder:
    found: LabOrder | None = scoped(LabOrder).where(LabOrder.id == key).first()
    return found or abort(404)


def order_behind(typed: str) -> int | None:
    """The order behind a code of our papers, in a box of that name, or with that ticket."""
    if looks_like_code(typed):
        return _behind_code(typed)
    for column in ("box", "ticket"):
        if can("read", LabOrder, column):
            field = LabOrder._meta.fields[column]
            row = scoped(LabOrder, LabOrder.id).where(field == typed.upper()).first()
            row = row or scoped(LabOrder, LabOrder.id).where(field == typed).first()
            if row is not None:
                return int(row.id)
    return None
