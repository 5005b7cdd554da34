"""Choices that fit to each other: what `Agree` rules say about two columns, said to pickers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from peewee import Expression, Field, ForeignKeyField, Model

from admin_views.numbers_in import number_in
from admin_views.policy import can
from schema.base import option, table_name
from schema.rules import Agree


@lru_cache(maxsize=5000)
def near_columns(field: ForeignKeyField) -> dict[str, Field]:
    """Columns beside a reference that the row it refers to must share, by name.

    The appointment of a lab visit is one of the visit's patient: `patient` → Appointment.patient.
    """
    found = {}
    for rule in option(field.model, "rules", ()):
        if isinstance(rule, Agree) and rule.table == table_name(field.rel_model):
            pairs = dict(zip(rule.columns, rule.target, strict=True))
            if pairs.pop(field.column_name, None) == field.rel_field.column_name:
                for here, there in pairs.items():
                    found[field.model._meta.columns[here].name] = field.rel_model._meta.columns[
                        there
                    ]
    return found


def near_test(field: ForeignKeyField, said: Mapping[str, str]) -> Expression | None:
    """True for rows that fit to what the form says beside this reference; None for all rows."""
    found = None
    for name, column in near_columns(field).items():
        number = number_in(said.get(name))
        if number is not None and _readable(column):
            test = column == number
            found = test if found is None else found & test
    return found


def _readable(column: Field) -> bool:
    return can("read", column.model, column)


def copied_from_parent(child: type[Model], key: ForeignKeyField) -> Iterator[tuple[str, str]]:
    """Columns of a child row that only repeat its parent's: the child's name, the parent's."""
    for name, column in near_columns(key).items():
        yield name, column.name
