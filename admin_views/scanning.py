"""Scanning: one address understands every code of our papers and opens what it stands for."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import Model, fn

from admin_views.card_rights import may_see_cards
from admin_views.people import current_person
from admin_views.policy import can, scoped
from admin_views.sentences import in_words
from schema.cards import Card
from schema.codes import KINDS, Code, paper_code, read_code
from schema.components import Component
from schema.orders import LabOrder
from schema.sayings import Unfit
from schema.tracks import Track

LONGEST = 120


class ScanView(BaseView):
    """A field for scanners and hands, a camera where the browser can read codes."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/")
    def index(self) -> Any:
        """The page; with a code in `code` it leads on to what the code stands for."""
        typed = request.args.get("code", "").strip()[:LONGEST]
        return self._opened(typed) if typed else self.render("orders/scan.html", typed="", says="")

    @expose("/<code>")
    def open(self, code: str) -> Any:
        """What a QR code on our papers leads to."""
        return self._opened(code[:LONGEST])

    def _opened(self, typed: str) -> Any:
        try:
            code = paper_code(typed)
        except Unfit as error:
            says = in_words(error)
            return self.render("orders/scan.html", typed=typed, says=says), 422
        found = address_behind(code)
        if found is None:
            says = nothing_behind(code)
            return self.render("orders/scan.html", typed=code.written, says=says), 404
        return redirect(found)


def address_behind(code: Code) -> str | None:
    """The page of what a code stands for, or None where the person knows of nothing behind it.

    Stops with 403 where the person may not know of such things at all.
    """
    model = {"T": Track, "C": Component}.get(code.kind, LabOrder)
    if not can("read", model) or (code.kind == "B" and not can("read", LabOrder, "box")):
        abort(403)
    row = scoped(model).where(_test(code, model)).first()
    if row is None:
        return None
    if code.kind == "C":
        return url_for("component.details_view", id=row.id)
    if may_see_cards() and scoped(Card).where(Card.id == row.card_id).exists():
        return url_for("card_page.page", key=row.card_id)
    return url_for(f"{model._meta.table_name}.details_view", id=row.id)


def code_answer(typed: str) -> dict[str, str]:
    """What the field at the top says while a code is typed: the way to go on, or why there is none.

    Whether there is anything behind the code shows when it is opened.
    """
    try:
        code = read_code(typed)
    except Unfit as error:
        return {"url": "", "name": "", "says": in_words(error)}
    url = url_for("scan.open", code=code.plain)
    return {"url": url, "name": code.written, "says": gettext(KINDS[code.kind])}


def nothing_behind(code: Code) -> str:
    """The words for a good code behind which the person knows of nothing."""
    if code.kind == "B":
        return gettext("No open order that you may see is in box %(name)s.", name=code.body)
    return gettext("Nothing that you may see has the code %(code)s.", code=code.written)


def _test(code: Code, model: type[Model]) -> Any:
    """The condition on the rows that a code names; a box is known without blanks and dashes."""
    if code.kind == "O":
        return LabOrder.ticket == f"{code.body[:2]}-{code.body[2:]}"
    if code.kind == "B":
        bare = fn.UPPER(LabOrder.box)
        for mark in " -_./":
            bare = fn.REPLACE(bare, mark, "")
        return LabOrder.box.is_null(False) & (bare == code.body)
    return model._meta.primary_key == int(code.body)
