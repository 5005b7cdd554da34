"""Reading a number and writing the next one: on SQLite writers queue, none is sent away."""

from __future__ import annotations

from functools import partial
from time import perf_counter

from schema.database import one_act
from schema.sessions import SignInAttempt
from tests.concurrency.crowd import PEOPLE, Crowd

TIMES = 100
TIMEOUT = 15


def counting(place: int, row: int) -> float:
    """Counts up a hundred times, each in an act of its own; the longest that one of them took."""
    return max(map(timed, [partial(count_up, row)] * TIMES))


def timed(act: partial[None]) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def count_up(row: int) -> None:
    with one_act():
        seen = SignInAttempt.get_by_id(row)
        seen.count += 1
        seen.save()


def test_no_writer_is_told_that_the_database_is_locked(sqlite_house, crowd: Crowd):
    row = SignInAttempt.create(key="name:ana", window=1).id

    waits = crowd.all_do(sqlite_house.url, counting, row)

    print(f"operations {PEOPLE * TIMES}, longest wait {max(waits) * 1000:.0f} ms")
    assert SignInAttempt.get_by_id(row).count == PEOPLE * TIMES
    assert max(waits) < TIMEOUT
