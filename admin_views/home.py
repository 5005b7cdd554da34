"""The door of the first page after signing in."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import AdminIndexView, expose

from admin_views.deeds import DEEDS
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import can, may_touch, scoped
from admin_views.sentences import in_words
from admin_views.today import today_page
from schema.base import table_name, utcnow
from schema.workflow import Refused


class Home(AdminIndexView):
    """Today: what waits for the person at the screen."""

    def is_accessible(self) -> bool:
        return current_person() is not None

    @expose("/")
    def index(self) -> str:
        person = current_person()
        assert person is not None
        return self.render("panel/home.html", **today_page(person, utcnow()))

    @expose("/do/<act>", methods=("POST",))
    def act(self, act: str) -> Any:
        """One click on a line of Today or on a record's page; the verb may refuse in words."""
        deed, person = DEEDS.get(act) or abort(404), current_person()
        if person is None or not can("read", deed.model) or not deed.may():
            abort(403)
        primary, key = deed.model._meta.primary_key, number_in(request.form.get("key")) or 0
        row = scoped(deed.model).where(primary == key).first() or abort(404)
        if not may_touch(deed.reaches, row):
            abort(403)
        try:
            flash(deed.does(row, person.staff_id), "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        table = table_name(deed.model)
        if request.form.get("from") == "today":
            return redirect(url_for(".index", _anchor=f"{table}-{key}"))
        return redirect(url_for(f"{table}.details_view", id=key))
