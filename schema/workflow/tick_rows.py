"""How a tick becomes a row, whoever ticks: a person, the evidence itself or an automation."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card, Tick
from schema.pipelines import ControlPoint, Stage
from schema.prepared import put_row
from schema.sayings import RowNames
from schema.workflow import Refused
from schema.workflow.gates import NOT_READY, lacking_points
from schema.workflow.runs import point_ticked, point_unticked, touched


def point_of(card_id: int, point_id: int) -> tuple[Card, ControlPoint]:
    """An open card and a control point of the pipeline that it travels; raises Refused."""
    card = Card.get_or_none(Card.id == card_id)
    if card is None:
        raise Refused("This card is not there.")
    if card.closed_at is not None:
        raise Refused("This card is closed. Reopen it before ticking anything.")
    points = ControlPoint.select().join(Stage).where(Stage.pipeline == card.pipeline_id)
    point = points.where(ControlPoint.id == point_id).first()
    if point is None:
        raise Refused("Tick a control point of the pipeline that the card travels.")
    return card, point


def put_tick(
    card: Card, point: ControlPoint, *, by: int | None, now: dt.datetime, note: str | None = None
) -> Tick:
    """Tick a point; ticking twice is ticking once. Raises Refused while its evidence lacks."""
    if point.evidence != "tick" and point.id in lacking_points(card):
        raise Refused(NOT_READY[point.evidence], point=RowNames([point.name]))
    last = last_tick(card, point)
    if last is not None and last.done and (note is None or last.evidence_note == note):
        return last
    return write_tick(card, point, True, by=by, now=now, note=note)


def last_tick(card: Card, point: ControlPoint) -> Tick | None:
    """The newest row, the one that counts."""
    ticks = Tick.select().where(Tick.card == card, Tick.control_point == point)
    return ticks.order_by(Tick.id.desc()).first()


def write_tick(
    card: Card,
    point: ControlPoint,
    done: bool,
    *,
    by: int | None,
    now: dt.datetime,
    note: str | None = None,
) -> Tick:
    """The row, and what the stage plans upon it."""
    written: Tick = put_row(
        Tick, card=card, control_point=point, done=done, evidence_note=note or None, by=by, at=now
    )
    touched(card, now=now)
    (point_ticked if done else point_unticked)(card, point, now=now)
    return written
