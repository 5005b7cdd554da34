"""The one view behind every table: each screen of it is drawn from the schema and the rights."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flask import abort, flash, jsonify, redirect, request
from flask_admin.base import expose
from flask_admin.contrib.peewee import ModelView
from flask_admin.form import BaseForm
from flask_admin.helpers import is_form_submitted
from flask_babel import gettext
from peewee import DataError, Expression, ForeignKeyField, Model

from admin_views.addresses import pages_of
from admin_views.asking import read_ask
from admin_views.details import details_of
from admin_views.editing import Editing
from admin_views.elsewhere import elsewhere_of
from admin_views.ending import Ending
from admin_views.exporting import export_rows
from admin_views.form_pages import build_form, lookups_of, row_for_form
from admin_views.history import History
from admin_views.lists import Lists
from admin_views.near import near_test, own_test
from admin_views.numbers_in import number_in
from admin_views.opening import list_address
from admin_views.pickers import rows_of
from admin_views.policy import can, scoped
from admin_views.reading import note_record, note_rows
from admin_views.record_forms import record_form_class
from admin_views.titles import name_of
from admin_views.writing import Keeper
from schema.base import option, plural, singular, table_name

NOT_HERE = "This record does not exist, or it is not yours to see."


class SchemaView(Lists, Editing, Ending, History, ModelView):
    """List, details, form, picker and export of one table. Nothing is deleted; ending is an act."""

    _urls: list[Any]
    can_delete = False
    column_editable_list = None
    list_template = "panel/list.html"
    create_template = edit_template = "panel/form.html"
    details_template = "panel/details.html"

    def __init__(self, model: type[Model]) -> None:
        super().__init__(model, name=plural(model), endpoint=table_name(model), url=_url(model))
        pages = pages_of(model)
        self._urls = [rule for rule in self._urls if rule[1] in pages]

    # What Flask-Admin would work out by itself at the start is derived per request instead.
    can_create = property(lambda self: can("create", self.model))
    can_edit = property(lambda self: can("edit", self.model))
    can_export = property(lambda self: can("export", self.model))
    can_view_details = True

    def _refresh_cache(self) -> None:
        self._form_ajax_refs: dict[str, Any] = {}
        self._actions: list[Any] = []
        self._actions_data: dict[str, Any] = {}
        self.__dict__.pop("form_class", None)

    @cached_property
    def form_class(self) -> type[BaseForm]:
        """Made when the first form is shown: a hundred of them would slow the start down."""
        return record_form_class(self.model, self)

    def is_accessible(self) -> bool:
        return can("read", self.model)

    def _run_view(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        """Without Flask-Admin's second try, which hides every TypeError behind another one."""
        return fn(self, *args, **kwargs)

    def words(self) -> dict[str, Any]:
        """What every page of this table says about it."""
        return {
            "plural": gettext(plural(self.model)),
            "singular": gettext(singular(self.model)),
            "help": gettext(option(self.model, "help", "")),
            "can_create": self.can_create,
            "can_edit": self.can_edit,
            "can_export": self.can_export,
            "endpoint": self.endpoint,
            "list_url": list_address(self.model),
            "elsewhere": elsewhere_of(self.model),
        }

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> Any:
        if not self.can_create:
            abort(403)
        form = build_form(self.model, self.form_class, None)
        keeper = Keeper(self.model, form)
        if is_form_submitted() and form.validate():
            row = keeper.create()
            if row is not None:
                flash(gettext("Saved: %(name)s", name=name_of(row)), "good")
                if "_add_another" in request.form:
                    return redirect(request.full_path)
                return redirect(self._page_of(row))
        return self._form_page(form, None, keeper)

    @expose("/details/")
    def details_view(self) -> str:
        row = self._row_or_404()
        note_record("detail", row)
        page = details_of(self.model, row, self.words())
        return self.render(self.details_template, **page)

    @expose("/export/<export_type>/")
    def export(self, export_type: str) -> Any:
        if not self.can_export or export_type not in ("csv", "xlsx"):
            abort(403)
        return export_rows(self.model, read_ask(self.model, request.args), export_type)

    @expose("/ajax/lookup/")
    def ajax_lookup(self) -> Any:
        """Rows to choose from, for one reference column of this form."""
        column = self._lookup_column(request.args.get("name", ""))
        if column is None:
            abort(404)
        offset = number_in(request.args.get("offset")) or 0
        query = request.args.get("query", "")[:100]
        found = rows_of(column.rel_model, query, offset, near=self._fitting(column))
        note_rows("search", column.rel_model, [key for key, *_ in found])
        return jsonify(found)

    def _fitting(self, column: ForeignKeyField) -> Expression | None:
        """True for rows that fit to the rest of the form and that one may write; None for all."""
        near = near_test(column, request.args)
        own = own_test(column) if column.model is self.model else None
        return near if own is None else own if near is None else near & own

    def _lookup_column(self, name: str) -> ForeignKeyField | None:
        """A reference of the form that this person may write."""
        if not (self.can_create or self.can_edit):
            abort(403)
        form = build_form(
            self.model,
            self.form_class,
            None,
            submitted=False,
            names=False,
            is_new=self.can_create,
        )
        return lookups_of(form, self.model).get(name)

    def delete_view(self) -> Any:
        abort(404)

    def ajax_update(self) -> Any:
        abort(404)

    def _row_or_404(self, key: str | None = None) -> Any:
        row = self.get_one(key if key is not None else request.args.get("id"))
        if row is None:
            abort(404, gettext(NOT_HERE))
        return row

    def get_query(self) -> Any:
        return scoped(self.model)

    def get_one(self, key: Any) -> Any:
        """The row with this key, when it is in the person's scope; else None."""
        number = number_in(key)
        if number is None:
            return None
        try:
            return row_for_form(self.model, number)
        except DataError:
            return None

    def _page_of(self, row: Model) -> str:
        return self.get_url(".details_view", id=row._pk)


def _url(model: type[Model]) -> str:
    return f"/{table_name(model).replace('_', '-')}"
