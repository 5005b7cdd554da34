"""Writes very many rows at once, past the guards, which are asleep meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from schema import TABLES
from schema.base import table_name
from schema.database import database, execute_plain, is_sqlite
from schema.search import searched_columns


@contextmanager
def guards_asleep() -> Iterator[None]:
    """Without triggers; on SQLite they are dropped, and upgrading makes them again."""
    if is_sqlite():
        _drop_triggers()
        yield
        return
    execute_plain("SET session_replication_role = replica")
    execute_plain("SET statement_timeout = 0")  # a busy machine takes minutes for one COPY
    yield
    execute_plain("SET session_replication_role = DEFAULT")


def _drop_triggers() -> None:
    found = database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in found.fetchall():
        execute_plain(f"DROP TRIGGER {name}")
    for model in TABLES:
        if searched_columns(model):
            execute_plain(f"DROP TABLE {table_name(model)}_search")


def load(table: str, columns: tuple[str, ...], rows: Iterable[tuple]) -> None:
    """Write rows by the driver: executemany on SQLite, COPY on PostgreSQL."""
    missing = _filled_by_us(table, columns)
    listed = ", ".join((*columns, *missing))
    full = (row + tuple(missing.values()) for row in rows)
    cursor = database.connection().cursor()
    if is_sqlite():
        marks = ", ".join("?" * (len(columns) + len(missing)))
        cursor.executemany(f"INSERT INTO {table} ({listed}) VALUES ({marks})", full)
        return
    with cursor.copy(f"COPY {table} ({listed}) FROM STDIN") as copy:
        for row in full:
            copy.write_row(row)
    top = f"(SELECT MAX(id) FROM {table})"
    execute_plain(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {top})")


def _filled_by_us(table: str, columns: tuple[str, ...]) -> dict[str, object]:
    """Defaults that peewee would have written and the database does not."""
    [model] = [model for model in TABLES if table_name(model) == table]
    return {
        field.column_name: field.default
        for field in model._meta.sorted_fields
        if field.default is not None
        and not callable(field.default)
        and field.column_name not in columns
    }
