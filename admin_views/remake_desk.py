"""Pages on which failed work is begun anew: a new order for an old one, a process sent back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from peewee import Model

from admin_views import card_rights
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import can, may_touch, scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from admin_views.titles import name_of
from schema.base import utcnow
from schema.cards import CardStep
from schema.lab import RemakeCause
from schema.orders import LabOrder
from schema.remakes import COST_BEARERS, DETECTED_AT, REMAKE_KINDS, Remake
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.remakes import remake, rework, ways_back

remake_desk = Blueprint("remake_desk", __name__)
KINDS = {code: word for code, word in REMAKE_KINDS.items() if code != "rework"}


def may_remake() -> bool:
    """Whether the person may begin a new order in place of an old one."""
    return can("create", Remake) and can("create", LabOrder) and can("read", RemakeCause)


def may_rework() -> bool:
    """Whether the person may send a process back with a cause."""
    return can("create", Remake) and can("read", RemakeCause) and card_rights.may_move()


@remake_desk.post("/remakes/begin")
def begin() -> ResponseReturnValue:
    """The button on an order's page leads to its form."""
    return redirect(url_for(".order", key=_sent("order_id")))


@remake_desk.post("/rework/begin")
def begin_rework() -> ResponseReturnValue:
    """The button on a process's page leads to its form."""
    return redirect(url_for(".track", key=_sent("track_id")))


@remake_desk.route("/remakes/order/<int:key>", methods=("GET", "POST"))
def order(key: int) -> ResponseReturnValue:
    """Ask why and what; then the new draft opens, with teeth and connectors as they were."""
    old = _row(LabOrder, key, may_remake())
    if not may_touch("create", old):
        abort(403)
    asks = [
        _choice("kind", gettext("What is done"), KINDS),
        _causes(),
        _choice("detected_at", gettext("Noticed at"), DETECTED_AT, "seating"),
    ]
    if can("create", Remake, "cost_bearer"):
        asks.append(_choice("cost_bearer", gettext("Cost bearer"), COST_BEARERS))
    help_text = gettext(
        "A new draft begins, with the same teeth and connectors. The old order stays."
    )
    if request.method == "POST":
        try:
            made = remake(
                old.id,
                _sent("cause"),
                request.form.get("kind", ""),
                by=_me(),
                now=utcnow(),
                text=_words(),
                detected_at=request.form.get("detected_at", "seating"),
                cost_bearer=_cost_bearer(),
            )
        except Refused as error:
            return _page(old, gettext("Make again"), help_text, asks, error)
        flash(gettext("A new draft is begun. Check it, then register it."), "good")
        return redirect(url_for("lab_order.details_view", id=made.id))
    return _page(old, gettext("Make again"), help_text, asks)


@remake_desk.route("/rework/track/<int:key>", methods=("GET", "POST"))
def track(key: int) -> ResponseReturnValue:
    """Ask whereto and why; then the process stands there, and its checks are made anew."""
    row = _row(Track, key, may_rework())
    if not card_rights.cards_within(CardStep, "create", [row.card_id]):
        abort(403)
    stages = {str(stage.id): row_name(stage.name) for stage in ways_back(row.card)}
    asks = [_choice("stage", gettext("Back to"), stages), _causes()]
    help_text = gettext("The work stands there again; what was ticked from there on is undone.")
    if request.method == "POST":
        told: dict[str, Any] = {"text": _words(), "seen": _sent("seen")}
        try:
            rework(row.card_id, _sent("stage"), _sent("cause"), by=_me(), now=utcnow(), **told)
        except Refused as error:
            return _page(row, gettext("Send back"), help_text, asks, error)
        flash(gettext("Sent back. What was ticked from there on is checked again."), "good")
        return redirect(url_for("track.details_view", id=row.id))
    return _page(row, gettext("Send back"), help_text, asks)


def _page(
    row: Any, heading: str, help_text: str, asks: list[Any], error: Refused | None = None
) -> Any:
    note_record("form", row)
    told = render_template(
        "orders/remake.html",
        heading=heading,
        help=help_text,
        title=name_of(row),
        back=url_for(f"{row._meta.table_name}.details_view", id=row.id),
        asks=asks,
        text=request.form.get("text", ""),
        seen=row.card.step_count,
        error=in_words(error) if error else None,
    )
    return (told, 422) if error else told


def _choice(name: str, label: str, words: dict[str, str], first: str = "") -> dict[str, Any]:
    chosen = request.form.get(name, first)
    options = [(code, gettext(word), code == chosen) for code, word in words.items()]
    return {"name": name, "label": label, "options": options}


def _causes() -> dict[str, Any]:
    """Causes in use, by their codes, with an empty line first: nothing is guessed here."""
    found = scoped(RemakeCause).where(RemakeCause.ended_on.is_null()).order_by(RemakeCause.code)
    chosen = request.form.get("cause")
    options = [(str(c.id), f"{c.code} · {row_name(c.name)}", str(c.id) == chosen) for c in found]
    return {"name": "cause", "label": gettext("Cause"), "options": [("", "", False), *options]}


def _row(model: type[Model], key: int, allowed: bool) -> Any:
    if not allowed or not can("read", model):
        abort(403)
    return scoped(model).where(model._meta.primary_key == key).first() or abort(404)


def _me() -> int:
    person = current_person()
    return person.staff_id if person else abort(401)


def _sent(name: str) -> int:
    return number_in(request.form.get(name)) or 0


def _words() -> str | None:
    return request.form.get("text", "").strip()[:300] or None


def _cost_bearer() -> str:
    may = can("create", Remake, "cost_bearer")
    return request.form.get("cost_bearer", "lab") if may else "lab"
