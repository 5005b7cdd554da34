"""The one database of the house: SQLite beside the program, or PostgreSQL for several machines."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlparse

import peewee
from peewee import SqliteDatabase
from playhouse.pool import PooledSqliteDatabase

import schema.composing  # noqa: F401  (composes every query of the house)
from schema.copying_back import copied_back
from schema.fixed import KeepingCursor
from schema.one_trip import SentAhead
from schema.queue_of_writers import PATIENCE, in_line
from schema.savepoints import SaysTheSame
from schema.sealing import Seal

database = SaysTheSame()


class OpenActs(threading.local):
    """How many acts are open in this thread, one within the other, and what ends the outermost."""

    depth = 0
    last: tuple[Any, ...] = ()


_open_acts = OpenActs()

PRAGMAS = {
    "busy_timeout": PATIENCE * 1000,
    "journal_mode": "wal",
    "synchronous": "FULL",
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
    # 64 MB: acts are copied back after their turn, this is for what is written beside them.
    "wal_autocheckpoint": 16_000,
    "cache_size": -65536,
    "journal_size_limit": 64 * 2**20,
}
# The library forgets its newest statement where this is full, not the one that rested longest: then
# whatever a busy act says is compiled anew, each time, with all its triggers. A thousand take 6 MB.
KEPT_STATEMENTS = 1000
# Of a process, on PostgreSQL: as many as the web has threads, so that none waits for another's.
# A connection that seldom works is slow when it does, so a process keeps no more than it needs.
CONNECTIONS = 4
# A deadlock, or an act that cannot be put in order with others.
SENT_AWAY = ("40P01", "40001")
OLDEST_SAFE_SQLITE = (3, 51, 3)


class UnknownDatabase(ValueError):
    """DATABASE_URL names no engine that this house can run on."""


def fold(text: str | None) -> str | None:
    """Lower case without accents, so that «stefan» finds «Ștefan»; None stays None."""
    if text is None:
        return None
    small = str(text).casefold()
    if small.isascii():
        return small
    plain = unicodedata.normalize("NFKD", small)
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


def open_database(url: str) -> None:
    """Bind the house to `sqlite:////absolute/path.db` or `postgresql://user:word@host/name`.

    Raises UnknownDatabase when the address names another engine.
    """
    database.initialize(a_database(url))


def a_database(url: str) -> peewee.Database:
    """The engine at an address, not bound to the house; raises UnknownDatabase."""
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path[1:]))
    if parts.scheme in ("postgresql", "postgres"):
        return _postgresql(url)
    raise UnknownDatabase(
        f"DATABASE_URL starts with {parts.scheme!r}; use sqlite:////path or postgresql://…"
    )


def _sqlite(path: str) -> PooledSqliteDatabase:
    """In a pool too: Python 3.11 dies of a server thread that ends with a connection of its own."""
    opened = PooledSqliteDatabase(
        path,
        max_connections=None,
        pragmas=PRAGMAS,
        lock_type="IMMEDIATE",
        check_same_thread=False,
        cached_statements=KEPT_STATEMENTS,
    )
    opened.register_function(fold, "fold", 1, deterministic=True)
    return opened


def _postgresql(url: str) -> SentAhead:
    opened = SentAhead(
        url.replace("postgres://", "postgresql://", 1),
        max_connections=CONNECTIONS,
        stale_timeout=3600,  # its first acts are slow: PostgreSQL plans each guard anew
        timeout=10,
        prefer_psycopg3=True,
        cursor_factory=KeepingCursor,
        # Helpers for one statement take 8 ms to come and its machine code 150 ms to be made:
        # longer than the answers that pages of ours wait for.
        options="-c timezone=UTC -c statement_timeout=60000 -c random_page_cost=1.1"
        " -c max_parallel_workers_per_gather=0 -c jit=off",
    )
    return opened


def close_database() -> None:
    """Close this thread's connection and forget the pool and the address."""
    if database.obj is None:
        return
    database.close()
    if hasattr(database.obj, "close_all"):
        database.obj.close_all()
    database.initialize(None)


def is_sqlite() -> bool:
    """Whether the embedded engine is open (else it is PostgreSQL)."""
    return isinstance(database.obj, SqliteDatabase)


def engine_name() -> str:
    """`sqlite` or `postgresql`."""
    return "sqlite" if is_sqlite() else "postgresql"


@contextmanager
def one_act() -> Iterator[Any]:
    """One act, one transaction: all of it is kept, or nothing; what it changed is sealed.

    An act within an act is part of it. Yields the transaction, which has `rollback()`.
    """
    outermost, alone = not _open_acts.depth, not database.in_transaction()
    with _turn(), database.atomic() as transaction:
        seal = Seal(database.obj, is_sqlite()) if outermost else None
        _open_acts.depth += 1
        try:
            yield transaction
        finally:
            _open_acts.depth -= 1
            last, _open_acts.last = _open_acts.last, ()
        if seal is not None:
            seal.close(last, ends=alone)


def say_last(*questions: Any) -> None:
    """Leave these (`Asked`) to the end of the act, where they travel with its seal.

    Only in an outermost act, which asks nothing after them: what is refused undoes all of it.
    """
    _open_acts.last = questions


@contextmanager
def _turn() -> Iterator[None]:
    """Stand in line before the one writer's place of SQLite; who writes already has it."""
    if not is_sqlite() or database.in_transaction():
        yield
        return
    with copied_back(database.execute_sql), in_line(database.obj.database):
        yield


def execute_plain(statement: str) -> None:
    """Run one statement without arguments; a % in it is just a %."""
    database.execute_sql(statement if is_sqlite() else statement.replace("%", "%%"))


def lost_to_rival(error: peewee.OperationalError) -> bool:
    """Whether PostgreSQL undid an act only because a rival was in its way: it may begin anew."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in SENT_AWAY


def after_commit(act: Callable[[], None]) -> None:
    """Do `act` once the outermost transaction is kept; forget it when it is undone."""
    database.after_commit(act)


def sqlite_library() -> tuple[int, int, int]:
    """The version of the SQLite library that peewee uses."""
    return peewee.sqlite3.sqlite_version_info
