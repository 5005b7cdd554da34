"""What stands above a list to ask it something else: ways to filter, columns to choose."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import gettext
from markupsafe import Markup
from peewee import Model

from admin_views.asking import Ask
from admin_views.columns import Column, columns_of, readable, shown_columns
from admin_views.drawn import drawn_once
from admin_views.filters import OPERATIONS, WITHOUT_VALUE, YES_NO, kind_of, operations_of
from admin_views.plain_words import choice_text
from admin_views.relative import PERIODS


@drawn_once
def filter_ways(model: type[Model]) -> Markup:
    """The ways to filter this list, as they stand in the drop-down."""
    template = current_app.jinja_env.get_template("panel/ways.html")
    return Markup(template.render(filter_fields=filter_fields(model)))


def filter_fields(model: type[Model]) -> list[dict[str, Any]]:
    """The columns that this person may filter by, with the operations of each."""
    return [
        {
            "name": column.name,
            "label": gettext(column.label),
            "operations": [_way(column, one) for one in operations_of(column.field)],
        }
        for column in readable(tuple(columns_of(model).values()))
    ]


def _way(column: Column, operation: str) -> dict[str, Any]:
    """One operation as the drop-down offers it: its words and what is typed or chosen."""
    kind = {"row": "text"}.get(kind_of(column.field), kind_of(column.field))
    if operation in WITHOUT_VALUE:
        kind = "none"
    elif operation in ("in", "any", "older"):
        kind = {"in": "choice", "any": "many", "older": "number"}[operation]
    choices = _choices(column)
    if operation == "in":
        choices = [(word, str(said)) for word, said in PERIODS.items()]
    return {"name": operation, "label": OPERATIONS[operation], "kind": kind, "choices": choices}


def _choices(column: Column) -> list[tuple[str, str]]:
    if kind_of(column.field) == "yes_no":
        return [(value, str(word)) for value, word in YES_NO]
    field = column.field
    return [(str(value), choice_text(field, value)) for value, _ in field.choices or ()]


@drawn_once
def column_ways(model: type[Model], names: tuple[str, ...]) -> Markup:
    """All columns to choose from, as they stand in the drop-down: the chosen ones first."""
    every = readable(tuple(columns_of(model).values()))
    chosen = names or tuple(column.name for column in readable(shown_columns(model)))
    by_name = {column.name: column for column in every}
    order = [by_name[name] for name in chosen] + [c for c in every if c.name not in chosen]
    named = [(c.name, gettext(c.label), c.name in chosen) for c in order]
    template = current_app.jinja_env.get_template("panel/columns.html")
    return Markup(template.render(columns=named))


def hidden_args(ask: Ask, but: str = "") -> list[tuple[str, str]]:
    """The question as hidden fields of a form that changes one part of it."""
    found = []
    whole = {**(ask.question() or {"search": ""}), **({"view": ask.view} if ask.view else {})}
    for name, value in whole.items():
        for one in value if isinstance(value, list) else [value]:
            found += [(name, str(one))] if name != but else []
    return found
