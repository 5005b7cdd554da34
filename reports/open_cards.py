"""Where do the open cards of a kind stand, and how many of them are late or at risk?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from schema.cards import Card
from schema.pipelines import Pipeline, Stage


@dataclass(frozen=True)
class StageLoad:
    """A stage with its open cards; stages of several versions with one code are one."""

    code: str
    name: str
    count: int
    late: int
    at_risk: int


def rows(cards: Any, kind: str, before: dt.datetime) -> list[StageLoad]:
    """The stages of a kind where open cards stand, in the order of their pipelines.

    `cards` is a select of the cards to look at; late is what was due before `before`.
    """
    query = (
        cards.select(
            Stage.code,
            fn.MIN(Stage.name),
            fn.COUNT(Card.id),
            fn.SUM(Case(None, [(Card.due_at < before, 1)], 0)),
            fn.SUM(Case(None, [(Card.at_risk, 1)], 0)),
        )
        .join(Stage, on=Card.stage == Stage.id)
        .where(Card.stage.in_(_open_stages(kind)), Card.closed_at.is_null())
        .group_by(Stage.pipeline, Stage.code)
        .order_by(fn.MIN(Stage.pipeline), fn.MIN(Stage.position))
    )
    return _merged(StageLoad(*row) for row in query.tuples())


def late(cards: Any, kind: str, before: dt.datetime, most: int) -> list[int]:
    """The keys of the open cards of a kind that were due before `before`, the longest late first.

    `cards` is a select of the cards to look at.
    """
    open_ones = Card.stage.in_(_open_stages(kind)) & Card.closed_at.is_null()
    found = cards.select(Card.id).where(open_ones, Card.due_at < before)
    return [key for (key,) in found.order_by(Card.due_at, Card.id).limit(most).tuples()]


def at_stage(kind: str, code: str, most: int) -> list[int]:
    """The keys of the open cards at a stage, the soonest due first and before them those without.

    They are all of the house's: whoever shows them asks for the scope of what stands on them.
    """
    stages = Stage.select(Stage.id).join(Pipeline).where(Pipeline.kind == kind, Stage.code == code)
    here = Card.select(Card.id).where(Card.stage.in_(stages), Card.closed_at.is_null())
    terms = Card.due_at.is_null().desc(), Card.due_at, Card.id
    return [key for (key,) in here.order_by(*terms).limit(most).tuples()]


def _open_stages(kind: str) -> Any:
    """Few stages hold all open cards, and the index on the stage finds just these."""
    way = Stage.select(Stage.id).join(Pipeline)
    return way.where(Pipeline.kind == kind, Stage.category == "open")


def _merged(found: Any) -> list[StageLoad]:
    kept: dict[str, StageLoad] = {}
    for one in found:
        old = kept.get(one.code)
        more = (old.count, old.late, old.at_risk) if old else (0, 0, 0)
        sums = (one.count + more[0], one.late + more[1], one.at_risk + more[2])
        kept[one.code] = StageLoad(one.code, one.name, *(int(number) for number in sums))
    return list(kept.values())
