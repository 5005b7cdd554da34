"""Choices that fit: to the rest of the form (`Agree` rules), and to what the person may write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce
from operator import and_, or_

from peewee import Expression, Field, ForeignKeyField, Model

from admin_views.numbers_in import number_in
from admin_views.policy import can, ways_to
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


def own_test(field: ForeignKeyField) -> Expression | None:
    """True for rows by which a record becomes one's own to write; None for all rows.

    Only where nothing but this reference decides it: a hold is the card's people's, whoever
    writes it, and a technician knows of the order's card but may hold only that of a process.
    """
    verb = "create" if can("create", field.model) else "edit"
    tests = [test for one in ("read", verb) if (test := _own_by(field, one)) is not None]
    return reduce(and_, tests) if tests else None


def _own_by(field: ForeignKeyField, verb: str) -> Expression | None:
    found = ways_to(field.model, verb)
    if not found or any(path[0] != field.name for _, path, _ in found):
        return None
    there = field.rel_model
    tests = [
        way(there, path[1:], key) if path[1:] else field.rel_field == key
        for way, path, key in found
    ]
    return reduce(or_, tests)


def _readable(column: Field) -> bool:
    return can("read", column.model, column)


def copied_from_parent(child: type[Model], key: ForeignKeyField) -> Iterator[tuple[str, str]]:
    """Columns of a child row that only repeat its parent's: the child's name, the parent's."""
    for name, column in near_columns(key).items():
        yield name, column.name
