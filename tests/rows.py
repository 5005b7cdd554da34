"""Rows written past the models: plain INSERT, UPDATE and DELETE, as an administrator would type."""

from __future__ import annotations

from typing import Any

from peewee import Model

from tests.refusals import raw


def insert(model: type[Model], **values: Any) -> None:
    """Type one INSERT; columns that are not named take the model's defaults."""
    columns = _columns(model(**values), model(**values).__data__)
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    raw(f'INSERT INTO "{_table(model)}" ({names}) VALUES ({marks})', *columns.values())


def change(row: Model, **values: Any) -> None:
    """Type one UPDATE of one row."""
    columns = _columns(row, type(row)(**values).__data__, set(values))
    pairs = ", ".join(f'"{name}" = ?' for name in columns)
    raw(f'UPDATE "{_table(type(row))}" SET {pairs} WHERE id = ?', *columns.values(), row.id)


def remove(row: Model) -> None:
    """Type one DELETE of one row."""
    raw(f'DELETE FROM "{_table(type(row))}" WHERE id = ?', row.id)


def again(row: Model) -> Any:
    """The row as the database has it now."""
    return type(row).get_by_id(row.id)


def _columns(row: Model, data: dict[str, Any], only: set[str] | None = None) -> dict[str, Any]:
    fields = row._meta.fields
    return {
        fields[name].column_name: fields[name].db_value(value)
        for name, value in data.items()
        if only is None or name in only
    }


def _table(model: type[Model]) -> str:
    return str(model._meta.table_name)
