"""The doors: signing in and out, one's password, one's sessions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from admin_views.devices import device_text
from admin_views.numbers_in import number_in
from admin_views.people import TABLET_COOKIE, Person, current_person, forget, remember
from admin_views.safety import safe_next
from admin_views.sentences import in_words
from admin_views.tablet_limits import at_tablet
from schema.base import utcnow
from schema.staff import Role, Staff
from schema.workflow import Refused, own_password
from schema.workflow import sign_in as verbs
from schema.workflow.throttle import TooManyTries

signing_in = Blueprint("signing_in", __name__)
signing_in.add_app_template_filter(device_text, "device")


@signing_in.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for e-mail and password; go on to where the person wanted to go."""
    if current_person() and not at_tablet():
        return redirect(safe_next(request.values.get("next")))
    if request.method == "GET":
        if not Staff.select().exists():
            return redirect(url_for("first_run.begin"))
        return render_template("signing_in/sign_in.html", typed=request.args)
    before = current_person()
    try:
        token = verbs.sign_in(_typed("email"), _typed("password"), *_where(), utcnow())
        if before:
            verbs.sign_out(before.get_id(), utcnow())
        remember(token)
    except Refused as error:
        return _again("signing_in/sign_in.html", error)
    return redirect(safe_next(request.form.get("next")))


@signing_in.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this session; the page that follows tells the browser to forget what it kept."""
    verbs.sign_out(_me().get_id(), utcnow())
    forget()
    # On a shared tablet the storage holds what others tapped and could not send yet.
    shared = TABLET_COOKIE in request.cookies
    answer = redirect(url_for("tablet.names" if shared else "signing_in.sign_in"))
    answer.headers["Clear-Site-Data"] = '"cache"' if shared else '"cache", "storage"'
    return answer


@signing_in.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """Change one's own password."""
    if request.method == "GET":
        return render_template("signing_in/password.html", typed={})
    me, (address, _) = _me(), _where()
    try:
        _refuse_difference()
        own_password.change_password(
            Staff.get_by_id(me.staff_id),
            _typed("current"),
            _typed("password"),
            address=address,
            sign_in_id=me.sign_in_id,
            now=utcnow(),
        )
    except Refused as error:
        return _again("signing_in/password.html", error)
    flash(gettext("Your password is changed. Your other devices are signed out."), "success")
    return redirect(url_for("signing_in.sign_ins"))


@signing_in.route("/password/<token>", methods=["GET", "POST"])
def use_link(token: str) -> ResponseReturnValue:
    """Set a password by a link from an admin; looking at the link does not use it up."""
    try:
        own_password.find_link(token, utcnow())
    except Refused as error:
        return render_template("signing_in/link_over.html", error=in_words(error)), 404
    if request.method == "GET":
        return render_template("signing_in/link.html")
    try:
        _refuse_difference()
        own_password.use_password_link(token, _typed("password"), utcnow())
    except Refused as error:
        return _again("signing_in/link.html", error)
    forget()
    flash(gettext("Your password is set. Sign in with it."), "success")
    return redirect(url_for("signing_in.sign_in"))


@signing_in.get("/me/sign-ins")
def sign_ins() -> ResponseReturnValue:
    """Where am I signed in?"""
    me = _me()
    sessions = verbs.live_sessions(me.staff_id, utcnow())
    return render_template("signing_in/sign_ins.html", sessions=sessions, here=me.sign_in_id)


@signing_in.post("/me/sign-ins/end-all")
def end_all() -> ResponseReturnValue:
    """Sign out everywhere, here too."""
    verbs.sign_out_everywhere(_me().staff_id, utcnow())
    forget()
    flash(gettext("You are signed out on every device."), "success")
    return redirect(url_for("signing_in.sign_in"))


@signing_in.post("/see-as")
def see_as() -> ResponseReturnValue:
    """Look at the house with another role's rights; blank goes back to one's own."""
    if not _me().is_admin:
        abort(403)
    role = Role.get_or_none(Role.id == _number("role")) if _typed("role") else None
    verbs.look_as(_me().sign_in_id, role, utcnow())
    return redirect(safe_next(request.form.get("next")))


@signing_in.post("/password-link")
def make_link() -> ResponseReturnValue:
    """Make a link with which a person sets their own password, and show it once."""
    if not _me().is_admin:
        abort(403)
    staff = Staff.get_or_none(Staff.id == _number("staff_id")) or abort(404)
    token = own_password.make_password_link(staff, Staff.get_by_id(_me().staff_id), utcnow())
    base = current_app.config["SETTINGS"].base_url
    link = base + url_for("signing_in.use_link", token=token)
    minutes = int(own_password.LINK_LASTS.total_seconds() // 60)
    return render_template("signing_in/made_link.html", link=link, staff=staff, minutes=minutes)


def _me() -> Person:
    return current_person() or abort(401)


def _where() -> tuple[str, str]:
    return request.remote_addr or "", request.user_agent.string


def _typed(name: str) -> str:
    return request.form.get(name, "")


def _number(name: str) -> int:
    number = number_in(_typed(name))
    return abort(400) if number is None else number


def _refuse_difference() -> None:
    if _typed("password") != _typed("again"):
        raise Refused("The two new passwords differ. Type the same one twice.")


def _again(template: str, error: Refused) -> ResponseReturnValue:
    """The same page with its typed words, except passwords, and what is wrong."""
    page = render_template(template, typed=request.form, error=in_words(error))
    if not isinstance(error, TooManyTries):
        return page, 422
    headers: dict[str, Any] = {"Retry-After": str(int(error.wait.total_seconds()))}
    return Response(page, 429, headers, mimetype="text/html")
