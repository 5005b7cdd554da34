"""Making a key for another system, shown once, and ending one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from peewee import Model

from admin_views.acts import is_admin
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.sentences import in_words
from admin_views.typed import Typed
from schema.base import utcnow
from schema.bridges import ExternalSystem
from schema.system_keys import SystemKey
from schema.workflow import Refused
from schema.workflow.system_keys import end_key, make_key

key_desk = Blueprint("key_desk", __name__)


@key_desk.post("/system-keys/make")
def make() -> ResponseReturnValue:
    """Ask where the key will be kept; then make it and show it, once."""
    staff, system = _me(), _row(ExternalSystem, "system_id")
    typed = Typed(request.form)
    if "name" not in request.form:
        return render_template("setup/key_new.html", system=system, typed=typed)
    name = typed.column("name", SystemKey.name, needed=True)
    if name:
        try:
            token = make_key(system.id, name, by=staff, now=utcnow())
        except Refused as error:
            typed.wrong("name", error)
        else:
            where = url_for("external_reports.receive", _external=True)
            return render_template(
                "setup/key_made.html", system=system, name=name, token=token, where=where
            )
    return render_template("setup/key_new.html", system=system, typed=typed), 422


@key_desk.post("/system-keys/end")
def end() -> ResponseReturnValue:
    """The key opens nothing any more."""
    staff, key = _me(), _row(SystemKey, "key_id")
    try:
        end_key(key.id, by=staff, now=utcnow())
    except Refused as error:
        flash(in_words(error), "error")
    else:
        flash(gettext("The key is ended; nothing is taken with it any more."), "good")
    return redirect(url_for("system_key.details_view", id=key.id))


def _me() -> int:
    person = current_person()
    if person is None or not is_admin():
        abort(403)
    return person.staff_id


def _row(model: type[Model], name: str) -> Any:
    key = number_in(request.form.get(name))
    return model.get_or_none(model._meta.primary_key == key) or abort(404)
