"""A form as a page: filled from the row, cut to the person's rights, names looked up in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from flask import request, url_for
from flask_admin.form import BaseForm
from flask_admin.helpers import get_form_data
from flask_babel import gettext
from peewee import ForeignKeyField, Model
from werkzeug.datastructures import MultiDict
from wtforms import Field

from admin_views.beginning import beginning_of
from admin_views.columns import supertype_of
from admin_views.composed import answers, rows_made
from admin_views.drawn import drawn_once
from admin_views.form_groups import groups_of
from admin_views.inlines import (
    InlineRows,
    child_values,
    children_of,
    inline_tables,
    problems_in,
    prune_columns,
    prune_inlines,
)
from admin_views.inputs import PickerField
from admin_views.last_change import last_change
from admin_views.menu import crumbs_of
from admin_views.own_records import own_data, own_form
from admin_views.pickers import ways_for
from admin_views.policy import can, scoped
from admin_views.searching import whose
from admin_views.seeing import SEEN, seal, whose_form
from admin_views.titles import TitleBook, name_of
from admin_views.work_needs import work_needs
from admin_views.writing import CARD
from schema.base import option, table_name
from schema.database import is_sqlite


def row_for_form(model: type[Model], key: int) -> Model | None:
    """The row, with its card when it has one, in one question."""
    above = supertype_of(model)
    parts = [model] if above is None else [model, above.rel_model]
    text, values = _row_text(model, whose(), is_sqlite())
    fields = [field for part in parts for field in part._meta.sorted_fields]
    found = answers(text, (*values, key), fields)
    if not found:
        return None
    row, *cards = rows_made(parts, found[0])
    if above is not None:
        row.__rel__[above.name] = cards[0]
    return row


@drawn_once
def _row_text(model: type[Model], person: Any, sqlite: bool) -> tuple[str, list[Any]]:
    """The statement for one row; its last value is the key. `person`: scopes say who is asking."""
    above, query = supertype_of(model), scoped(model)
    if above is not None:
        query = scoped(model, model, above.rel_model).join(
            above.rel_model, on=above == above.rel_model._meta.primary_key
        )
    text, values = query.where(model._meta.primary_key == 0).sql()
    return text, values[:-1]


def build_form(
    model: type[Model],
    kind: type[BaseForm],
    row: Model | None,
    submitted: bool = True,
    names: bool = True,
    is_new: bool | None = None,
    sent: MultiDict | None = None,
) -> BaseForm:
    """A form for `row` (None: a new one, unless told) with only what this person may write.

    It holds what the request sent, unless `sent` gives other values or `submitted` says no.
    """
    data = _data(model, row)
    is_new = row is None if is_new is None else is_new
    kind = own_form(kind, model, row)
    given = get_form_data() if submitted and sent is None else sent
    form = kind(given, data=data)
    prune_columns(form, model, is_new=is_new)
    prune_inlines(form, model)
    prune_card(form, model, is_new=is_new)
    if names:
        name_pickers(form, model, row)
    return form


def lookups_of(form: BaseForm, model: type[Model]) -> dict[str, ForeignKeyField]:
    """The reference columns that the pickers of a form look up, those of new rows included."""
    return {field.lookup: field.column for field in _pickers(form, spare=True, model=model)}


def _data(model: type[Model], row: Model | None) -> dict[str, Any]:
    if row is None:
        return beginning_of(model)
    data = dict(row.__data__)
    above = supertype_of(model)
    if above is not None:
        card = getattr(row, above.name)
        data |= {f"{CARD}{name}": value for name, value in card.__data__.items()}
    for name, _, child in children_of(model):
        if can("read", child):
            data[name] = child_values(name, model, row)
    return data | own_data(model, row)


def prune_card(form: BaseForm, model: type[Model], is_new: bool) -> None:
    above = supertype_of(model)
    if above is None:
        return
    verb = "create" if is_new else "edit"
    for name in [f.short_name for f in form if f.short_name.startswith(CARD)]:
        column = name.removeprefix(CARD)
        kept = column == "row_version" or can("edit", above.rel_model, column)
        if column == "pipeline":
            ways = ways_for(option(model, "kind")) if is_new else {"": []}
            form[name].options = lambda _, ways=ways: ways
            kept = len(ways[""]) > 1 and can("create", model)
        if not kept or not can(verb, model):
            del form[name]


def _pickers(form: BaseForm, spare: bool, model: type[Model]) -> Iterator[PickerField]:
    """Every picker of the form; with `spare`, also those of rows that are not there yet."""
    for field in form:
        if isinstance(field, InlineRows):
            entries = list(field.entries)
            if spare:
                empty = field.unbound_field.bind(form=None, name="spare", _meta=form.meta)
                empty.process(None)
                prune_columns(empty.form, field.child, is_new=can("create", field.child))
                entries = [empty]
            for entry in entries:
                yield from _pickers(entry.form, spare, field.child)
        elif isinstance(field, PickerField):
            yield field


def name_pickers(form: BaseForm, model: type[Model], row: Model | None) -> None:
    """Look up the names of all chosen rows, one question for each table."""
    pickers = list(_pickers(form, spare=False, model=model))
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for picker in pickers:
        if picker.data is not None:
            wanted[picker.target].add(picker.data)
    book = TitleBook()
    book.learn(wanted)
    for picker in pickers:
        picker.lookup_url = _lookup_url(model, picker, row)
        picker.shown = book.name(picker.target, picker.data) or picker.shown
        picker.known = picker.data is None or bool(picker.shown)


def _lookup_url(model: type[Model], picker: PickerField, row: Model | None) -> str:
    """Where a picker asks; one of a child row says whose child, so that its choices fit."""
    child = picker.column.model
    parent: dict[str, Any] = {
        key.name: row._pk if row else 0 for _, key, other in children_of(model) if other is child
    }
    return url_for(f"{table_name(model)}.ajax_lookup", name=picker.lookup, **parent)


def form_page(
    model: type[Model],
    form: BaseForm,
    row: Model | None,
    problems: list[tuple[Field | None, str]],
    view: dict[str, Any],
) -> dict[str, Any]:
    """What the form template shows."""
    what = view["singular"][:1].lower() + view["singular"][1:]
    title = name_of(row) if row is not None else gettext("New %(thing)s", thing=what)
    back = url_for(".details_view", id=row._pk) if row is not None else view["list_url"]
    general = [(None, words) for field, words in problems if field is None]
    return {
        "view": view,
        "form": form,
        "title": title,
        "groups": groups_of(model, form),
        "hidden_fields": [f for f in form if f.short_name.endswith("row_version")],
        "seen": seen_in(form, row) if row is not None else None,
        "inlines": _named_inlines(form, model, row),
        "errors": [*general, *problems_in(form)] if request.method == "POST" else [],
        "is_new": row is None,
        "work_needs": work_needs(model),
        "return_url": back,
        "last_change": last_change(row) if row is not None else None,
        "crumbs": [*crumbs_of(model), *([(title, back)] if row is not None else [])],
    }


def seen_in(form: BaseForm, row: Model) -> str:
    """The sealed values of a form when it was opened; what was sent brings its own."""
    return request.form.get(SEEN, "") if request.method == "POST" else seal(form, whose_form(row))


def _named_inlines(form: BaseForm, model: type[Model], row: Model | None) -> list[dict[str, Any]]:
    tables = inline_tables(form, model)
    for table in tables:
        for field in table["template_row"]["cells"]:
            if isinstance(field, PickerField):
                field.lookup_url = _lookup_url(model, field, row)
    return tables
