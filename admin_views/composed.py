"""Statements composed once: writing one takes peewee longer than answering it takes SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from peewee import BigIntegerField, CharField, Field, ForeignKeyField, Model, TextField
from peewee import IntegerField as Whole

from schema.among import keys_test, keys_told
from schema.database import database
from schema.fixed import Fixed

AS_THEY_ARE = (CharField, TextField, Whole, BigIntegerField, ForeignKeyField)


def rows_with_keys(fields: Sequence[Field], keys: Sequence[int]) -> list[tuple]:
    """These columns of the rows of one table that have these keys."""
    model = fields[0].model
    columns = tuple(field.column_name for field in fields)
    return answers(_with_keys(model, columns, keys_test()), [keys_told(keys)], fields)


def rows_under(key: ForeignKeyField, parent: int, most: int) -> list[dict[str, Any]]:
    """The oldest `most` rows that refer to `parent` by `key`, columns by name."""
    fields = key.model._meta.sorted_fields
    text = _under(key, database.obj.param)
    names = [field.name for field in fields]
    return [dict(zip(names, row, strict=True)) for row in answers(text, [parent, most], fields)]


@lru_cache(maxsize=1000)
def _under(key: ForeignKeyField, mark: str) -> str:
    meta = key.model._meta
    listed = ", ".join(f'"{field.column_name}"' for field in meta.sorted_fields)
    return (
        f'SELECT {listed} FROM "{meta.table_name}" WHERE "{key.column_name}" = {mark} '
        f'ORDER BY "{meta.primary_key.column_name}" LIMIT {mark}'
    )


@lru_cache(maxsize=1000)
def _with_keys(model: type[Model], columns: tuple[str, ...], test: str) -> Fixed:
    listed = ", ".join(f'"{column}"' for column in columns)
    meta = model._meta
    key = meta.primary_key.column_name
    return Fixed(f'SELECT {listed} FROM "{meta.table_name}" WHERE "{key}" {test}')


def answers(text: str, values: Sequence[Any], fields: Sequence[Field]) -> list[tuple]:
    """The rows that a statement finds, each value as its column makes it in Python."""
    rows = database.execute_sql(text, values).fetchall()
    makers = [(place, f.python_value) for place, f in enumerate(fields) if not _is_plain(f)]
    if not makers:
        return [tuple(row) for row in rows]
    made = [list(row) for row in rows]
    for row in made:
        for place, make in makers:
            row[place] = make(row[place])
    return [tuple(row) for row in made]


def rows_made(models: Sequence[type[Model]], values: Sequence[Any]) -> list[Model]:
    """One row of each table, of the values of all their columns, as if peewee had read them."""
    made, rest = [], iter(values)
    for model in models:
        row = model()
        row.__data__ = {field.name: next(rest) for field in model._meta.sorted_fields}
        row._dirty.clear()
        made.append(row)
    return made


@lru_cache(maxsize=5000)
def _is_plain(field: Field) -> bool:
    """Whether the driver's value is the column's own."""
    if type(field).python_value not in (Field.python_value, ForeignKeyField.python_value):
        return False
    return isinstance(field, AS_THEY_ARE)
