"""Statements that travel to PostgreSQL together: what waits for the wire waits once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from peewee import Database, SqliteDatabase, __exception_wrapper__
from playhouse.pool import PooledPostgresqlDatabase
from psycopg import Pipeline
from psycopg.abc import PQGen
from psycopg.generators import send
from psycopg.pq import TransactionStatus


class SentAhead(PooledPostgresqlDatabase):
    """PostgreSQL whose COMMIT may have left already, with the last statements of an act."""

    def commit(self) -> None:
        if self.connection().info.transaction_status != TransactionStatus.IDLE:
            super().commit()


class OneLetter(Pipeline):
    """A pipeline whose statements leave together, when an answer is asked for.

    The library's own sends each alone: the server wakes for each, and so does every thread of ours
    that waits for its turn.
    """

    def _communicate_gen(self) -> PQGen[None]:
        return
        yield

    def _exit_gen(self) -> PQGen[None]:
        self._enqueue_sync()
        yield from self._fetch_gen(flush=False)

    def _fetch_gen(self, *, flush: bool) -> PQGen[None]:
        while self.command_queue:
            self.command_queue.popleft()()
        yield from send(self.pgconn)
        yield from super()._fetch_gen(flush=flush)


@contextmanager
def one_trip(opened: Database) -> Iterator[None]:
    """What is executed inside is answered in its order when the block ends; by SQLite at once.

    Inside, no answer may be read on PostgreSQL. Each statement sees what those before it did, and
    one that is refused raises as it would alone; those after it are not done.
    """
    if isinstance(opened, SqliteDatabase):
        yield
        return
    connection = opened.connection()
    connection._pipeline = connection._pipeline or OneLetter(connection)
    with __exception_wrapper__, connection.pipeline():
        yield
