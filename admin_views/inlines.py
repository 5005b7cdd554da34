"""Rows of a child table inside the form of their parent, kept in the same act."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_admin.form import BaseForm
from flask_babel import gettext, lazy_gettext
from peewee import ForeignKeyField, Model
from wtforms import FieldList, FormField

from admin_views.composed import rows_under
from admin_views.forms import form_class, form_columns
from admin_views.inputs import blank
from admin_views.near import copied_from_parent
from admin_views.numbers_in import number_in
from admin_views.policy import can, scope, scoped
from schema.base import inside, label, option, table_name

MOST_ROWS, MOST_READ = 100, 300
HIDDEN = ("id", "row_version")


class InlineRows(FieldList):
    """One list of child rows; blank new rows are left out, rows of other parents are refused."""

    child: type[Model]
    parent_key: ForeignKeyField

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, self._beside(formdata, data or ()), extra_filters)

    def _beside(self, formdata: Any, data: Any) -> Any:
        """What each sent row was, found by its key: WTForms would take the one at its place."""
        if not formdata:
            return data
        known = {str(row.get("id")): row for row in data}
        places = sorted(set(self._extract_indices(self.name, formdata)))
        return [known.get(formdata.get(f"{self.name}-{place}-id"), {}) for place in places]

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """WTForms takes «²» and numbers of thousands of digits for the place of a row."""
        for name in formdata:
            if name.startswith(f"{prefix}-"):
                place = number_in(name[len(prefix) + 1 :].split("-", 1)[0])
                if place is not None:
                    yield place

    def filled(self) -> Iterator[FormField]:
        """The rows that were there before or in which something was typed."""
        for entry in self.entries:
            if entry.form["id"].data or not blank(entry.form):
                yield entry

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        self.errors = []
        good = [entry.validate(form) for entry in self.filled()]
        if not all(good):
            self.errors = [gettext("Some rows need a look.")]
        if len(good) > MOST_ROWS:
            self.errors.append(gettext("At most %(most)d rows fit into one form.", most=MOST_ROWS))
        return not self.errors

    def populate_obj(self, obj: Any, name: str) -> None:
        """Child rows are written by the act that writes their parent."""


def children_of(model: type[Model]) -> Iterator[tuple[str, ForeignKeyField, type[Model]]]:
    """The inlined child tables: back reference name, the child's key to the parent, the child."""
    backs = {fk.backref: (fk, child) for fk, child in model._meta.backrefs.items()}
    for name in option(model, "inlines", ()):
        key, child = backs[name]
        yield name, key, child


def inline_fields(model: type[Model], view: Any) -> dict[str, Any]:
    """A field for each inlined child table, to be added to the parent's form class."""
    found = {}
    for name, key, child in children_of(model):
        known = {key.name, *(name for name, _ in copied_from_parent(child, key))}
        columns = ["id", *(c for c in form_columns(child) if c not in known)]
        form = form_class(child, view, columns, prefix=f"{table_name(child)}.")
        found[name] = _rows_class(child, key)(
            FormField(form, separator="-"), label=lazy_gettext(inside(child)), max_entries=MOST_READ
        )
    return found


def _rows_class(child: type[Model], key: ForeignKeyField) -> type[InlineRows]:
    return type("InlineRows", (InlineRows,), {"child": child, "parent_key": key})


def child_values(field_name: str, model: type[Model], row: Model) -> list[dict[str, Any]]:
    """The present child rows as form data, in the order they were made."""
    for name, key, child in children_of(model):
        if name == field_name:
            if scope(child) is None:
                return rows_under(key, row._pk, MOST_ROWS)
            query = scoped(child).where(key == row._pk).order_by(child._meta.primary_key)
            return list(query.limit(MOST_ROWS).dicts())
    return []


def prune_inlines(form: BaseForm, model: type[Model]) -> None:
    """Take away the child tables and columns that the person may not write."""
    for name, _, child in list(children_of(model)):
        if name not in form:
            continue
        if not (can("create", child) or can("edit", child)):
            del form[name]
            continue
        for entry in form[name].entries:
            prune_columns(entry.form, child, is_new=not entry.form["id"].data)


def prune_columns(form: BaseForm, model: type[Model], is_new: bool) -> None:
    """Take away the columns that the person may not write, and the end of what only begins."""
    verb = "create" if is_new else "edit"
    ends = (option(model, "ends"), *option(model, "later", ())) if is_new else ()
    given = (*option(model, "numbered", ()), *option(model, "coded_from", {}))
    for name in [field.short_name for field in form]:
        column = model._meta.fields.get(name)
        if column is None or name in HIDDEN:
            continue
        if name in given and not is_new:
            form[name].description = gettext(column.help_text or "")
        if name in ends or not can(verb, model, column):
            del form[name]


def inline_tables(form: BaseForm, model: type[Model]) -> list[dict[str, Any]]:
    """The inlined tables as the template draws them."""
    tables = []
    for name, _, child in children_of(model):
        if name not in form:
            continue
        rows = form[name]
        spare = rows.unbound_field.bind(form=None, name=f"{name}-__INDEX__", _meta=form.meta)
        spare.process(None)
        prune_columns(spare.form, child, is_new=can("create", child))
        columns = _columns(child, spare, *rows.entries)
        tables.append(
            {
                "label": rows.label.text,
                "prefix": name,
                "header": [gettext(label(child._meta.fields[name])) for name in columns],
                "rows": [_row(entry, columns) for entry in rows.entries],
                "template_row": _row(spare, columns),
                "can_add": can("create", child),
            }
        )
    return tables


def _columns(child: type[Model], *rows: FormField) -> list[str]:
    """The columns that any of the rows has: an old one may have an end, a new one has none."""
    held = {field.short_name for row in rows for field in row.form}.difference(HIDDEN)
    return [name for name in form_columns(child) if name in held]


def _row(entry: FormField, columns: list[str]) -> dict[str, Any]:
    return {
        "hidden": [f for f in entry.form if f.short_name in HIDDEN],
        "cells": [entry.form._fields.get(name) for name in columns],
        "new": not entry.form["id"].data,
        "url": None,
    }


def problems_in(form: BaseForm) -> list[tuple[str | None, str]]:
    """Every mistake of a form with the field it stands at, rows of children included."""
    found: list[tuple[str | None, str]] = []
    for field in form:
        if isinstance(field, InlineRows):
            inside = [
                one for place, row in enumerate(field, 1) for one in _in_row(field, place, row)
            ]
            found += inside or [(None, f"{field.label.text}: {word}") for word in field.errors]
        else:
            said = [word for word in field.errors if not isinstance(word, list | dict)]
            found += [(field.id, f"{field.label.text}: {word}") for word in said]
    return found


def _in_row(rows: InlineRows, place: int, row: FormField) -> Iterator[tuple[str | None, str]]:
    """The mistakes of one row, which say in which row of which list they are."""
    name, number = rows.label.text, place
    for field_id, words in problems_in(row.form):
        yield (
            field_id,
            gettext("%(list)s, row %(number)s: %(words)s", list=name, number=number, words=words),
        )
