"""Moves the whole house to another database, of either engine: every row, checked on both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from peewee import SQL, Database, ForeignKeyField, Model, SqliteDatabase

from schema import TABLES
from schema.base import table_name
from schema.database import a_database, close_database, database, is_sqlite
from schema.guards import install_guards, missing_guards
from schema.workflow import Refused

BATCH = 200
Upgrade = Callable[[], Any]
Tell = Callable[[str, int], None]


def move_house(url: str, upgrade: Upgrade, tell: Tell) -> int:
    """Copy every row of the open database to the empty one at `url`; returns how many.

    The other one is upgraded first by `upgrade`. Numbers, moments and the chain of the audit stay
    as they are: guards that judge changes rest during the copy, since no row changes, and stand
    again before its end; keys, checks and exclusions judge every row. All of it is one act there.
    `tell` is called with each table and its rows. Raises Refused; then the other one stays empty.
    """
    source, target = database.obj, a_database(url)
    try:
        database.initialize(target)
        upgrade()
        _refuse_full()
        with database.atomic():  # no act: nothing changes, and the copied chain is the chain
            with _resting():
                copied = sum(_copy(model, source, target, tell) for model in TABLES)
            _count_on()
        if missing_guards(TABLES):
            raise Refused("The other database lacks guards; nothing of it may be used.")
    finally:
        close_database()
        database.initialize(source)
    return copied


def _refuse_full() -> None:
    for model in TABLES:
        if model.select(SQL("1")).limit(1).exists():
            raise Refused(
                "The other database is not empty: %(table)s has rows.", table=table_name(model)
            )


@contextmanager
def _resting() -> Iterator[None]:
    """Without triggers inside; all that are declared stand again afterwards."""
    if is_sqlite():
        found = database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in found.fetchall():
            database.execute_sql(f'DROP TRIGGER "{name}"')
        yield
        install_guards(TABLES)
        return
    for model in TABLES:
        database.execute_sql(f'ALTER TABLE "{table_name(model)}" DISABLE TRIGGER USER')
    yield
    database.execute_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for model in TABLES:
        database.execute_sql(f'ALTER TABLE "{table_name(model)}" ENABLE TRIGGER USER')


def _copy(model: type[Model], source: Database, target: Database, tell: Tell) -> int:
    """One table; what was read and what stands there now have the same checksum."""
    fields = model._meta.sorted_fields
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    table, mark = table_name(model), "?" if isinstance(target, SqliteDatabase) else "%s"
    marks = ", ".join([mark] * len(fields))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks})'
    rows = [row for batch in _read(model, source) for row in batch]
    target.cursor().executemany(
        statement,
        [
            [field.db_value(value) for field, value in zip(fields, row, strict=True)]
            for row in _parents_first(model, rows)
        ],
    )
    there = [row for batch in _read(model, target) for row in batch]
    if checksum(rows) != checksum(there):
        raise Refused("%(table)s did not arrive as it left.", table=table)
    tell(table, len(rows))
    return len(rows)


def _read(model: type[Model], where: Database) -> Iterator[list[tuple[Any, ...]]]:
    """All rows of a table as Python values, in the order of their keys."""
    fields = model._meta.sorted_fields
    names = ", ".join(f'"{field.column_name}"' for field in fields)
    key = model._meta.primary_key.column_name
    found = where.execute_sql(f'SELECT {names} FROM "{table_name(model)}" ORDER BY "{key}"')
    while batch := found.fetchmany(BATCH):
        yield [
            tuple(field.python_value(value) for field, value in zip(fields, row, strict=True))
            for row in batch
        ]


def _parents_first(model: type[Model], rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of a table that refers to itself, each after the ones that it refers to."""
    fields = model._meta.sorted_fields
    own = [
        at
        for at, field in enumerate(fields)
        if isinstance(field, ForeignKeyField) and field.rel_model is model
    ]
    if not own:
        yield from rows
        return
    key = fields.index(model._meta.primary_key)
    waiting = rows
    there: set[Any] = set()
    while waiting:
        known = there | {None}
        ready = [row for row in waiting if {row[at] for at in own} - {row[key]} <= known]
        if not ready:
            raise Refused("Rows of %(table)s refer to each other.", table=table_name(model))
        there |= {row[key] for row in ready}
        yield from ready
        waiting = [row for row in waiting if row[key] not in there]


def checksum(rows: list[tuple[Any, ...]]) -> str:
    """SHA-256 over the values of all rows, the same for the same rows on either engine."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr([str(value) for value in row]).encode())
    return digest.hexdigest()


def _count_on() -> None:
    """PostgreSQL's counters go on after the highest number; SQLite looks at the rows itself."""
    if is_sqlite():
        return
    for model in TABLES:
        table, key = table_name(model), model._meta.primary_key.column_name
        database.execute_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', '{key}'), "
            f'(SELECT MAX("{key}") FROM "{table}")) '
            f"WHERE pg_get_serial_sequence('\"{table}\"', '{key}') IS NOT NULL "
            f'AND EXISTS (SELECT 1 FROM "{table}")'
        )
