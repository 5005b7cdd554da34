"""The one queue: it wakes the clock's work and may lose or double a wake-up without harm."""

from __future__ import annotations

from typing import Any

from huey import Huey
from huey.serializer import SignedSerializer
from huey.storage import MemoryStorage, PostgresStorage, SqliteStorage

from schema.acting import NOBODY, Actor, take_the_place
from schema.database import database
from schema.settings import Settings

# Until `open_queue` says where it lives, the queue is in memory: importing makes no file.
huey = Huey("benchside", results=False, storage_class=MemoryStorage)


def open_queue(settings: Settings) -> Huey:
    """Let the queue live in its own file beside SQLite, or in the same PostgreSQL."""
    huey.serializer = SignedSerializer(secret=settings.secret_key, salt="benchside queue")
    if settings.is_embedded:
        settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        huey.storage_class = SqliteStorage
        huey.storage_kwargs = {"filename": str(settings.folder / "queue.db"), "timeout": 15}
    else:
        huey.storage_class = PostgresStorage
        huey.storage_kwargs = {"dsn": settings.database_url}
    huey.storage = huey.create_storage()
    return huey


@huey.pre_execute()
def open_connection(task: Any) -> None:
    """Every piece of work has its own connection, and the audit knows whose it is."""
    database.connect(reuse_if_open=True)
    take_the_place(Actor(door="clock", reason=task.name))


@huey.post_execute()
def close_connection(task: Any, value: Any, exception: Any) -> None:
    """A connection never outlives its piece of work."""
    take_the_place(NOBODY)
    if not database.is_closed():
        database.close()
