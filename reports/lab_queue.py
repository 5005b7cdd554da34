"""Which works are open in the laboratory, where does each stand, and who has it?"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from schema.ahead import OTHERS_CLOCKS, begun_at
from schema.cards import Card, CardStep
from schema.holds import Hold
from schema.orders import LabOrder
from schema.outside_plan import at_a_firm
from schema.pipelines import Pipeline, Stage
from schema.queue_marks import QueueMark
from schema.teeth import OrderConnector, OrderTooth
from schema.tracks import Assignment, Track, TrackTooth


@dataclass
class Work:
    """A process of an order at its present stage.

    `entered` is when it came there; `units` its teeth; `pieces` how many separate pieces its order
    makes; `there` the codes of all processes of the order; `technician` who has it at this stage;
    `maker` who had it at this stage before it came back; `marks` since when it is marked, by kind;
    `begun` since when its present step is under way, None while it waits; `outside` how many
    minutes of the calendar a firm that has it still needs.
    """

    track: int
    name: str | None
    card: int
    order: int
    ticket: str
    patient: int
    dentist: int
    kind: tuple[int, int | None]
    shade: int | None
    location: int | None
    priority: str
    due: dt.datetime | None
    opened: dt.datetime
    steps: int
    pipeline: int
    way: str
    way_name: str
    stage: int
    code: str
    stage_name: str
    position: int
    clock: str
    minutes: int | None
    entered: dt.datetime = field(init=False)
    units: int = 1
    pieces: int = 1
    there: frozenset[str] = frozenset()
    technician: int | None = None
    maker: int | None = None
    held: str | None = None
    held_since: dt.datetime | None = None
    marks: dict[str, dt.datetime] = field(default_factory=dict)
    begun: dt.datetime | None = None
    outside: int | None = None

    def __post_init__(self) -> None:
        self.entered = self.opened


def works(tracks: Any, now: dt.datetime) -> list[Work]:
    """The open processes among `tracks`, a select of what to look at; a dozen questions.

    Only stages where work goes on; what is closed, lost or of a draft is not in it.
    """
    found = [_work(row) for row in _open(tracks).tuples()]
    by_track = {one.track: one for one in found}
    if found:
        _enter(found)
        _count_teeth(found, by_track)
        _add_processes(found)
        _add_people(by_track)
        _add_holds(found)
        _add_progress(found, now)
        for track, kind, since in _marks(list(by_track)):
            by_track[track].marks[kind] = since
    return found


def _open(tracks: Any) -> Any:
    chosen = (
        Track.id, Track.name, Card.id, LabOrder.id, LabOrder.ticket, LabOrder.patient,
        LabOrder.dentist, LabOrder.work_type, LabOrder.material, LabOrder.shade, Card.location,
        Card.priority, Card.due_at, Card.opened_at, Card.step_count, Pipeline.id, Pipeline.code,
        Pipeline.name, Stage.id, Stage.code, Stage.name, Stage.position, Stage.clock,
        Stage.standard_minutes,
    )  # fmt: skip
    return (
        tracks.select(*chosen)
        .join(Card, on=Track.card == Card.id)
        .join(Stage, on=Card.stage == Stage.id)
        .join(Pipeline, on=Stage.pipeline == Pipeline.id)
        .join(LabOrder, on=Track.order == LabOrder.id)
        .where(Card.closed_at.is_null(), Card.kind == "track", Stage.category == "open")
        .order_by(Track.id)
    )


def _work(row: tuple[Any, ...]) -> Work:
    """A row as it was chosen, kind of work and material together."""
    told: list[Any] = [*row[:7], row[7:9], *row[9:]]
    return Work(*told)


def _enter(found: list[Work]) -> None:
    """When each card came to where it stands: its newest step."""
    newest = fn.MAX(CardStep.at).converter(CardStep.at.python_value)
    steps = CardStep.select(CardStep.card, newest).where(
        CardStep.card.in_([one.card for one in found if one.steps])
    )
    entered = dict(steps.group_by(CardStep.card).tuples())
    for one in found:
        one.entered = entered.get(one.card, one.opened)


def _count_teeth(found: list[Work], by_track: dict[int, Work]) -> None:
    """Teeth of the process itself, else of its whole order; pieces are what no joint holds."""
    orders = list({one.order for one in found})
    teeth = dict(
        OrderTooth.select(OrderTooth.order, fn.COUNT(OrderTooth.id))
        .where(OrderTooth.order.in_(orders), OrderTooth.layer == "final")
        .group_by(OrderTooth.order)
        .tuples()
    )
    joints = dict(
        OrderConnector.select(OrderConnector.order, fn.COUNT(OrderConnector.id))
        .where(OrderConnector.order.in_(orders))
        .group_by(OrderConnector.order)
        .tuples()
    )
    own = dict(
        TrackTooth.select(TrackTooth.track, fn.COUNT(TrackTooth.id))
        .where(TrackTooth.track.in_(list(by_track)))
        .group_by(TrackTooth.track)
        .tuples()
    )
    for one in found:
        one.units = own.get(one.track) or teeth.get(one.order) or 1
        one.pieces = max(1, teeth.get(one.order, 1) - joints.get(one.order, 0))


def _add_processes(found: list[Work]) -> None:
    ways = (
        Track.select(Track.order, Pipeline.code)
        .join(Card, on=Track.card == Card.id)
        .join(Pipeline, on=Card.pipeline == Pipeline.id)
        .where(Track.order.in_(list({one.order for one in found})))
    )
    there: dict[int, set[str]] = defaultdict(set)
    for order, code in ways.tuples():
        there[order].add(code)
    for one in found:
        one.there = frozenset(there[one.order])


def _add_people(by_track: dict[int, Work]) -> None:
    """Who has each work at its stage; of those who had it there before, the last one made it."""
    given = Assignment.select(
        Assignment.track, Assignment.stage, Assignment.technician, Assignment.ended_at
    ).where(Assignment.track.in_(list(by_track)))
    for track, stage, technician, ended in given.order_by(Assignment.id).tuples():
        work = by_track[track]
        if stage != work.stage:
            continue
        if ended is None:
            work.technician = technician
        else:
            work.maker = technician


def _add_holds(found: list[Work]) -> None:
    by_card = {one.card: one for one in found}
    holds = Hold.select(Hold.card, Hold.reason, Hold.started_at).where(
        Hold.card.in_(list(by_card)), Hold.ended_at.is_null()
    )
    for card, reason, since in holds.tuples():
        by_card[card].held, by_card[card].held_since = reason, since


def _add_progress(found: list[Work], now: dt.datetime) -> None:
    """What is under way at its stage, and what a firm outside has."""
    cards = [one.card for one in found]
    begun, away = begun_at(cards), at_a_firm(cards, now)
    for one in found:
        at_once = one.entered if one.clock in OTHERS_CLOCKS else None
        one.begun = begun.get(one.card) or at_once
        one.outside = away.get(one.card)


def _marks(tracks: list[int]) -> Any:
    marks = QueueMark.select(QueueMark.track, QueueMark.kind, QueueMark.started_at)
    return marks.where(QueueMark.track.in_(tracks), QueueMark.ended_at.is_null()).tuples()
