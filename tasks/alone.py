"""One process at a time: a lock that ends with the process that holds it, however it dies."""

from __future__ import annotations

import fcntl
import zlib
from typing import Any, TextIO

import psycopg

from schema.settings import Settings


class HouseLock:
    """A named lock of the house: a file beside SQLite, an advisory lock in PostgreSQL."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name, self.settings = name, settings
        self._held: TextIO | psycopg.Connection[Any] | None = None

    def take(self) -> bool:
        """Take the lock if it is free, and say whether this process holds it now."""
        held = self._lock_file() if self.settings.is_embedded else self._lock_in_postgresql()
        self._held = held
        return held is not None

    def release(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None

    def is_held(self) -> bool:
        """Whether the lock is still ours; a lost connection to PostgreSQL loses it."""
        if not isinstance(self._held, psycopg.Connection):
            return self._held is not None
        try:
            self._held.execute("SELECT 1")
        except psycopg.Error:
            return False
        return True

    def _lock_file(self) -> TextIO | None:
        self.settings.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (self.settings.folder / f"{self.name}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return None
        return file

    def _lock_in_postgresql(self) -> psycopg.Connection[Any] | None:
        connection = psycopg.connect(self.settings.database_url, autocommit=True)
        key = zlib.crc32(f"benchside {self.name}".encode())
        got = connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone()
        if got and got[0]:
            return connection
        connection.close()
        return None
