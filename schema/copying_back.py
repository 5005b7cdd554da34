"""SQLite's log goes back into its file after a turn, so that nobody in line waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count

from peewee import OperationalError

# While the file is written out the disk keeps commits waiting: some 5 ms for what so few acts
# wrote, up to 25 for four times as many in a house with a million changes.
ACTS_BETWEEN = 32
_acts = count(1)


@contextmanager
def copied_back(run: Callable[[str], object]) -> Iterator[None]:
    """Around a turn to write: once it is over, now and then the log is copied, by `run` of SQL.

    SQLite itself would do it at the end of an act that finds the log long, before anyone else may
    write. Where this connection still reads, or another one copies, the next one sees to it.
    """
    yield
    if next(_acts) % ACTS_BETWEEN == 0:
        try:
            run("PRAGMA wal_checkpoint(PASSIVE)")
        except OperationalError:
            return
