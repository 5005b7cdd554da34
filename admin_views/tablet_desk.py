"""Shared tablets for whoever looks after them: enrol this one, revoke one, open what is locked."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, make_response, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.by_name import BY_NAME
from admin_views.people import current_person, forget
from admin_views.policy import can, granted, may_touch, scope, scoped
from admin_views.sentences import in_words
from admin_views.tablet import keep_cookie, this_tablet
from admin_views.typed import Typed
from schema.base import utcnow
from schema.staff import Location, Staff
from schema.tablets import MOST_OF_A_PERSON, MOST_OF_A_TABLET, SharedDevice, StaffPin
from schema.workflow import Refused
from schema.workflow.pins import open_pin
from schema.workflow.sign_in import sign_out
from schema.workflow.tablets import enrol, open_tablet, revoke

MINUTES = (1, 2, 3, 5, 10, 15, 30)
USUAL = 2


def open_here() -> bool:
    """Whether the person at the screen looks after shared tablets."""
    return can("read", SharedDevice) and granted("create", SharedDevice, "name")


class TabletDesk(BaseView):
    """The tablets of one's locations; enrolling happens on the tablet itself."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """The tablets and the locked PINs; a form that makes this very browser a tablet."""
        typed = Typed(request.form)
        if request.method == "POST":
            made = self._enrolled(typed)
            if made is not None:
                return made
        return self._draw(typed), 422 if typed.mistakes else 200

    @expose("/<int:key>/<act>", methods=("POST",))
    def act(self, key: int, act: str) -> Any:
        """Revoke a tablet, or let people try PINs on it again."""
        device = _editable(SharedDevice, key)
        try:
            if act == "revoke":
                revoke(device.id, now=utcnow())
                words = gettext("Revoked: %(name)s. Nobody signs in there.", name=device.name)
            elif act == "open":
                open_tablet(device.id)
                words = gettext("Open again: %(name)s", name=device.name)
            else:
                abort(404)
            flash(words, "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".index"))

    @expose("/pin/<int:key>/open", methods=("POST",))
    def open_pin(self, key: int) -> Any:
        """Open the locked PIN of a person."""
        pin = _editable(StaffPin, key)
        try:
            open_pin(pin.id)
            flash(gettext("Open again: %(name)s", name=_name(pin.staff)), "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".index"))

    def _enrolled(self, typed: Typed) -> Response | None:
        """This browser is a tablet from now on, and whoever enrolled it is signed out on it."""
        person = current_person() or abort(401)
        name = typed.column("name", SharedDevice.name, needed=True)
        places = {str(key): place for key, place in _places()}
        where = typed.choice("location", places)
        minutes = typed.choice("minutes", {str(one): "" for one in MINUTES})
        if typed.mistakes or name is None:
            return None
        try:
            _, token = enrol(name, int(where), int(minutes), by=person.staff_id, now=utcnow())
        except Refused as refusal:
            typed.wrong("name", refusal)
            return None
        sign_out(person.get_id(), utcnow())
        forget()
        return keep_cookie(make_response(redirect("/tablet/")), token)

    def _draw(self, typed: Typed) -> str:
        here = this_tablet()
        return str(
            self.render(
                "tablet/desk.html",
                typed=typed,
                devices=list(_devices()),
                most=MOST_OF_A_TABLET,
                locked=[(pin, _name(pin.staff)) for pin in _locked_pins()],
                places=_places(),
                minutes=MINUTES,
                usual=USUAL,
                here=here.id if here is not None else None,
            )
        )


def _devices() -> Any:
    rows = scoped(SharedDevice, SharedDevice, Location, Staff)
    rows = rows.join(Location).switch(SharedDevice).join(Staff)
    return rows.order_by(SharedDevice.ended_on.is_null(False), Location.name, SharedDevice.name)


def _locked_pins() -> list[StaffPin]:
    if not granted("edit", StaffPin, "staff"):
        return []
    rows = scoped(StaffPin, StaffPin, Staff).join(Staff)
    shut = (StaffPin.wrong_tries >= MOST_OF_A_PERSON) & StaffPin.ended_on.is_null()
    return list(rows.where(shut).order_by(*BY_NAME))


def _places() -> list[tuple[int, str]]:
    """The open locations where the person may enrol a tablet."""
    person = current_person()
    found = Location.select().where(Location.ended_on.is_null()).order_by(Location.name)
    if scope(SharedDevice, "create") is not None:
        found = found.where(Location.id == (person.location_id if person else None))
    return [(one.id, one.name) for one in found]


def _editable(model: type[SharedDevice] | type[StaffPin], key: int) -> Any:
    column = "name" if model is SharedDevice else "staff"
    row = scoped(model).where(model.id == key).first() or abort(404)
    if not granted("edit", model, column) or not may_touch("edit", row):
        abort(403)
    return row


def _name(staff: Staff) -> str:
    return f"{staff.first_name} {staff.last_name}"
