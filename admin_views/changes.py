"""Changes of rows as the audit keeps them, read by rights and told in words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import gettext
from peewee import Field, ForeignKeyField, Model

from admin_views.cells import text_maker
from admin_views.columns import HOUSEKEEPING, supertype_of
from admin_views.policy import can, can_see_table
from admin_views.titles import TitleBook
from schema import TABLES
from schema.base import label, singular, table_name
from schema.fields import InstantField

Values = dict[Field, Any]
NOT_NAMED = "…"


@dataclass(frozen=True)
class Fact:
    """One column of a change in words; None where there was nothing to compare with."""

    column: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Told:
    """One change of one row: what kind, of what, and its columns."""

    act: str
    table: str
    name: str
    model: type[Model]
    row_id: int
    facts: tuple[Fact, ...]


def tell(changes: Iterable[dict[str, Any]]) -> list[Told | None]:
    """Each change in words, None where the person may read nothing of it.

    A change has `table_name`, `row_id`, `act`, and `before` and `after` as JSON.
    """
    read = [_read(change) for change in changes]
    book = _names(found for found in read if found)
    return [found and _told(*found, book) for found in read]


def _read(change: dict[str, Any]) -> tuple[dict[str, Any], type[Model], Values, Values] | None:
    model = tables().get(change["table_name"])
    if model is None or not can_see_table(model):
        return None
    before, after = values(model, change["before"]), values(model, change["after"])
    return (change, model, before, after) if before or after else None


def values(model: type[Model], text: str | None) -> Values:
    """The columns of a row kept as JSON that the person may read, as their types make them."""
    found = {}
    for column, value in _kept(text).items():
        field = model._meta.columns.get(column)
        if field is not None and _is_shown(model, field) and can("read", model, field):
            found[field] = _value(field, value)
    return found


def _kept(text: str | None) -> dict[str, Any]:
    """What a shell put there is found by its seal; here it must only not be in the way."""
    try:
        kept = json.loads(text or "{}", parse_float=Decimal)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _is_shown(model: type[Model], field: Field) -> bool:
    return field.name not in HOUSEKEEPING and field is not supertype_of(model)


def _value(field: Field, value: Any) -> Any:
    """PostgreSQL writes moments with a T between day and time, SQLite with a blank."""
    if isinstance(field, InstantField) and isinstance(value, str):
        value = value.replace("T", " ")[:19]
    try:
        return None if value is None else field.python_value(value)
    except (ValueError, TypeError, ArithmeticError):
        return None


def _names(read: Iterable[tuple[dict[str, Any], type[Model], Values, Values]]) -> TitleBook:
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for change, model, before, after in read:
        wanted[model].add(change["row_id"])
        for field, value in (*before.items(), *after.items()):
            if isinstance(field, ForeignKeyField) and value is not None:
                wanted[field.rel_model].add(value)
    book = TitleBook()
    book.learn(wanted)
    return book


def _told(
    change: dict[str, Any], model: type[Model], before: Values, after: Values, book: TitleBook
) -> Told:
    fields = [f for f in model._meta.sorted_fields if f in before or f in after]
    is_change = change["act"] == "update"
    facts = (
        Fact(
            field.name,
            gettext(label(field)),
            _say(field, before.get(field), book) if is_change else None,
            _say(field, (after or before).get(field), book),
        )
        for field in fields
        if is_change or (after or before).get(field) not in (None, "")
    )
    name = book.name(model, change["row_id"])
    said = gettext(singular(model))
    return Told(change["act"], said, name, model, change["row_id"], tuple(facts))


def _say(field: Field, value: Any, book: TitleBook) -> str:
    if value is None or value == "":
        return "–"
    return text_maker(field)(value, book) or NOT_NAMED


@lru_cache(maxsize=1)
def tables() -> dict[str, type[Model]]:
    """Every table by its name."""
    return {table_name(model): model for model in TABLES}
