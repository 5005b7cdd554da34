"""What lies on a technician's bench, and what waits for somebody with these skills?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schema.cards import Card
from schema.pipelines import Stage
from schema.skills import Skill
from schema.tracks import Assignment, Track

MOST = 50


@dataclass(frozen=True)
class BenchWork:
    """A process of an order, where it stands and when it is due; `seen` counts its card's steps."""

    track_id: int
    order_id: int
    name: str | None
    stage_id: int
    due_at: dt.datetime | None
    card_id: int
    seen: int


def rows(tracks: Any, technician: int) -> list[BenchWork]:
    """The open processes that the technician works on now, the soonest due first."""
    mine = Assignment.select(Assignment.track).where(
        Assignment.technician == technician, Assignment.ended_at.is_null()
    )
    return _works(tracks.where(Track.id.in_(mine)))


def waiting(tracks: Any, technician: int) -> list[BenchWork]:
    """Open processes that nobody works on, at stages that the technician has learnt."""
    taken = Assignment.select(Assignment.track).where(Assignment.ended_at.is_null())
    learnt = Skill.select(Skill.stage_code).where(
        Skill.staff == technician, Skill.ended_on.is_null()
    )
    stages = Stage.select(Stage.id).where(Stage.code.in_(learnt), Stage.category == "open")
    return _works(tracks.where(Track.id.not_in(taken), Card.stage.in_(stages)))


def _works(tracks: Any) -> list[BenchWork]:
    chosen = (Track.id, Track.order, Track.name, Card.stage, Card.due_at, Card.id, Card.step_count)
    query = (
        tracks.select(*chosen)
        .join(Card, on=Track.card == Card.id)
        .where(Card.closed_at.is_null())
        .order_by(Card.due_at.is_null(), Card.due_at, Track.id)
        .limit(MOST)
    )
    return [BenchWork(*row) for row in query.tuples()]
