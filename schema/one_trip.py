"""Statements that travel to PostgreSQL together: what waits for the wire waits once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import Database, SqliteDatabase, __exception_wrapper__
from playhouse.pool import PooledPostgresqlDatabase
from psycopg.pq import TransactionStatus


class SentAhead(PooledPostgresqlDatabase):
    """PostgreSQL whose COMMIT may have left already, with the last statements of an act."""

    def commit(self) -> None:
        if self.connection().info.transaction_status != TransactionStatus.IDLE:
            super().commit()


@contextmanager
def one_trip(opened: Database) -> Iterator[None]:
    """What is executed inside is answered in its order when the block ends; by SQLite at once.

    Inside, no answer may be read on PostgreSQL. Each statement sees what those before it did, and
    one that is refused raises as it would alone; those after it are not done.
    """
    if isinstance(opened, SqliteDatabase):
        yield
        return
    with __exception_wrapper__, opened.connection().pipeline():
        yield
