"""Forty people move cards at their own pace: the verb against the bare statements it is made of."""

from __future__ import annotations

import datetime as dt
import math
import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

from bench.goals import Goal
from schema.automations import Automation
from schema.base import utcnow
from schema.cards import Card
from schema.database import (
    close_database,
    database,
    execute_plain,
    is_sqlite,
    one_act,
    open_database,
)
from schema.memory import keep_for_good
from schema.pipelines import Pipeline, Stage, StageStep
from schema.staff import Role, Staff
from schema.workflow.steps import move

PROCESSES, THREADS, SECONDS, THINK = 2, 20, 12.0, 0.2
ROUNDS = 3  # of a round's acts only some twenty are slower than its p99
WARM_UP = 8.0
# The pool of a house that runs has open connections, and PostgreSQL plans the statements and the
# guards of a connection five times before it keeps a plan: all of the pool are warmed.
WARM_ACTS = 8
TIMES_BARE = 5.0
Clock = Callable[[], None]


@dataclass
class Taken:
    """Milliseconds of each act that was kept, and how many fell with an error."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Milliseconds within which that share of the acts was done; endless without any act."""
        return sorted(self.times)[int(len(self.times) * share)] if self.times else math.inf


def measure(url: str) -> dict[str, Taken]:
    """Both kinds of act in turn, some rounds each, by forty people in two processes."""
    open_database(url)
    cards, stages, people = _sow()
    _bare_tables(len(cards))
    close_database()
    _fill(url, cards, stages, people)
    taken: dict[str, Taken] = {"verb": Taken(), "bare": Taken()}
    for name in ("bare", "verb") * ROUNDS:
        for one in _crowd(url, name, cards, stages, people):
            taken[name].times += one.times
            taken[name].errors += one.errors
    return taken


def tell(taken: dict[str, Taken]) -> None:
    """The figures, one line for each kind."""
    for name, one in taken.items():
        print(
            f"{name:6} {len(one.times):6} acts, p50 {one.at(0.5):8.2f} ms, "
            f"p99 {one.at(0.99):8.2f} ms, errors {len(one.errors)} {set(one.errors) or ''}"
        )


def moving_goals(taken: dict[str, Taken]) -> Iterator[Goal]:
    ratio = taken["verb"].at(0.99) / taken["bare"].at(0.99)
    yield Goal("40 paced movers, p99 verb / bare", ratio, "<=", TIMES_BARE)
    yield Goal("40 paced movers, errors", len(taken["verb"].errors), "<=", 0)


def _sow() -> tuple[list[int], list[int], list[int]]:
    """A pipeline of two open stages with an automation at each, and people with a card each."""
    with one_act():
        mark = time.time_ns()
        way = Pipeline.create(kind="lead", code=f"bench{mark}", name="Bench")
        stages = [
            Stage.create(pipeline=way, code=code, name=code, position=place, opens=place == 1)
            for place, code in enumerate(("here", "there"), 1)
        ]
        for here, there in (stages, stages[::-1]):
            back = here.position > there.position
            StageStep.create(pipeline=way, from_stage=here, to_stage=there, back=back)
            role = Role.get()
            Automation.create(stage=here, action="followup", text="Look", role=role)
        Pipeline.update(published_at=utcnow()).where(Pipeline.id == way.id).execute()
        cards = [
            Card.create(kind="lead", pipeline=way, stage=stages[0]).id
            for _ in range(PROCESSES * THREADS)
        ]
        people = [
            Staff.create(last_name="B", first_name="B", email=f"bench{mark}.{card}@clinic.test").id
            for card in cards
        ]
    return cards, [stage.id for stage in stages], people


def _bare_tables(count: int) -> None:
    """The same three rows without rules, triggers or audit."""
    key = "INTEGER PRIMARY KEY" if is_sqlite() else "SERIAL PRIMARY KEY"
    for table in ("bare_card", "bare_step", "bare_outbox"):
        database.execute_sql(f"DROP TABLE IF EXISTS {table}")
        database.execute_sql(
            f"CREATE TABLE {table} (id {key}, card INTEGER, stage INTEGER, "
            "at TIMESTAMP, about TEXT)"
        )
    for card in range(1, count + 1):
        database.execute_sql(f"INSERT INTO bare_card (card, stage) VALUES ({card}, 1)")


def _fill(url: str, cards: list[int], stages: list[int], people: list[int]) -> None:
    """One round that does not count, and what PostgreSQL's autovacuum does each minute after it.

    A connection that plans while the history is empty reads it from end to end until then.
    """
    _crowd(url, "verb", cards, stages, people)
    open_database(url)
    if not is_sqlite():
        with database.connection_context():
            execute_plain("ANALYZE")
    close_database()


def _crowd(
    url: str, name: str, cards: list[int], stages: list[int], people: list[int]
) -> list[Taken]:
    spawn = multiprocessing.get_context("spawn")
    with spawn.Pool(PROCESSES) as pool:
        seats = list(zip(cards, people, strict=True))
        parts = [
            (url, name, seats[place * THREADS : (place + 1) * THREADS], stages)
            for place in range(PROCESSES)
        ]
        return pool.starmap(_people, parts)


def _people(url: str, name: str, seats: list[tuple[int, int]], stages: list[int]) -> Taken:
    """Twenty people of one process, each with a card of their own.

    As in a request of the house, each act takes a connection of the pool and gives it back.
    """
    open_database(url)
    keep_for_good()
    taken, until = Taken(), time.perf_counter() + WARM_UP + SECONDS
    people = [
        threading.Thread(target=_person, args=(taken, until, name, card, stages, mover))
        for card, mover in seats
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    close_database()
    return taken


def _person(
    taken: Taken, until: float, name: str, card: int, stages: list[int], mover: int
) -> None:
    """Acts at once until their connection is warm, then at this person's pace, then measured."""
    chance, there = random.Random(card), _to_and_fro(card, stages)
    with database.connection_context():
        for _ in range(WARM_ACTS):
            _act(name, card, next(there), mover)
    while (started := time.perf_counter()) < until:
        try:
            with database.connection_context():
                _act(name, card, next(there), mover)
        except Exception as error:  # whatever a person would see counts
            taken.errors.append(f"{type(error).__name__}: {error}"[:120])
        else:
            if started >= until - SECONDS:
                taken.times.append((time.perf_counter() - started) * 1000)
        time.sleep(THINK * (0.5 + chance.random()))


def _to_and_fro(card: int, stages: list[int]) -> Iterator[int]:
    """Where the card is taken next, as the page before its person says."""
    with database.connection_context():
        here = Card.get_by_id(card).stage_id
    return cycle([sum(stages) - here, here])


def _act(name: str, card: int, to_stage: int, mover: int) -> None:
    if name == "bare":
        _bare(1 + card % THREADS, utcnow())
    else:
        move(card, to_stage, by=mover, now=utcnow())


def _bare(card: int, now: dt.datetime) -> None:
    """Read, check, update, insert twice: one transaction."""
    with database.atomic():
        here = database.execute_sql(f"SELECT stage FROM bare_card WHERE id = {card}").fetchone()
        there = 1 - here[0]
        database.execute_sql(f"UPDATE bare_card SET stage = {there} WHERE id = {card}")
        for table in ("bare_step", "bare_outbox"):
            database.execute_sql(
                f"INSERT INTO {table} (card, stage, at, about) "
                f"VALUES ({card}, {there}, '{now:%Y-%m-%d %H:%M:%S}', 'moved')"
            )
