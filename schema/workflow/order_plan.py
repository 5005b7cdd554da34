"""The dates of a work: each step's latest start, what is feasible, how long a new one takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from schema.cards import Card, CardStep
from schema.lab import Material, WorkType
from schema.orders import LabOrder
from schema.pipelines import Pipeline, Stage
from schema.planning import (
    WALL_CLOCKS,
    Line,
    Planned,
    Step,
    back,
    earliest_end,
    earliest_visit,
    joined,
    latest_start,
    on,
    started,
)
from schema.routes import Routes
from schema.tracks import Track
from schema.workflow.order_due import LONG_DAYS, LONG_SPAN, USUAL_DAYS, days_to_spare, hours_of
from schema.workflow.outside_plan import at_a_firm, at_the_firm, by_suppliers, supplier_steps
from schema.workflow.routes import route_by, route_of
from schema.workflow.tracks import units_of
from schema.working_time import WorkingTime, working_time


@dataclass(frozen=True)
class Plan:
    """What lies ahead of a work: `steps` with their latest starts (earliest ones without a due).

    `ready_by` is what its card says; `begins_by` when the present step must be under way at the
    latest; `ends` when all is done at the earliest from now on; `visit_day` the first day whose
    visits the work can meet with its days to spare. Instants are UTC.
    """

    ready_by: dt.datetime | None
    steps: list[Planned]
    begins_by: dt.datetime | None
    ends: dt.datetime
    visit_day: dt.date

    @property
    def is_feasible(self) -> bool:
        return self.ready_by is None or self.ends <= self.ready_by


def plan_of(order: LabOrder, now: dt.datetime) -> Plan | None:
    """The plan of an order in the laboratory; None for a draft, a closed one, or one handed over.

    Queues are not in it: it says what can be, `reports.forecast` what is likely.
    """
    card = Card.get_by_id(order.card_id)
    if order.is_draft or card.closed_at is not None:
        return None
    hours = hours_of(order)
    line = line_of(order, Routes(), hours, now)
    if line is None:
        return None
    return _plan(line, card.due_at, days_to_spare(order), hours, now)


def _plan(
    line: Line, due: dt.datetime | None, days: int, hours: WorkingTime, now: dt.datetime
) -> Plan:
    ends = earliest_end(line, now, hours)
    steps = on(line, now, hours) if due is None else back(line, due, hours)
    begins = None if due is None else latest_start(line, due, hours)
    return Plan(due, steps, begins, ends, earliest_visit(ends, days, hours))


def line_of(order: LabOrder, routes: Routes, hours: WorkingTime, now: dt.datetime) -> Line | None:
    """The steps that lie ahead, what is done of the present ones taken off.

    Open processes lie side by side; only without any does the order's own way count. None when
    the laboratory has handed the work over.
    """
    route, units = route_of(order), max(1, len(units_of(order)))
    tracks = _tracks(order)
    there = frozenset(code for _, code in tracks)
    above = Card.select(Card, Stage).join(Stage).where(Card.id == order.card_id).get()
    if not routes.is_ahead_of_ready(above.pipeline_id, above.stage_id):
        return None
    cards = [card for card, _ in tracks if card.closed_at is None] or [above]
    since, times = _since(cards), supplier_steps(now)
    away = at_a_firm(cards, now)
    lines = []
    for card in cards:
        line = routes.ahead(card.pipeline_id, card.stage_id, route, units, there)
        line = by_suppliers(line, times)
        if card.id in away:
            lines.append(at_the_firm(line, away[card.id]))
            continue
        lines.append(started(line, _done(line, since[card.id], hours, now)))
    return joined([line for line in lines if line])


def _tracks(order: LabOrder) -> list[tuple[Card, str]]:
    """The cards of all processes of the order, with the codes of their pipelines."""
    found = Card.select(Card, Pipeline).join(Pipeline).switch(Card).join(Track)
    rows = found.where(Track.order == order).order_by(Card.id)
    return [(card, card.pipeline.code) for card in rows]


def _since(cards: Iterable[Card]) -> dict[int, dt.datetime]:
    """When each card came to where it stands."""
    since: dict[int, dt.datetime] = {card.id: card.opened_at for card in cards}
    newest = CardStep.select(CardStep.card, fn.MAX(CardStep.at).converter(CardStep.at.python_value))
    newest = newest.where(CardStep.card.in_(list(since))).group_by(CardStep.card)
    return since | dict(newest.tuples())


def _done(line: Line, since: dt.datetime, hours: WorkingTime, now: dt.datetime) -> int:
    """Minutes of its own clock that the present step has lasted."""
    first = line[0] if line else None
    if not isinstance(first, Step):
        return 0
    if first.clock in WALL_CLOCKS:
        return max(0, int((now - since).total_seconds() // 60))
    return hours.between(since, now)


def how_long(
    work: WorkType, material: Material | None, teeth: int, location: int | None, now: dt.datetime
) -> Plan:
    """The plan of a work that would be ordered now: by standard times, without queues.

    A bridge of `teeth` teeth is one piece, other works are as many pieces as teeth.
    """
    hours = working_time(location)
    line = Routes().new_order(route_by(work, material), 1 if work.is_bridge else max(1, teeth))
    line = by_suppliers(line, supplier_steps(now))
    days = LONG_DAYS if work.is_bridge and teeth >= LONG_SPAN else USUAL_DAYS
    return _plan(line, None, days, hours, now)
