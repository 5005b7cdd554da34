"""Savepoints named by their depth: what is said again and again is compiled once."""

from __future__ import annotations

import threading

from peewee import DatabaseProxy, _savepoint


class OpenSavepoints(threading.local):
    """How many savepoints are open in this thread, one within the other."""

    depth = 0


_open = OpenSavepoints()


class Savepoint(_savepoint):
    """A part of a transaction that can be undone alone.

    The library draws a new name for each, and SQLite keeps each text that it has compiled: a few
    hundred acts would push the statements of the house out.
    """

    def __enter__(self) -> Savepoint:
        _open.depth += 1
        self.quoted_sid = f'"within_{_open.depth}"'
        self._begin()
        return self

    def __exit__(self, *error: object) -> None:
        try:
            super().__exit__(*error)
        finally:
            _open.depth -= 1


class SaysTheSame(DatabaseProxy):
    """Stands for the open database; its savepoints bear the same names at each act."""

    def savepoint(self) -> Savepoint:
        return Savepoint(self)
