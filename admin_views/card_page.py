"""The page of one card: where it is, what holds it back, and every act that moves it on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views import card_rights
from admin_views.card_facts import facts_of
from admin_views.giving_up import refuse_unexplained
from admin_views.lot_desk import may_register
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from admin_views.tablet_limits import on_the_floor
from schema.base import utcnow
from schema.cards import Card, CardStep, Note, Tick
from schema.holds import Hold
from schema.lots import LotUse
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.holding import hold, resume
from schema.workflow.lot_labels import Unregistered, use_lot
from schema.workflow.notes import add_note
from schema.workflow.reassigning import reassign
from schema.workflow.steps import move, refuse_no_reason, reopen
from schema.workflow.ticks import tick, untick

Act = Callable[[Card, int], Any]
LONGEST = 500
TYPED = ("reason", "clock", "note", "text", "lot", "forced")


class CardPage(BaseView):
    """Reads by the rights on cards; each act asks for its own right and is a verb."""

    def is_accessible(self) -> bool:
        return card_rights.may_see_cards()

    @expose("/")
    def index(self) -> Any:
        return redirect(self.get_url("card.index_view"))

    @expose("/<int:key>")
    def page(self, key: int) -> Any:
        card = _card(key)
        note_record("detail", card)
        return self.render("panel/card.html", typed=_again(card), **on_the_floor(facts_of(card)))

    @expose("/<int:key>/<act>", methods=("POST",))
    def act(self, key: int, act: str) -> Any:
        """One act on the card; its refusal is told in words, and the page shows the truth."""
        card = _card(key)
        may, does, table, verb = ACTS.get(act) or abort(404)
        person = current_person()
        if person is None or not may() or not card_rights.cards_within(table, verb, [card.id]):
            abort(403)
        try:
            does(card, person.staff_id)
        except Unregistered as refusal:
            flash(in_words(refusal), "error")
            if may_register():
                return redirect(url_for("lot_desk.index", first=_scan()))
        except Refused as refusal:
            flash(in_words(refusal), "error")
            _keep_typed(card, act)
        return redirect(self.get_url(".page", key=key))


def _card(key: int) -> Card:
    found: Card | None = scoped(Card).where(Card.id == key).first()
    return found or abort(404)


def _typed(name: str) -> str:
    text = _text(name)
    if len(text) > LONGEST:
        raise Refused("This is longer than %(most)s letters. Shorten it.", most=LONGEST)
    return text


def _text(name: str) -> str:
    """What was typed; a browser counts the end of a line as one letter and sends two."""
    return request.form.get(name, "").replace("\r\n", "\n").strip()


def _keep_typed(card: Card, act: str) -> None:
    """What was typed for an act that was refused waits for the page that follows."""
    typed = {name: text for name in TYPED if (text := _text(name)[:LONGEST])}
    at = request.form.get("point") or request.form.get("stage", "")
    session["typed"] = {"card": card.id, "act": act, "at": at, **typed}


def _again(card: Card) -> dict[str, dict[str, str]]:
    """What was typed and refused on this card, by its act; once."""
    typed = session.pop("typed", None)
    return {typed["act"]: typed} if typed and typed["card"] == card.id else {}


def _number(name: str) -> int:
    """A number of the form that no honest page leaves out."""
    found = number_in(request.form.get(name))
    return abort(400) if found is None else found


def _move(card: Card, me: int) -> None:
    forced = request.form.get("forced") == "1"
    if forced and not card_rights.may_force():
        abort(403)
    if forced:
        refuse_no_reason(_typed("reason"))
    refuse_unexplained(_number("stage"), _typed("reason"))
    move(
        card.id,
        _number("stage"),
        by=me,
        now=utcnow(),
        seen=_number("seen"),
        forced=forced,
        reason=_typed("reason") or None,
    )
    flash(gettext("Moved"), "good")


def _reopen(card: Card, me: int) -> None:
    reopen(card.id, _number("stage"), by=me, now=utcnow(), reason=_typed("reason"))


def _tick_note() -> str | None:
    return (_typed("note") or None) if card_rights.may_note_ticks() else None


def _tick(card: Card, me: int) -> None:
    tick(card.id, _number("point"), by=me, now=utcnow(), note=_tick_note())


def _untick(card: Card, me: int) -> None:
    untick(card.id, _number("point"), by=me, now=utcnow(), note=_tick_note())


def _hold(card: Card, me: int) -> None:
    told = {"reason": _typed("reason"), "clock": _typed("clock"), "note": _typed("note")}
    hold(card.id, by=me, now=utcnow(), **told)


def _resume(card: Card, me: int) -> None:
    resume(card.id, by=me, now=utcnow())


def _reassign(card: Card, me: int) -> None:
    to = _number("staff")
    if not scoped(Staff).where(Staff.id == to).exists():
        raise Refused("Choose somebody else who works here.")
    reassign([card.id], to, by=me, now=utcnow())


def _scan() -> str:
    """A label as the scanner gave it: a blank at its end may be a check character."""
    return request.form.get("lot", "").lstrip().rstrip("\r\n\t")[:300]


def _lot(card: Card, me: int) -> None:
    used = use_lot(card.id, _scan(), by=me, now=utcnow())
    flash(gettext("Noted: lot %(lot)s.", lot=used.lot.lot_number), "good")


def _note(card: Card, me: int) -> None:
    add_note(card.id, _typed("text"), by=me, now=utcnow())


# Who may, what it does, and whose right's rows it must be within.
ACTS: dict[str, tuple[Callable[[], bool], Act, type[Model], str]] = {
    "move": (card_rights.may_move, _move, CardStep, "create"),
    "reopen": (card_rights.may_reopen, _reopen, CardStep, "create"),
    "tick": (card_rights.may_tick, _tick, Tick, "create"),
    "untick": (card_rights.may_tick, _untick, Tick, "create"),
    "hold": (card_rights.may_hold, _hold, Hold, "create"),
    "resume": (card_rights.may_resume, _resume, Hold, "edit"),
    "reassign": (card_rights.may_reassign, _reassign, Card, "edit"),
    "lot": (card_rights.may_use_lot, _lot, LotUse, "create"),
    "note": (card_rights.may_note, _note, Note, "create"),
}
