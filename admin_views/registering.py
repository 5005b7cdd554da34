"""Registering a work: the chart of its teeth, what is missing, and the act that registers it."""

from __future__ import annotations

import re
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.chart import chart_page
from admin_views.how_long import warning_of
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.order_state import may_draw, may_register, may_see, may_take_back, missing_of
from admin_views.people import my_key
from admin_views.policy import can, scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from admin_views.titles import name_of
from schema.base import utcnow
from schema.database import one_act
from schema.orders import LabOrder
from schema.workflow import Refused
from schema.workflow.chart import Join, Mark, chart_of, set_chart
from schema.workflow.orders import back_to_draft, register
from schema.workflow.values import clean_text

PAIR = re.compile(r"([1-8][1-8])-([1-8][1-8])")
MOST_LETTERS = 120


class RegisteringView(BaseView):
    """One order at a time, by its number."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return can("read", LabOrder)

    @expose("/")
    @expose("/<int:number>")
    def index(self, number: int = 0) -> Any:
        order = _order(number)
        note_record("detail", order)
        return self._draw(order, *chart_of(order))

    @expose("/<int:number>/keep", methods=("POST",))
    def keep(self, number: int) -> Any:
        """Keep the chart, and with «Register» make the draft an order in the same act."""
        order = _order(number)
        registers = request.form.get("act") == "register"
        if (registers and not may_register(order)) or not (registers or may_draw(order)):
            abort(403)
        marks, joins = marks_in(request.form), joins_in(request.form)
        try:
            _keep(order, marks, joins, registers)
        except Refused as refusal:
            return self._draw(order, marks, joins, in_words(refusal)), 422
        if registers:
            flash(gettext("Registered: %(name)s", name=name_of(order)), "good")
            return redirect(self.get_url("lab_order.details_view", id=order.id))
        flash(gettext("Saved: %(name)s", name=name_of(order)), "good")
        return redirect(self.get_url(".index", number=order.id))

    @expose("/<int:number>/draft", methods=("POST",))
    def draft(self, number: int) -> Any:
        """Take a registered order back to draft."""
        order = _order(number)
        if not may_take_back(order):
            abort(403)
        try:
            back_to_draft(order.id, by=my_key(), now=utcnow())
            flash(gettext("A draft again: %(name)s", name=name_of(order)), "good")
        except Refused as refusal:
            flash(in_words(refusal), "late")
        return redirect(self.get_url(".index", number=order.id))

    def _draw(
        self, order: LabOrder, marks: list[Mark], joins: list[Join], wrong: str | None = None
    ) -> str:
        return self.render(
            "orders/registering.html",
            order=order,
            title=name_of(order),
            missing=missing_of(order),
            told=warning_of(order, utcnow()),
            wrong=wrong,
            can_draw=may_draw(order),
            can_register=may_register(order),
            can_take_back=may_take_back(order),
            record_url=self.get_url("lab_order.details_view", id=order.id),
            crumbs=crumbs_of(LabOrder),
            **chart_page(order, marks, joins),
        )


def _order(number: int) -> LabOrder:
    """The order, when it and its teeth are this person's to see; else 404 or 403."""
    order: LabOrder = scoped(LabOrder).where(LabOrder.id == number).first() or abort(404)
    if not may_see(order):
        abort(403)
    return order


def _keep(order: LabOrder, marks: list[Mark], joins: list[Join], registers: bool) -> None:
    """Both in one act: an order that cannot be registered keeps the chart it had."""
    with one_act():
        if may_draw(order) and "version" in request.form:
            seen = number_in(request.form["version"]) or 0
            set_chart(order.id, marks, joins, seen=seen, by=my_key(), now=utcnow())
        if registers:
            register(order.id, by=my_key(), now=utcnow())


def marks_in(form: Any) -> list[Mark]:
    """The teeth that a sent chart marks: `part.11`, and `implant.11` where one is named."""
    found = []
    for name, part in form.items():
        tooth = number_in(name.removeprefix("part.")) if name.startswith("part.") else None
        if tooth is not None and part:
            implant = clean_text(form.get(f"implant.{tooth}"))
            found.append(Mark(tooth, part, implant[:MOST_LETTERS] if implant else None))
    return found


def joins_in(form: Any) -> list[Join]:
    """The pairs that a sent chart joins: `join.12-11`."""
    pairs = [PAIR.fullmatch(n.removeprefix("join.")) for n, value in form.items() if value == "1"]
    return [(int(pair[1]), int(pair[2])) for pair in pairs if pair]
