"""What chosen records say in the fields of a form: columns, their cards' and the clinic's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_admin.form import BaseForm
from peewee import Field, ForeignKeyField, Model

from admin_views.cells import text_maker
from admin_views.columns import supertype_of
from admin_views.own_columns import input_column
from admin_views.own_records import OWN, card_of, own_in
from admin_views.titles import TitleBook
from admin_views.writing import CARD
from schema.workflow.own_fields import OwnField, values_of_cards

Values = dict[int, list[Any]]


@dataclass(frozen=True)
class Line:
    """One field that may change: its label, its column, and where the value stands."""

    label: str
    column: Field
    on_card: bool = False
    own: OwnField | None = None


def lines_of(model: type[Model], form: BaseForm) -> list[Line]:
    """The form's fields in their order; hidden versions are none."""
    found = [_line(model, field) for field in form if not field.short_name.startswith(OWN)]
    mine = [Line(own.label, input_column(own), own=own) for own in own_in(model, form)]
    return [line for line in found if line is not None] + mine


def _line(model: type[Model], field: Any) -> Line | None:
    name, above = field.short_name, supertype_of(model)
    on_card = name.startswith(CARD) and above is not None
    table = above.rel_model if on_card and above is not None else model
    column = table._meta.fields.get(name.removeprefix(CARD))
    if column is None or name.endswith("row_version"):
        return None
    return Line(str(field.label.text), column, on_card)


def read_lines(rows: Mapping[int, Model], lines: list[Line]) -> Values:
    """The present values of each record by its key, in the order of the lines."""
    own: dict[tuple[int, int], Any] = {}
    if any(line.own for line in lines):
        own = values_of_cards([card_of(type(row), row)._pk for row in rows.values()])
    return {key: [_value(row, line, own) for line in lines] for key, row in rows.items()}


def _value(row: Model, line: Line, own: dict[tuple[int, int], Any]) -> Any:
    if line.own is not None:
        return own.get((card_of(type(row), row)._pk, line.own.id))
    above = supertype_of(type(row))
    stands_on = getattr(row, above.name) if line.on_card and above is not None else row
    return stands_on.__data__.get(line.column.name)


def names_for(model: type[Model], lines: list[Line], sides: list[Values]) -> TitleBook:
    """The names of the records and of all that they refer to, one question for each table."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for side in sides:
        wanted[model] |= set(side)
        for place, line in enumerate(lines):
            if isinstance(line.column, ForeignKeyField):
                wanted[line.column.rel_model] |= {values[place] for values in side.values()}
    book = TitleBook()
    book.learn(wanted)
    return book


def told(lines: list[Line], old: list[Any], new: list[Any], book: TitleBook) -> list:
    """Label, before and after of each line that differs."""
    found = []
    for line, was, now in zip(lines, old, new, strict=True):
        if was != now:
            say = text_maker(line.column)
            both = ["" if value is None else say(value, book) for value in (was, now)]
            found.append((line.label, *both))
    return found
