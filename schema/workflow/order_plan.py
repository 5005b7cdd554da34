"""The dates of a work: each step's latest start, what is feasible, how long a new one takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from peewee import fn

from schema.ahead import OTHERS_CLOCKS, Ahead, Standing, begun_at, holders_of
from schema.cards import Card, CardStep
from schema.lab import Material, WorkType
from schema.orders import LabOrder
from schema.outside_plan import at_a_firm
from schema.pipelines import Pipeline, Stage
from schema.planning import (
    Line,
    Planned,
    back,
    earliest_end,
    earliest_visit,
    joined,
    latest_start,
    on,
)
from schema.tracks import Track
from schema.workflow.order_due import LONG_DAYS, LONG_SPAN, USUAL_DAYS, days_to_spare, hours_of
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
    line = line_of(order, Ahead(now), hours)
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


def line_of(order: LabOrder, ahead: Ahead, hours: WorkingTime) -> Line | None:
    """The steps that lie ahead, what is done of the present ones taken off.

    Open processes lie side by side; only without any does the order's own way count. None when
    the laboratory has handed the work over.
    """
    tracks = _tracks(order)
    above = Card.select(Card, Stage).join(Stage).where(Card.id == order.card_id).get()
    if not ahead.routes.is_ahead_of_ready(above.pipeline_id, above.stage_id):
        return None
    cards = [card for card, _ in tracks if card.closed_at is None] or [above]
    there = frozenset(code for _, code in tracks)
    lines = [ahead.line(one, hours) for one in _standing(order, cards, there, ahead.now)]
    return joined([line for line in lines if line])


def _tracks(order: LabOrder) -> list[tuple[Card, str]]:
    """The cards of all processes of the order, with the codes of their pipelines."""
    found = Card.select(Card, Pipeline, Stage).join(Pipeline).switch(Card).join(Stage)
    found = found.switch(Card).join(Track)
    rows = found.where(Track.order == order).order_by(Card.id)
    return [(card, card.pipeline.code) for card in rows]


def _standing(
    order: LabOrder, cards: list[Card], there: frozenset[str], now: dt.datetime
) -> list[Standing]:
    """Where the cards of an order stand; a card of the order itself is under way at once."""
    keys = [card.id for card in cards]
    route, units = route_of(order), max(1, len(units_of(order)))
    entered, begun, away = _since(cards), begun_at(keys), at_a_firm(keys, now)
    holders = holders_of(keys)
    return [
        Standing(
            card.pipeline_id,
            card.stage_id,
            route,
            units,
            there,
            holders.get(card.id),
            begun.get(card.id) or (entered[card.id] if _begins_at_once(card) else None),
            away.get(card.id),
        )
        for card in cards
    ]


def _begins_at_once(card: Card) -> bool:
    return card.kind == "order" or card.stage.clock in OTHERS_CLOCKS


def _since(cards: Iterable[Card]) -> dict[int, dt.datetime]:
    """When each card came to where it stands."""
    since: dict[int, dt.datetime] = {card.id: card.opened_at for card in cards}
    newest = CardStep.select(CardStep.card, fn.MAX(CardStep.at).converter(CardStep.at.python_value))
    newest = newest.where(CardStep.card.in_(list(since))).group_by(CardStep.card)
    return since | dict(newest.tuples())


def how_long(
    work: WorkType, material: Material | None, teeth: int, location: int | None, now: dt.datetime
) -> Plan:
    """The plan of a work that would be ordered now: by standard times, without queues.

    A bridge of `teeth` teeth is one piece, other works are as many pieces as teeth.
    """
    hours = working_time(location)
    pieces = 1 if work.is_bridge else max(1, teeth)
    line = Ahead(now).new_order(route_by(work, material), pieces, hours)
    days = LONG_DAYS if work.is_bridge and teeth >= LONG_SPAN else USUAL_DAYS
    return _plan(line, None, days, hours, now)
