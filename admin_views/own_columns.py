"""Columns that the clinic added by itself: `custom.lead.budget`, for lists, filters and exports."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flask import has_request_context
from flask_babel import gettext
from peewee import SQL, Expression, Field, Model, fn

from admin_views.column import Column, Test
from admin_views.drawn import drawn_once, drawn_once_a_page
from admin_views.policy import WRITES, can, granted
from schema.base import option
from schema.cards import Card
from schema.custom import CustomValue
from schema.database import fold
from schema.pipeline_terms import KINDS
from schema.search import SHORTEST_TRIGRAM, contains
from schema.workflow.own_fields import OwnField, own_fields

SEARCHED = ("text", "choice")


class Shown:
    """A column of custom_value, read for each row of another table: one value, or none."""

    own: OwnField
    key: Field
    column_name: str

    def __sql__(self, ctx: Any) -> Any:
        start = f"(SELECT own.{self.column_name} FROM custom_value own WHERE own.field_id = "
        return (
            ctx.literal(f"{start}{int(self.own.id)} AND own.card_id = ").sql(self.key).literal(")")
        )

    def __hash__(self) -> int:
        return hash((Shown, self.own, self.key))


@dataclass(frozen=True)
class OwnColumn(Column):
    """A field of the clinic's own as a column of its records; `tested` is what filters ask."""

    own: OwnField = None  # type: ignore[assignment]
    key: Field = None  # type: ignore[assignment]
    tested: Field = None  # type: ignore[assignment]
    said: str = ""

    @property
    def label(self) -> str:
        return self.said

    @property
    def is_long(self) -> bool:
        return False

    def readable(self) -> bool:
        return may_read(self.own)

    def rows_where(self, operation: str, test: Test, row_by_row: bool = False) -> Expression:
        if operation == "empty":
            return ~self._held(self.tested.is_null(False), row_by_row)
        if operation == "not":
            return ~self._held(test(self.tested, "is"), row_by_row)
        return self._held(test(self.tested, operation), row_by_row)

    def _held(self, test: Expression, row_by_row: bool) -> Expression:
        mine = CustomValue.field == self.own.id
        if row_by_row:
            here = CustomValue.card == self.key
            return fn.EXISTS(CustomValue.select(SQL("1")).where(here, mine, test))
        return self.key.in_(CustomValue.select(CustomValue.card).where(mine, test))


def may_read(own: OwnField) -> bool:
    """Whether the person may read fields of this type: as the rights on custom values say."""
    return can("read", CustomValue, "field") and can("read", CustomValue, own.column)


def may_write(own: OwnField) -> bool:
    """Whether the person may fill fields of this type, on records that are theirs to write."""
    return may_read(own) and all(granted(verb, CustomValue, own.column) for verb in WRITES)


def card_key(model: type[Model]) -> Field | None:
    """The column of a table that says whose card's values are its own; None without a card."""
    if model is Card:
        return Card.id
    name = option(model, "supertype")
    return model._meta.fields[name] if name else None


def known_fields(model: type[Model]) -> tuple[OwnField, ...]:
    """The fields of the clinic's own on the cards of a table, retired ones included."""
    if not has_request_context() or card_key(model) is None:
        return ()
    kinds = tuple(KINDS) if model is Card else (option(model, "kind"),)
    return tuple(own for own in _all() if own.kind in kinds)


@drawn_once
def _all() -> tuple[OwnField, ...]:
    """Kept as long as rights are: a change of a field raises their stamp, in every process."""
    return _all_now()


@drawn_once_a_page
def _all_now() -> tuple[OwnField, ...]:
    return own_fields()


def own_columns(model: type[Model]) -> dict[str, Column]:
    """The fields in use as columns by name."""
    return {
        f"custom.{own.kind}.{own.code}": column_of(model, own)
        for own in known_fields(model)
        if own.retired_on is None
    }


def listed_columns(model: type[Model]) -> tuple[Column, ...]:
    """Those that the list of a table shows by itself; the list of all cards shows none."""
    if model is Card:
        return ()
    return tuple(
        c for c in own_columns(model).values() if isinstance(c, OwnColumn) and c.own.in_list
    )


@cache
def _kind_of(column: type[Field]) -> type[Field]:
    return type(f"Own{column.__name__}", (Shown, column), {})


def column_of(model: type[Model], own: OwnField) -> OwnColumn:
    """A field as a column of this table; among all cards, its label says of which kind."""
    kind = f" ({gettext(KINDS[own.kind])})" if model is Card else ""
    table: Any = model
    return _column(table, own, f"{own.label}{kind}")


@lru_cache(maxsize=1000)
def _column(model: Any, own: OwnField, said: str) -> OwnColumn:
    key = card_key(model)
    assert key is not None
    tested = input_column(own)
    shown: Any = copy(tested)
    shown.__class__ = _kind_of(type(tested))  # type: ignore[arg-type]
    shown.own, shown.key = own, key
    return OwnColumn(
        f"custom.{own.kind}.{own.code}", shown, own=own, key=key, tested=tested, said=said
    )


def input_column(own: OwnField) -> Field:
    """The column of custom_value for this field, with its own label, help and choices."""
    made = copy(own.value_field)
    made.null, made.verbose_name, made.help_text = True, own.label, own.hint
    made.choices = [(word, word) for word in own.choices] if own.type == "choice" else None
    return made


def search_test(model: type[Model], word: str) -> Expression | None:
    """Rows in whose searched fields a word stands; None where no such field is readable.

    Only words that the trigram index finds: a shorter one would be sought in every value.
    """
    fields = [
        own
        for own in known_fields(model)
        if own.searchable and own.retired_on is None and own.type in SEARCHED and may_read(own)
    ]
    key = card_key(model)
    if not fields or key is None or len(fold(word) or "") < SHORTEST_TRIGRAM:
        return None
    keys, texts = [own.id for own in fields], sorted({own.column for own in fields})
    held = CustomValue.select(CustomValue.card).where(CustomValue.field.in_(keys))
    return key.in_(held.where(contains(CustomValue, texts, word)))
