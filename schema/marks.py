"""How many rows stand in each stretch of a table that only grows, on PostgreSQL.

A page far down a list is a number of rows away from its top, and PostgreSQL counts rows one by
one. So the clock counts each stretch of 4,096 numbers once; a row that comes into or goes out of a
stretch takes its mark away, and the clock counts it anew. SQLite counts whole pages of an index.
The marks follow from the rows: no person meets them, nothing else depends on them.
"""

from __future__ import annotations

from collections.abc import Iterable

from peewee import Model, OperationalError

from schema.base import rules_of, table_name
from schema.database import database, execute_plain, is_sqlite
from schema.rules import POSTGRESQL, Effect

STRETCH = 4096


def marks_fall(table: str) -> Effect:
    """The rule of a table whose stretches are counted."""
    gone = f"table_name = '{table}' AND stretch = COALESCE(NEW.id, OLD.id) / {STRETCH}"
    return Effect(
        f"{table}_marks_fall",
        ("INSERT", "DELETE"),
        f"DELETE FROM row_mark WHERE {gone}",
        engine=POSTGRESQL,
    )


def is_marked(model: type[Model]) -> bool:
    return any(rule.name == f"{table_name(model)}_marks_fall" for rule in rules_of(model))


def install_marks() -> None:
    """Make the table of the marks; an existing one is kept."""
    if not is_sqlite():
        execute_plain(
            "CREATE TABLE IF NOT EXISTS row_mark (table_name TEXT, stretch INTEGER, "
            "row_count INTEGER NOT NULL, PRIMARY KEY (table_name, stretch))"
        )


def mark_rows(models: Iterable[type[Model]]) -> int:
    """Count the stretches that lack a mark, but for the newest two; how many were counted.

    Nobody writes to the table meanwhile: a row of a writer not yet done would not be counted.
    A table that is busy for two seconds is left for another day.
    """
    if is_sqlite():
        return 0
    return sum(_mark(table_name(model)) for model in models if is_marked(model))


def _mark(table: str) -> int:
    try:
        with database.atomic():
            database.execute_sql("SET LOCAL lock_timeout = '2s'")
            database.execute_sql(f'LOCK TABLE "{table}" IN SHARE MODE')
            done = database.execute_sql(
                "INSERT INTO row_mark SELECT %s, s, (SELECT COUNT(*) "
                f'FROM "{table}" WHERE id >= s * {STRETCH} AND id < (s + 1) * {STRETCH}) '
                f'FROM generate_series(0, (SELECT MAX(id) / {STRETCH} - 2 FROM "{table}")) AS s '
                "WHERE NOT EXISTS (SELECT 1 FROM row_mark WHERE table_name = %s AND stretch = s)",
                (table, table),
            )
            return int(done.rowcount)
    except OperationalError:
        return 0
