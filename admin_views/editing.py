"""The edit form of one record: kept, refused in words, or merged with what another person kept."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import expose
from flask_admin.form import BaseForm
from flask_admin.helpers import is_form_submitted
from flask_babel import gettext
from peewee import Model

from admin_views.form_pages import build_form, form_page
from admin_views.last_change import last_change
from admin_views.menu import crumbs_of
from admin_views.merging import has_open_choices, merge_page, with_choices
from admin_views.policy import may_touch
from admin_views.reading import note_record
from admin_views.seeing import whose_form
from admin_views.titles import name_of
from admin_views.writing import Keeper


class Editing:
    """The edit form of a view."""

    model: type[Model]
    form_class: Any
    can_edit: Any
    edit_template: str
    get_one: Any
    get_url: Any
    render: Any
    words: Any
    _row_or_404: Any
    _page_of: Any

    @expose("/edit/", methods=("GET", "POST"))
    def edit_view(self) -> Any:
        if not self.can_edit:
            abort(403)
        row = self._row_or_404()
        if not may_touch("edit", row):
            abort(403)
        is_open = has_open_choices(request.form)
        sent = request.form if is_open else with_choices(request.form, whose_form(row))
        form = build_form(
            self.model, self.form_class, row, sent=sent if is_form_submitted() else None
        )
        keeper = Keeper(self.model, form)
        if is_form_submitted() and not is_open and form.validate() and keeper.update(row):
            flash(gettext("Saved: %(name)s", name=name_of(row)), "good")
            return redirect(self._page_of(row))
        now = self.get_one(row._pk) if is_open or keeper.is_stale else None
        if now is not None and may_touch("edit", now):
            note_record("form", now)
            page = merge_page(self.model, self.form_class, now, form, sent)
            return self.render("panel/merge.html", **page | self._merge_words(now)), 409
        return self._form_page(form, row, keeper)

    def _merge_words(self, row: Model) -> dict[str, Any]:
        return {
            "view": self.words(),
            "title": name_of(row),
            "who": last_change(row),
            "return_url": self._page_of(row),
            "crumbs": crumbs_of(self.model),
        }

    def _form_page(self, form: BaseForm, row: Model | None, keeper: Keeper) -> Any:
        if row is not None:
            note_record("form", row)
        page = form_page(self.model, form, row, keeper.problems, self.words())
        answer = self.render(self.edit_template, **page)
        return (answer, 422) if is_form_submitted() else answer
