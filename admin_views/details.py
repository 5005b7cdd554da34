"""One record to read: its columns by group, its child rows, and where to go from here."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import ForeignKeyField, Model

from admin_views.acts import acts_on
from admin_views.asking import Ask
from admin_views.card_rights import may_see_cards
from admin_views.cells import cell_maker
from admin_views.columns import Column, fixed_columns, readable, shown_columns, supertype_of
from admin_views.elsewhere import ways_on
from admin_views.filters import Filter
from admin_views.finding import page_of
from admin_views.history import tabs_of
from admin_views.last_change import last_change
from admin_views.listing import learn_names, table_of
from admin_views.menu import SELDOM, crumbs_of
from admin_views.order_state import missing_of, ways_of
from admin_views.own_records import own_facts
from admin_views.policy import can, may_touch
from admin_views.reading import note_rows
from admin_views.titles import name_of
from admin_views.warned import warnings_of
from schema.base import Act, inside, label, option, table_name
from schema.cards import Card
from schema.health import health_paths

MOST_CHILDREN = 10
Key = tuple[ForeignKeyField, type[Model]]


def details_of(model: type[Model], row: Model, view: dict[str, Any]) -> dict[str, Any]:
    """What the details template shows."""
    ends = option(model, "ends")
    may_edit = view["can_edit"] and may_touch("edit", row)
    may_end = (
        may_edit
        and ends
        and ends.endswith("_on")
        and not issubclass(model, Act)
        and can("edit", model, ends)
        and row.__data__.get(ends) is None
    )
    return {
        "view": view,
        "title": name_of(row),
        "row_id": row._pk,
        "warnings": warnings_of(row),
        "groups": _groups(model, row),
        "children": sorted(_told_once(list(_children(model, row))), key=lambda one: one["place"]),
        "edit_url": url_for(".edit_view", id=row._pk) if may_edit else None,
        "end_url": url_for(".end_view", id=row._pk) if may_end else None,
        "end_label": gettext("End"),
        "way_url": _way_url(model, row),
        "acts": acts_on(row),
        "ways": [*ways_on(row), *ways_of(row)],
        "missing": missing_of(row),
        "tabs": tabs_of(row, "details_view"),
        "last_change": last_change(row),
        "crumbs": crumbs_of(model),
    }


def _way_url(model: type[Model], row: Model) -> str | None:
    """The page of the card that a record is or stands on."""
    above = supertype_of(model)
    key = row._pk if model is Card else above and getattr(row, above.column_name)
    return url_for("card_page.page", key=key) if key and may_see_cards() else None


def _groups(model: type[Model], row: Model) -> list[tuple[str | None, list[tuple]]]:
    """The facts under their headings; headings under which nothing is known stay away."""
    shown, known = facts_by_name(model, row)
    groups: list[tuple[str | None, list[tuple]]] = []
    for heading, names in option(model, "groups", ()):
        facts = [shown.pop(name) for name in names if name in shown]
        groups += [(gettext(heading), facts)] if known.intersection(names) else []
    above, own = supertype_of(model), own_facts(model, row)
    if above is not None:  # how a work stands comes before what it is
        card = [shown.pop(name) for name in list(shown) if name.startswith(f"{above.name}.")]
        groups = [(gettext("On its way"), card), *groups] if card else groups
    groups += [(None, list(shown.values()))] if known.intersection(shown) else []
    return [*groups, (gettext("Further details"), own)] if own else groups


def facts_by_name(model: type[Model], row: Model) -> tuple[dict[str, tuple], set[str]]:
    """Label, value and help of each readable column, and the names of those that hold something."""
    columns = readable(tuple(fixed_columns(model).values()))
    values = [_value(column, row) for column in columns]
    book = learn_names(columns, [(row._pk, *values)])
    known = {c.name for c, value in zip(columns, values, strict=True) if value not in (None, "")}
    shown = {
        column.name: (
            gettext(column.label),
            _linked(column, value, cell_maker(column.field, short=False)(value, book)),
            gettext(column.field.help_text) if column.field.help_text else "",
        )
        for column, value in zip(columns, values, strict=True)
    }
    return shown, known


def _value(column: Column, row: Model) -> Any:
    holder = getattr(row, column.via.name) if column.via else row
    return holder.__data__.get(column.field.name)


def _linked(column: Column, value: Any, cell: Any) -> Any:
    """A reference leads to its row, when that may be read."""
    target = column.relation
    if target is None or value is None or "faint" in cell:
        return cell
    address = url_for(f"{table_name(target)}.details_view", id=value)
    return type(cell)('<a href="{}">{}</a>').format(address, cell)


def _children(model: type[Model], row: Model) -> Any:
    """The newest rows of every readable table that refers to this one, or to its card."""
    yield from _hanging_on(model, row, _keys_to(model))
    above = supertype_of(model)
    if above is not None:
        card = above.rel_model
        beside = [
            (key, child)
            for key, child in _keys_to(card)
            if child is not card and key is not supertype_of(child)
        ]
        yield from _hanging_on(card, getattr(row, above.name), beside)


def _told_once(children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without a table whose rows stand in another of the same heading: what refers to a record
    often refers to its card too."""
    keys = [{one["id"] for one in child["rows"]} for child in children]

    def is_told(place: int) -> bool:
        others = [
            other
            for other, child in enumerate(children)
            if child["label"] == children[place]["label"] and child["to"] != children[place]["to"]
        ]
        return any(
            keys[place] < keys[other] or (keys[place] == keys[other] and other < place)
            for other in others
        )

    told = [child for place, child in enumerate(children) if not is_told(place)]
    labels = [child["label"] for child in told]
    for child in told:
        if labels.count(child["label"]) > 1:  # somebody's cards: as responsible, as who closed
            child["label"] = f"{child['label']} · {child['by']}"
    return told


def _hanging_on(model: type[Model], row: Model, keys: list[Key]) -> Any:
    """Tables without a row are shown where people look for them or may begin one."""
    for key, child in keys:
        if not can("read", child, key):
            continue
        found = child_table(key, child, row)
        offered = key.backref in option(model, "offers", ()) and can("create", child)
        if found["rows"] or offered or key.backref in option(model, "inlines", ()):
            yield found


def _keys_to(model: type[Model]) -> list[Key]:
    backs = model._meta.backrefs.items()
    return [(k, child) for k, child in backs if k.backref and not option(child, "as_columns")]


def child_table(key: ForeignKeyField, child: type[Model], row: Model) -> dict[str, Any]:
    """The newest rows of a readable table that refer to this one by `key`, ready to be drawn."""
    columns = [c for c in readable(shown_columns(child)) if c.field is not key][:6]
    ask = Ask(filters=(_of(key, row),), page_size=MOST_CHILDREN)
    rows = page_of(child, ask, columns, MOST_CHILDREN)
    if not health_paths(type(row)):  # else it is known already whose record was opened
        note_rows("list", child, [key for key, *_ in rows])
    there = table_name(child)
    return {
        "label": gettext(inside(child)),
        "by": gettext(label(key)),
        "to": key.rel_model,
        "place": -1 if inside_of(key) else option(child, "everyday", SELDOM),
        "columns": [gettext(column.label) for column in columns],
        "rows": table_of(columns, rows, url_for(f"{there}.details_view")),
        "more_url": url_for(f"{there}.index_view", **{f"flt.{key.name}.is": row._pk}),
        "new_url": url_for(f"{there}.create_view", **{key.name: row._pk})
        if can("create", child)
        else None,
    }


def inside_of(key: ForeignKeyField) -> bool:
    """Whether these rows are parts of the record, edited in its form."""
    return key.backref in option(key.rel_model, "inlines", ())


def _of(key: ForeignKeyField, row: Model) -> Any:
    return Filter(Column(key.name, key), "is", str(row._pk))
