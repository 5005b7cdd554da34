"""Many people at one house: real processes that start together, and what each of them met."""

from __future__ import annotations

import multiprocessing
import traceback
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, wait
from random import Random
from threading import Barrier
from time import sleep
from typing import Any

from peewee import IntegrityError, OperationalError

from schema import TABLES
from schema.database import close_database, database, lost_to_rival, one_act, open_database
from schema.explain import Explainer

PEOPLE = 8
PATIENCE = 60
LOST, KEPT = "lost to a rival", "kept"

explainer = Explainer(TABLES)
gate: Barrier


class Stumbled(AssertionError):
    """One of the crowd met what nobody expected; its own traceback is the message."""


class Crowd:
    """People who wait outside, ready for one race after another; starting a process is dear."""

    def __init__(self) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.start = spawn.Barrier(PEOPLE, timeout=PATIENCE)
        self.pool = ProcessPoolExecutor(PEOPLE, spawn, _meet, (self.start,))

    def all_do(self, url: str, act: Callable[..., Any], *facts: Any) -> list[Any]:
        """Do `act(place, *facts)` in all processes at the same moment; what each returned.

        Each process opens the house itself. Raises Stumbled when one of them fails.
        """
        self.start.reset()
        going = [self.pool.submit(_take_part, url, act, place, facts) for place in range(PEOPLE)]
        wait(going)
        fallen = [one.exception() for one in going if one.exception()]
        for error in sorted(fallen, key=lambda error: "BrokenBarrier" in str(error)):
            raise error
        return [one.result() for one in going]


def _meet(start: Barrier) -> None:
    global gate
    gate = start


def _take_part(url: str, act: Callable[..., Any], place: int, facts: tuple[Any, ...]) -> Any:
    try:
        open_database(url)
        database.connect()
        gate.wait()
        return act(place, *facts)
    except BaseException:
        gate.abort()
        raise Stumbled(f"number {place}\n{traceback.format_exc()}") from None
    finally:
        close_database()


def tried(tally: Counter[str], act: Callable[[], Any]) -> bool:
    """Do `act` as one act, and count how it ended: kept, or refused by the rule of that name.

    A rival whom PostgreSQL sends away tries again. A refusal that no rule explains is raised.
    """
    while True:
        try:
            with one_act():
                act()
        except IntegrityError as error:
            tally[named(error)] += 1
            return False
        except OperationalError as error:
            if not lost_to_rival(error):
                raise
            tally[LOST] += 1
            sleep(Random().random() / 100)
            continue
        tally[KEPT] += 1
        return True


def named(error: IntegrityError) -> str:
    """The name of the rule that refused."""
    rule = explainer.explain(error).rule
    if rule is None:
        raise error
    return rule


def together(tallies: Iterable[Counter[str]]) -> Counter[str]:
    """What the whole crowd met; also printed, for those who look (pytest -rP)."""
    whole: Counter[str] = sum(tallies, Counter())
    print(f"operations {operations(whole)}, refused {refused(whole).total()}: {dict(whole)}")
    return whole


def refused(tally: Counter[str]) -> Counter[str]:
    """Only the refusals, by rule."""
    return Counter({name: times for name, times in tally.items() if name not in (KEPT, LOST)})


def operations(tally: Counter[str]) -> int:
    return tally[KEPT] + refused(tally).total()
