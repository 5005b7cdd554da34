"""Statements whose text never changes: PostgreSQL keeps their plans, SQLite keeps all anyway."""

from __future__ import annotations

from typing import Any

import psycopg


class Fixed(str):
    """The text of a statement that always finds its rows by a key, whatever its values are."""


class KeepingCursor(psycopg.Cursor[Any]):
    """Keeps the plans of fixed statements alone.

    A plan of a search that is made without the word would read the whole table.
    """

    def execute(self, query: Any, params: Any = None, **told: Any) -> Any:
        return super().execute(query, params, **{"prepare": isinstance(query, Fixed), **told})
