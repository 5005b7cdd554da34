"""What somebody with the keys to the database can do: write while its guards are off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from schema.database import database, execute_plain, is_sqlite


@contextmanager
def guards_off() -> Iterator[None]:
    """No trigger and no key refuses or records anything; afterwards all are as before.

    A search index stays in step: SQLite calls a file damaged whose index knows other words.
    """
    if not is_sqlite():
        execute_plain("SET session_replication_role = replica")
        yield
        execute_plain("SET session_replication_role = DEFAULT")
        return
    execute_plain("PRAGMA foreign_keys = 0")
    triggers = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    kept = [row for row in triggers.fetchall() if "_search_" not in row[0]]
    for name, _ in kept:
        execute_plain(f"DROP TRIGGER {name}")
    yield
    for _, text in kept:
        execute_plain(text)
    execute_plain("PRAGMA foreign_keys = 1")
