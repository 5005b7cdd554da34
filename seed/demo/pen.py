"""Collects rows with keys given ahead, and writes them table by table in few statements."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from peewee import Model, fn

from schema.base import table_name
from schema.database import database, execute_plain, is_sqlite

MOST_VALUES, MANY = 12_000, 200


class Pen:
    """Rows that wait to be written; a row's key is known as soon as it is added."""

    def __init__(self, now: dt.datetime) -> None:
        self.now = now
        self.waiting: dict[type[Model], list[dict[str, Any]]] = defaultdict(list)
        self._last: dict[type[Model], int] = {}

    def add(self, model: type[Model], **columns: Any) -> int:
        """Put a row on the pile of its table; returns its key."""
        columns["id"] = self._next(model)
        self.waiting[model].append(columns)
        return int(columns["id"])

    def take(self, model: type[Model]) -> list[dict[str, Any]]:
        """The pile of a table, which is empty then: the taker writes it."""
        return self.waiting.pop(model, [])

    def write(self, *models: type[Model]) -> None:
        """Write the piles of these tables, in this order."""
        for model in models:
            self.insert(model, self.take(model))

    def insert(self, model: type[Model], rows: list[dict[str, Any]], size: int = 0) -> None:
        """Write rows of one table, in chunks (of `size`, when each must see the one before)."""
        used = {name for row in rows for name, value in row.items() if value is not None}
        defaults = self._defaults(model, used)
        whole = [{name: row.get(name, told) for name, told in defaults.items()} for row in rows]
        size = size or MOST_VALUES // max(len(defaults), 1)
        for start in range(0, len(whole), size):
            model.insert_many(whole[start : start + size]).as_rowcount().execute()
        if len(rows) > MANY and not is_sqlite():
            # Guards look into these rows before autovacuum has ever seen the table.
            execute_plain(f'ANALYZE "{table_name(model)}"')

    def catch_up(self) -> None:
        """PostgreSQL counts keys by itself: tell it how far we came."""
        if is_sqlite():
            return
        for model, last in self._last.items():
            database.execute_sql(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                (f'"{table_name(model)}"', max(last, 1)),
            )

    def _next(self, model: type[Model]) -> int:
        if model not in self._last:
            self._last[model] = model.select(fn.MAX(model.id)).scalar() or 0
        self._last[model] += 1
        return self._last[model]

    def _defaults(self, model: type[Model], used: set[str]) -> dict[str, Any]:
        """The columns to write, with what they say when nobody says otherwise.

        This moment is the demo's moment; columns that stay empty in every row are left out.
        """
        told = {
            field.name: self.now if callable(field.default) else field.default
            for field in model._meta.sorted_fields
        }
        return {name: told[name] for name in told if name in used or told[name] is not None}
