"""Which cards stand on a board: its columns, the filters of its address, and the first of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from peewee import Case, fn

from admin_views.board_needs import blocked_cards, may_know_blocked
from admin_views.card_rights import may_see_cards
from admin_views.numbers_in import number_in
from admin_views.policy import can, scoped
from admin_views.titles import named_like, standing_on, title_has
from schema.base import option
from schema.cards import Card
from schema.orders import LabOrder
from schema.patients import Patient
from schema.pipelines import Pipeline, Stage
from schema.tracks import Track

MOST = 50
WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Question:
    """What the address of a board asks; `whole` names the columns that are shown to the end."""

    responsible: int | None = None
    location: int | None = None
    mine: bool = False
    late: bool = False
    week: bool = False
    blocked: bool = False
    term: str = ""
    whole: frozenset[str] = frozenset()

    @property
    def filters(self) -> int:
        """How many of them are set, the words searched for aside."""
        kinds = (self.mine, self.late, self.week, self.blocked)
        return sum(kinds) + sum(one is not None for one in (self.responsible, self.location))


@dataclass
class Lane:
    """One column: stages of that code in all versions that cards travel."""

    code: str
    name: str
    category: str
    limit: int | None
    stage_ids: set[int] = field(default_factory=set)
    count: int = 0
    keys: list[int] = field(default_factory=list)

    @property
    def over(self) -> bool:
        return self.limit is not None and self.count > self.limit

    @property
    def hidden(self) -> int:
        return self.count - len(self.keys)


def read_question(said: Mapping[str, str], whole: list[str]) -> Question:
    """The filters of an address; what is no number or no column of the person's is passed over."""
    return Question(
        number_in(said.get("responsible")) if can("read", Card, "responsible") else None,
        number_in(said.get("location")) if can("read", Card, "location") else None,
        said.get("mine") == "1" and can("read", Card, "responsible"),
        said.get("late") == "1" and can("read", Card, "due_at"),
        said.get("week") == "1" and can("read", Card, "due_at"),
        said.get("blocked") == "1" and may_know_blocked(),
        said.get("q", "").strip()[:100],
        frozenset(whole),
    )


def boards() -> list[tuple[str, str, str, int]]:
    """(kind, code, name, open cards) of every pipeline that has a board for this person."""
    if not may_see_cards():
        return []
    counts = scoped(Card, Pipeline.code, fn.COUNT(Card.id)).join(Pipeline)
    counts = counts.where(Card.closed_at.is_null()).group_by(Pipeline.code)
    many = dict(counts.tuples())
    return [
        (one.kind, one.code, one.name, many.get(one.code, 0))
        for one in sorted(_with_board(), key=lambda one: (one.kind, one.name))
    ]


def pipeline_of(code: str) -> Pipeline | None:
    """The version in use of a pipeline that has a board for this person, or the last that was."""
    if not may_see_cards():
        return None
    return next((one for one in _with_board() if one.code == code), None)


def _with_board() -> list[Pipeline]:
    """Of each pipeline the version in use; of a retired one its last while cards travel it."""
    seen = {option(child, "kind") for _, child in standing_on(Card)}
    published = Pipeline.select().where(
        Pipeline.published_at.is_null(False), Pipeline.kind.in_(sorted(seen))
    )
    last: dict[str, Pipeline] = {}
    for one in published.order_by(Pipeline.version):
        if one.code not in last or last[one.code].retired_at is not None:
            last[one.code] = one
    alive = _travelled([one.code for one in last.values() if one.retired_at is not None])
    return [one for one in last.values() if one.retired_at is None or one.code in alive]


def _travelled(codes: list[str]) -> set[str]:
    """Those of the pipelines that open cards still travel."""
    found = Card.select(Pipeline.code).join(Pipeline).where(Card.closed_at.is_null()).distinct()
    return {code for (code,) in found.where(Pipeline.code.in_(codes)).tuples()} if codes else set()


def lanes_of(pipeline: Pipeline) -> list[Lane]:
    """The columns of the version in use, then those that only cards of older ones still need."""
    stages = (
        Stage.select()
        .join(Pipeline)
        .where(Pipeline.code == pipeline.code, Pipeline.published_at.is_null(False))
        .order_by(Pipeline.version.desc(), Stage.position)
    )
    lanes: dict[str, Lane] = {}
    for stage in stages:
        old = stage.pipeline_id != pipeline.id and stage.code not in lanes
        if old and stage.category != "open":
            continue
        lane = lanes.setdefault(
            stage.code, Lane(stage.code, stage.name, stage.category, stage.wip_limit)
        )
        lane.stage_ids.add(stage.id)
    return sorted(lanes.values(), key=lambda lane: ("open", "done", "lost").index(lane.category))


def fill(
    lanes: list[Lane], pipeline: Pipeline, asked: Question, who: int, now: dt.datetime
) -> None:
    """Put the count and the first keys of its open cards into each column, by one query."""
    first = Case(Card.priority, (("urgent", 0),), 1)
    order = [first, Card.due_at.is_null(), Card.due_at, Card.id]
    ranked = scoped(
        Card,
        Card.id,
        Stage.code.alias("lane"),
        fn.ROW_NUMBER().over(partition_by=[Stage.code], order_by=order).alias("place"),
        fn.COUNT(Card.id).over(partition_by=[Stage.code]).alias("many"),
    )
    ranked = ranked.join(Stage, on=Card.stage).where(
        Card.closed_at.is_null(),
        Card.kind == pipeline.kind,
        Stage.id.in_([key for lane in lanes for key in lane.stage_ids]),
        *_tests(asked, pipeline.kind, who, now),
    )
    sub = ranked.alias("ranked")
    wanted = sub.c.place <= MOST
    if asked.whole:
        wanted |= sub.c.lane.in_(sorted(asked.whole))
    found = Card.select(sub.c.id, sub.c.lane, sub.c.many).from_(sub).where(wanted)
    by_code = {lane.code: lane for lane in lanes}
    for key, code, many in found.order_by(sub.c.lane, sub.c.place).tuples():
        by_code[code].keys.append(key)
        by_code[code].count = many


def _tests(asked: Question, kind: str, who: int, now: dt.datetime) -> list[Any]:
    tests: list[Any] = []
    if asked.responsible is not None:
        tests.append(Card.responsible == asked.responsible)
    if asked.location is not None:
        tests.append(Card.location == asked.location)
    if asked.mine:
        tests.append(Card.responsible == who)
    if asked.late:
        tests.append(Card.due_at < now)
    if asked.week:
        tests.append(Card.due_at.between(now, now + WEEK))
    if asked.blocked:
        tests.append(blocked_cards())
    if asked.term:
        tests.append(_has(asked.term, kind))
    return tests


def _has(term: str, kind: str) -> Any:
    """Cards whose record or patient is called so, as far as the person may know them."""
    found = []
    for back, child in standing_on(Card):
        test = title_has(child, term) if option(child, "kind") == kind else None
        if test is not None:
            found.append(Card.id.in_(scoped(child, back).where(test)))
    people = named_like(Patient, term) if can("read", LabOrder, "patient") else None
    if people is not None and kind in ("order", "track"):
        orders = scoped(LabOrder).where(LabOrder.patient.in_(people))
        found.append(Card.id.in_(orders.select(LabOrder.card)))
        if can("read", Track, "order"):
            tracks = scoped(Track, Track.card)
            found.append(Card.id.in_(tracks.where(Track.order.in_(orders.select(LabOrder.id)))))
    return reduce(or_, found) if found else Card.id.is_null()
