"""SQLite has one writer: those who want to write stand in line instead of polling the file."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

# As long as SQLite itself would wait for a busy file; in seconds.
PATIENCE = 15
GLANCE = 0.0005
_line = threading.Lock()


@contextmanager
def in_line(file: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the turn among all threads and processes that write to the database in `file`.

    SQLite's own waiting polls at growing intervals, so that who comes late may go first, again and
    again. Whoever waited `patience` seconds goes on without the turn, and SQLite says whether the
    file is free.
    """
    until = time.monotonic() + patience
    mine = _line.acquire(timeout=patience)
    turn = os.open(f"{file}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _take(turn, until)
        yield
    finally:
        os.close(turn)  # which gives the turn back
        if mine:
            _line.release()


def _take(turn: int, until: float) -> None:
    """Only the first of each process comes here, so glancing costs next to nothing."""
    while time.monotonic() < until:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(GLANCE)
        else:
            return
