"""An order is boxed, held, given to technicians, closed and reopened by eight people at once."""

from __future__ import annotations

from collections import Counter
from functools import partial
from random import Random
from typing import Any, NamedTuple

from schema.cards import Card
from schema.holds import Hold
from schema.orders import LabOrder
from schema.tracks import Assignment
from tests.concurrency.crowd import PEOPLE, Crowd, operations, refused, together, tried
from tests.concurrency.turning import turn
from tests.factories import NOW, later
from tests.factories.orders import an_order
from tests.factories.pipelines import a_pipeline
from tests.factories.skills import a_skill
from tests.factories.tracks import a_track
from tests.histories import disagreements
from tests.refusals import raw

TRIES = 60
CLOSED = "JOIN card k ON k.closed_at IS NOT NULL AND k.id ="
LEFT_OPEN = (
    f"SELECT (SELECT COUNT(*) FROM lab_order o {CLOSED} o.card_id WHERE o.box IS NOT NULL) "
    f"+ (SELECT COUNT(*) FROM hold h {CLOSED} h.card_id WHERE h.ended_at IS NULL) "
    f"+ (SELECT COUNT(*) FROM track t {CLOSED} t.card_id "
    "JOIN assignment a ON a.track_id = t.id WHERE a.ended_at IS NULL)"
)
REASONS = {
    "assignment_begins_on_open_work",
    "assignment_one_open_per_track",
    "assignment_technician_has_the_skill",
    "card_closes_after_its_children",
    "card_is_open_under_an_open_parent",
    "card_step_numbers_have_no_gap",
    "card_step_of_a_closed_card_reopens",
    "card_step_starts_where_the_card_stands",
    "hold_is_on_open_work",
    "hold_one_open_per_card",
    "lab_order_box_is_for_open_work",
}


class Work(NamedTuple):
    """Keys of an order and its process, and of a technician who can do it."""

    order: int
    track: int
    cards: list[int]
    technician: int


def some_work() -> Work:
    way = a_pipeline(kind="track")
    order = an_order()
    track = a_track(order=order, pipeline=way)
    skilled = a_skill(stage_code="new").staff_id
    return Work(order.id, track.id, [order.card_id, track.card_id], skilled)


def working(place: int, works: list[Work]) -> Counter[str]:
    """Does one thing after the other; looks after each."""
    chance, tally = Random(place), Counter[str]()
    acts = (boxing, holding, ending(Hold), assigning, ending(Assignment), turning, turning)
    for _ in range(TRIES):
        work = chance.choice(works)
        tried(tally, partial(chance.choice(acts), chance, work))
        [left_open] = raw(LEFT_OPEN).fetchone()
        assert left_open == 0
    return tally


def boxing(chance: Random, work: Work) -> None:
    """As the order's form does it: the order, then its card."""
    box = chance.choice((f"B{work.order}", None))
    LabOrder.update(box=box).where(LabOrder.id == work.order).execute()
    urgent = chance.choice(("normal", "urgent"))
    Card.update(priority=urgent).where(Card.id == work.cards[0]).execute()


def holding(chance: Random, work: Work) -> None:
    why = {"reason": "waiting_dentist", "clock": "clinic", "started_at": NOW}
    Hold.create(card=chance.choice(work.cards), **why)


def assigning(chance: Random, work: Work) -> None:
    stage = Card.get_by_id(work.cards[1]).stage_id
    Assignment.create(
        track=work.track, technician=work.technician, stage=stage, started_at=NOW, by=None
    )


def ending(table: Any) -> Any:
    """Ends the newest row, or takes that back."""
    return partial(end_newest, table)


def end_newest(table: Any, chance: Random, work: Work) -> None:
    mine = table.card.in_(work.cards) if table is Hold else table.track == work.track
    newest = table.select(table.id).where(mine).order_by(table.id.desc()).limit(1)
    day = chance.choice((later(days=1), later(days=1), None))
    table.update(ended_at=day).where(table.id == newest.scalar()).execute()


def turning(chance: Random, work: Work) -> None:
    """Cancels the order or its process, or takes that back."""
    turn(Card.get_by_id(chance.choice(work.cards)), work.technician)


def test_nothing_runs_on_in_a_closed_order(house, crowd: Crowd):
    works = [some_work() for _ in range(2)]

    tally = together(crowd.all_do(house.url, working, works))

    assert operations(tally) == PEOPLE * TRIES
    assert set(refused(tally)) <= REASONS
    assert disagreements() == []
