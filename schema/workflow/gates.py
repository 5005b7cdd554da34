"""What holds a card back: every control point that is not ticked or lacks its evidence, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL, fn

from schema.cards import Card, Tick
from schema.custom import CustomField, CustomValue
from schema.database import is_sqlite
from schema.evidence import lacking
from schema.fixed import Fixed
from schema.orders import LabOrder
from schema.pipelines import ControlPoint, Stage, StageStep
from schema.prepared import Asked, at_once, prepared
from schema.sayings import RowNames, Sayings
from schema.workflow import Refused

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True)
class Line:
    """A control point of a card's pipeline: whether it is ticked, and its evidence is there."""

    point: ControlPoint
    ticked: bool
    ready: bool
    by_id: int | None = None
    at: dt.datetime | None = None
    note: str | None = None


@dataclass(frozen=True)
class Missing:
    """One thing that must be there before a step: a sentence with its facts, and of what kind.

    A way past it is forced with a reason, unless it is `absolute`.
    """

    says: str
    facts: dict[str, Any] = field(default_factory=dict)
    point: ControlPoint | None = None
    evidence: str = "tick"
    absolute: bool = False

    def __str__(self) -> str:
        return self.says % self.facts if self.facts else self.says


def checklist(card: Card) -> list[Line]:
    """All control points of the card's pipeline in their order, three questions in all."""
    points = (
        ControlPoint.select(ControlPoint, Stage)
        .join(Stage)
        .where(Stage.pipeline == card.pipeline_id)
        .order_by(Stage.position, ControlPoint.position, ControlPoint.id)
    )
    return lines_of(card, list(points))


def stage_checklist(card: Card) -> list[Line]:
    """The control points of the stage where the card stands; one question when it has none."""
    return lines_of(card, points_of(card.stage_id))


def lines_of(card: Card, points: list[ControlPoint]) -> list[Line]:
    """These control points as they stand on the card; no question when there are none."""
    if not points:
        return []
    newest, amiss = at_once(_newest_ticks.asked(card), _lacking(card))
    ticks = {tick.control_point_id: tick for tick in newest}
    return [_line(point, ticks.get(point.id), point.id not in amiss) for point in points]


def missing_for(
    step: StageStep, lines: Sequence[Line] = (), *, draft: bool = False, empty: Rows = ()
) -> list[Missing]:
    """Everything that keeps a card from that step, each said by name; none when it may go.

    From what was asked before: the stage's points, a draft, `empty_fields_of`. Steps back and
    steps to a lost stage ask for no evidence (`stage_step_is_straight`).
    """
    if step.to_stage.category == "lost":
        return []
    missing = [Missing(DRAFT, evidence="register")] if draft else []
    if step.back:
        return missing
    missing += [one for line in lines if line.point.required for one in _of_point(line)]
    return missing + [Missing(EMPTY_FIELD, {"field": name}, evidence="field") for (name,) in empty]


def field_facts(card: Card) -> tuple[int, str, int, int]:
    """What `empty_fields_of` is asked with."""
    return card.id, card.kind, card.stage_id, card.pipeline_id


def refuse_missing(missing: list[Missing]) -> None:
    """Raises Refused with the names of all that is missing."""
    if missing:
        told = Sayings([(one.says, one.facts) for one in missing])
        raise Refused("Before this step: %(missing)s.", missing=told)


def lacking_points(card: Card) -> set[int]:
    """Keys of the control points of its pipeline whose evidence is not there."""
    found: set[int] = _lacking(card)()
    return found


def _lacking(card: Card) -> Asked:
    mark = "?" if is_sqlite() else "%s"
    text = Fixed(
        "SELECT q.id FROM control_point q JOIN stage g ON g.id = q.stage_id "
        f"JOIN card the ON the.id = {mark} AND the.pipeline_id = g.pipeline_id "
        f"WHERE q.evidence <> 'tick' AND {lacking('the.id', 'q')}"
    )
    return Asked(text, (card.id,), lambda cursor: {key for (key,) in cursor.fetchall()})


def _line(point: ControlPoint, tick: Tick | None, ready: bool) -> Line:
    if tick is None:
        return Line(point, False, ready)
    return Line(point, tick.done, ready, tick.by_id, tick.at, tick.evidence_note)


def _of_point(line: Line) -> list[Missing]:
    point = line.point
    if not line.ready:
        says = NOT_READY.get(point.evidence, NOT_TICKED)
        return [Missing(says, {"point": RowNames([point.name])}, point, point.evidence)]
    if line.ticked or point.evidence != "tick":  # what is there ticks itself with the step
        return []
    return [Missing(NOT_TICKED, {"point": RowNames([point.name])}, point)]


@prepared
def points_of(stage: Any) -> Any:
    """The control points of a stage in their order."""
    points = ControlPoint.select().where(ControlPoint.stage == stage)
    return points.order_by(ControlPoint.position, ControlPoint.id)


@prepared
def _newest_ticks(card: Any) -> Any:
    newest = Tick.select(fn.MAX(Tick.id)).where(Tick.card == card).group_by(Tick.control_point)
    return Tick.select().where(Tick.id.in_(newest))


@prepared
def drafts_of(card: Any) -> Any:
    """A row while the card is that of an order that nobody has registered yet."""
    return LabOrder.select(SQL("1")).where(LabOrder.card == card, LabOrder.is_draft).tuples()


@prepared
def empty_fields_of(card: Any, kind: Any, stage: Any, pipeline: Any) -> Any:
    """Labels of the clinic's own fields that are required up to this stage and still empty."""
    filled = CustomValue.select(CustomValue.field).where(CustomValue.card == card)
    return required_fields_of.build(kind, stage, pipeline).where(CustomField.id.not_in(filled))


@prepared
def required_fields_of(kind: Any, stage: Any, pipeline: Any) -> Any:
    """Labels of those that are required up to this stage, whether filled or not."""
    stages = Stage.select(Stage.code).where(
        Stage.pipeline == pipeline,
        Stage.position <= Stage.select(Stage.position).where(Stage.id == stage),
    )
    required = Stage.alias()
    return (
        CustomField.select(CustomField.label)
        .join(required, on=CustomField.required_from_stage == required.id)
        .where(
            CustomField.kind == kind,
            CustomField.retired_on.is_null(),
            required.code.in_(stages),
            required.pipeline.in_(_versions(pipeline)),
        )
        .tuples()
    )


def _versions(key: Any) -> Any:
    pipeline = Stage.pipeline.rel_model
    code = pipeline.select(pipeline.code).where(pipeline.id == key)
    return pipeline.select(pipeline.id).where(pipeline.code == code)


NOT_TICKED = "%(point)s"
DRAFT = "the order is a draft: complete and register it"
EMPTY_FIELD = "%(field)s is filled in"
NOT_READY = {
    "field": "%(point)s (fill in the field)",
    "children": "%(point)s (work below is not finished)",
    "approval": "%(point)s (an approval is missing)",
    "photos": "%(point)s (required photos are missing)",
    "components": "%(point)s (components are still on their way)",
    "consent": "%(point)s (no consent in force)",
    "lot": "%(point)s (no lot is recorded)",
    "link": "%(point)s (the file is not ready)",
    "statement": "%(point)s (no statement tells of all its lots)",
}
