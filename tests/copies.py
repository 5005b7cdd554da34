"""Writes a second row like a given one by plain SQL, with some columns told otherwise."""

from __future__ import annotations

from typing import Any

from peewee import Model

from schema.base import table_name
from schema.database import is_sqlite
from tests.refusals import raw


def insert_like(row: Model, **columns: Any) -> None:
    """INSERT a row that has all columns of `row` but its id, and these ones as told."""
    names = [name for name in row._meta.columns if name != "id"]
    stored = raw(f'SELECT {_listed(names)} FROM "{table_name(row)}" WHERE id = ?', row.id)
    values = dict(zip(names, stored.fetchone(), strict=True)) | columns
    marks = ", ".join("?" for _ in values)
    raw(f'INSERT INTO "{table_name(row)}" ({_listed(values)}) VALUES ({marks})', *values.values())


def drop_guard(guard: str, table: str) -> None:
    """Take one INSERT guard away, to see the rule that stands behind it."""
    raw(f"DROP TRIGGER {guard}_insert" if is_sqlite() else f'DROP TRIGGER {guard} ON "{table}"')


def _listed(names: Any) -> str:
    return ", ".join(f'"{name}"' for name in names)
