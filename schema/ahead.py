"""What lies ahead of works, with what is known of firms, of people, and of what has begun."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from peewee import fn

from schema.bench import BenchAct, MachineRun, MachineRunWork
from schema.cards import Card
from schema.outside_plan import at_the_firm, by_suppliers, supplier_steps
from schema.pipelines import Stage
from schema.planning import WALL_CLOCKS, Line, Side, Step, started
from schema.presence import People, Presence, people_on
from schema.routes import Routes
from schema.tracks import Assignment, Track
from schema.working_time import WorkingTime, clinic_zone

# Clocks that begin when a work comes to its stage: nobody here starts them.
OTHERS_CLOCKS = ("supplier", "patient")
HANDS = ("lab", "machine")


@dataclass(frozen=True)
class Standing:
    """Where a work stands: `pieces` and `there` as `Routes.ahead` takes them.

    `technician` who has it at this stage; `begun` since when its present step is under way (UTC),
    None while it waits; `outside` minutes of the calendar until a firm is done, when one has it.
    """

    pipeline: int
    stage: int
    route: str
    pieces: int = 1
    there: frozenset[str] = frozenset()
    technician: int | None = None
    begun: dt.datetime | None = None
    outside: int | None = None


class Ahead:
    """The lines of works at one moment; eight questions in all, however many works there are."""

    def __init__(self, now: dt.datetime, people: People | None = None) -> None:
        self.now = now
        self.routes = Routes()
        people = people or people_on(now.astimezone(clinic_zone()).date())
        self.presence = Presence(people)
        self._times = supplier_steps(now)

    def line(self, work: Standing, hours: WorkingTime) -> Line:
        """The steps ahead: suppliers' by their P80, people's in the time in which they are there.

        What is done of the present step is taken off; a firm that has the work is waited for.
        """
        way = self.routes.ahead(work.pipeline, work.stage, work.route, work.pieces, work.there)
        line = self.peopled(by_suppliers(way, self._times), hours)
        if work.outside is not None:
            return at_the_firm(line, work.outside)
        if work.technician is not None:
            line = self._theirs(line, self.presence.of(work.technician, hours), hours)
        return started(line, self._done(line, work.begun, hours))

    def new_order(self, route: str, pieces: int, hours: WorkingTime) -> Line:
        """The whole line of a work that would be ordered now."""
        return self.peopled(by_suppliers(self.routes.new_order(route, pieces), self._times), hours)

    def peopled(self, line: Line, hours: WorkingTime) -> Line:
        """The line with the hours of those who have learnt each step, where they differ."""
        parts: list[Step | Side] = []
        for part in line:
            if isinstance(part, Side):
                parts.append(Side(tuple(self.peopled(side, hours) for side in part.lines)))
                continue
            code = self.routes.codes.get(part.stage, "")
            there = self.presence.at_stage(code, hours) if part.clock in HANDS else hours
            parts.append(part if there is hours else replace(part, hours=there))
        return tuple(parts)

    def _theirs(self, line: Line, own: WorkingTime, hours: WorkingTime) -> Line:
        """The line whose present step is one person's to do."""
        if not line or isinstance(line[0], Side) or line[0].clock not in HANDS:
            return line
        return (replace(line[0], hours=None if own is hours else own), *line[1:])

    def _done(self, line: Line, begun: dt.datetime | None, hours: WorkingTime) -> int:
        """Minutes of its own clock that the present step has lasted."""
        first = line[0] if line else None
        if begun is None or not isinstance(first, Step):
            return 0
        if first.clock in WALL_CLOCKS:
            return max(0, int((self.now - begun).total_seconds() // 60))
        return (first.hours or hours).between(begun, self.now)


def begun_at(cards: Iterable[int]) -> dict[int, dt.datetime]:
    """Since when processes (cards by their keys) are under way at their stage; two questions.

    By the Start of whoever has the work now, or by the machine's run in which it lies.
    """
    keys = list(cards)
    found = dict(_starts(keys).tuples())
    found |= dict(_runs(keys).tuples())
    return found


def holders_of(cards: Iterable[int]) -> dict[int, int]:
    """Who has each process (card by its key) at the stage where it stands; one question."""
    told = Assignment.select(Track.card, Assignment.technician).join(Track).join(Card)
    here = Assignment.ended_at.is_null() & (Assignment.stage == Card.stage)
    return dict(told.where(Track.card.in_(list(cards)), here).tuples())


def _starts(cards: list[int]) -> Any:
    newest = fn.MAX(BenchAct.at).converter(BenchAct.at.python_value)
    theirs = (Assignment.track == Track.id) & (Assignment.technician == BenchAct.by)
    now = theirs & Assignment.ended_at.is_null() & (BenchAct.at >= Assignment.started_at)
    return (
        BenchAct.select(BenchAct.card, newest)
        .join(Card, on=(Card.id == BenchAct.card) & (Card.step_count == BenchAct.step))
        .join(Track, on=Track.card == Card.id)
        .join(Assignment, on=now)
        .where(BenchAct.card.in_(cards), BenchAct.deed == "start")
        .group_by(BenchAct.card)
    )


def _runs(cards: list[int]) -> Any:
    newest = fn.MAX(MachineRun.started_at).converter(MachineRun.started_at.python_value)
    return (
        MachineRunWork.select(Track.card, newest)
        .join(MachineRun)
        .switch(MachineRunWork)
        .join(Track)
        .join(Card)
        .join(Stage, on=(Card.stage == Stage.id) & (Stage.code == MachineRun.stage_code))
        .where(
            Track.card.in_(cards),
            MachineRun.ended_at.is_null(),
            MachineRunWork.taken_out_at.is_null(),
        )
        .group_by(Track.card)
    )
