"""The shared tablet: names, a keypad, an own short session, and giving the tablet back."""

from __future__ import annotations

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from flask import url_for as address
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from admin_views import custody_rights
from admin_views.bench import may_work
from admin_views.machines import may_run
from admin_views.own_pin import may_have_pin, own_pin
from admin_views.people import TABLET_COOKIE, current_person, forget, remember
from admin_views.policy import can
from admin_views.queue_rows import may_see_queue
from admin_views.sentences import in_words
from admin_views.tablet_limits import keep_to_the_floor
from schema.base import utcnow
from schema.orders import LabOrder
from schema.tablets import SharedDevice, StaffPin
from schema.workflow import Refused
from schema.workflow.pins import is_locked
from schema.workflow.sign_in import sign_out
from schema.workflow.tablets import find_tablet, people_at, sign_in_at

pages = Blueprint("tablet", __name__, url_prefix="/tablet")
KEPT_FOR = 400 * 24 * 60 * 60  # browsers keep no cookie for longer; each visit renews it


def install(app: Flask) -> None:
    """Add the pages, and the limits; must be installed after whatever finds the person."""
    app.before_request(keep_to_the_floor)
    for blueprint in (pages, own_pin):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(floor_pages=floor_pages, may_have_pin=may_have_pin)


@pages.get("/")
def names() -> ResponseReturnValue:
    """Who works here and has a PIN, as tiles; whoever holds the tablet goes on where they were."""
    device = this_tablet()
    if device is None:
        return _no_tablet()
    person = current_person()
    if person is not None and person.tablet_id is not None:
        return redirect(address(".floor"))
    people = people_at(device)
    page = render_template("tablet/names.html", device=device, people=people, locked=is_locked)
    return keep_cookie(make_response(page), request.cookies[TABLET_COOKIE])


@pages.get("/<int:staff>")
def keypad(staff: int) -> ResponseReturnValue:
    """The keypad of one person."""
    device = this_tablet()
    if device is None:
        return _no_tablet()
    return render_template("tablet/keypad.html", device=device, pin=_pin_here(device, staff))


@pages.post("/<int:staff>")
def sign_in(staff: int) -> ResponseReturnValue:
    """A right PIN opens an own session of that person; whoever was here before is out."""
    device = this_tablet()
    if device is None:
        return _no_tablet()
    pin, before = _pin_here(device, staff), current_person()
    try:
        token = sign_in_at(
            device,
            staff,
            request.form.get("pin", "")[:20],
            address=request.remote_addr or "",
            agent=request.user_agent.string,
            now=utcnow(),
        )
    except Refused as refusal:
        page = render_template(
            "tablet/keypad.html", device=device, pin=pin, error=in_words(refusal)
        )
        return page, 422
    if before is not None:
        sign_out(before.get_id(), utcnow())
    remember(token)
    return redirect(address(".floor"))


@pages.get("/floor")
def floor() -> ResponseReturnValue:
    """The first of the floor's pages that the person may open."""
    return redirect(next((url for _, url, _ in floor_pages()), address("scan.index")))


@pages.post("/touched")
def touched() -> ResponseReturnValue:
    """Somebody touched the page: that this was asked has kept the session alive already."""
    return "", 204


@pages.post("/back")
def back() -> ResponseReturnValue:
    """Give the tablet back: the session ends now. What waits to be sent stays on the tablet."""
    person = current_person() or abort(401)
    sign_out(person.get_id(), utcnow())
    forget()
    return redirect(address(".names"))


def floor_pages() -> list[tuple[str, str, bool]]:
    """Words, address and whether it is open now: the pages of the floor for this person."""
    floor = (
        (may_work, gettext("My bench"), "bench"),
        (may_run, gettext("Machines"), "machines"),
        (may_see_queue, gettext("Queue"), "queue"),
        (custody_rights.may_see, gettext("Components"), "custody"),
        (lambda: can("read", LabOrder), gettext("Scan"), "scan"),
    )
    return [
        (words, address(f"{name}.index"), request.blueprint == name)
        for may, words, name in floor
        if may()
    ]


def this_tablet() -> SharedDevice | None:
    """The enrolled, unrevoked tablet that this browser is."""
    token = request.cookies.get(TABLET_COOKIE)
    return find_tablet(token) if token else None


def keep_cookie(answer: Response, token: str) -> Response:
    """The word by which this browser is that tablet; no script reads it."""
    answer.set_cookie(
        TABLET_COOKIE,
        token,
        max_age=KEPT_FOR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return answer


def _pin_here(device: SharedDevice, staff: int) -> StaffPin:
    """The PIN of somebody of this tablet's location; nobody else can be tried here."""
    return next((one for one in people_at(device) if one.staff_id == staff), None) or abort(404)


def _no_tablet() -> ResponseReturnValue:
    """For a browser that is no shared tablet, or not any more."""
    answer = make_response(render_template("tablet/no_tablet.html"), 404)
    answer.delete_cookie(TABLET_COOKIE)
    return answer
