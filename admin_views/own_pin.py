"""One's own PIN for shared tablets: set, changed, opened again and ended with one's password."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from admin_views.people import current_person
from admin_views.policy import granted
from admin_views.sentences import in_words
from schema.base import utcnow
from schema.staff import Staff
from schema.tablets import StaffPin
from schema.workflow import Refused
from schema.workflow.pins import end_own_pin, is_locked, open_own_pin, pin_of, set_pin
from schema.workflow.throttle import TooManyTries

own_pin = Blueprint("own_pin", __name__)


def may_have_pin() -> bool:
    """Whether the person at the screen may sign in on shared tablets."""
    return granted("create", StaffPin, "staff")


@own_pin.route("/my-pin", methods=["GET", "POST"])
def show() -> ResponseReturnValue:
    """Set or change the PIN; a locked one is opened, and any is ended, by its own button."""
    person = current_person() or abort(401)
    if not may_have_pin():
        abort(403)
    staff = Staff.get_by_id(person.staff_id)
    if request.method == "GET":
        return _page(staff)
    try:
        flash(_do(staff), "good")
    except Refused as refusal:
        code = 429 if isinstance(refusal, TooManyTries) else 422
        return _page(staff, in_words(refusal)), code
    return redirect(url_for(".show"))


def _do(staff: Staff) -> str:
    """What was asked for, and the words that tell that it is done."""
    password, where = request.form.get("password", ""), request.remote_addr or ""
    act = request.form.get("act")
    if act == "open":
        open_own_pin(staff, password, address=where, now=utcnow())
        return gettext("Your PIN is open again.")
    if act == "end":
        end_own_pin(staff, password, address=where, now=utcnow())
        return gettext("Your PIN is ended. Your name is gone from the tablets.")
    pin = request.form.get("pin", "")
    if pin != request.form.get("again", ""):
        raise Refused("The two PINs differ. Type the same one twice.")
    set_pin(staff, password, pin, address=where, now=utcnow())
    return gettext("Your PIN is set. Sign in with it on the shared tablets of your location.")


def _page(staff: Staff, error: str | None = None) -> str:
    pin = pin_of(staff)
    locked = pin is not None and is_locked(pin)
    return render_template("tablet/own_pin.html", pin=pin, locked=locked, error=error, staff=staff)
