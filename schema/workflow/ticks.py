"""Ticking control points: by hand, or by themselves once their evidence is there."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card, Tick
from schema.database import one_act
from schema.pipelines import ControlPoint, Stage
from schema.workflow import Refused
from schema.workflow.automations import point_ticked, point_unticked, touched
from schema.workflow.gates import NOT_READY, checklist, lacking_points


def tick(
    card_id: int, point_id: int, *, by: int | None, now: dt.datetime, note: str | None = None
) -> Tick:
    """Tick a control point of the card's pipeline; ticking twice is ticking once.

    Raises Refused when its evidence is not there, or the card is closed.
    """
    with one_act():
        card, point = _of(card_id, point_id)
        if point.evidence != "tick" and point.id in lacking_points(card):
            raise Refused(NOT_READY[point.evidence], point=point.name)
        last = _last(card, point)
        if last is not None and last.done and (note is None or last.evidence_note == note):
            return last
        return _write(card, point, True, by, now, note)


def untick(
    card_id: int, point_id: int, *, by: int | None, now: dt.datetime, note: str | None = None
) -> Tick | None:
    """Take a tick back, with a new row; None when the point was not ticked."""
    with one_act():
        card, point = _of(card_id, point_id)
        last = _last(card, point)
        if last is None or not last.done:
            return None
        return _write(card, point, False, by, now, note)


def settle(card_id: int, *, by: int | None, now: dt.datetime) -> int:
    """Tick every point of the stage whose evidence is there and is no bare tick; how many."""
    with one_act():
        card = Card.get_by_id(card_id)
        if card.closed_at is not None:
            return 0
        due = [
            line.point
            for line in checklist(card)
            if line.point.stage_id == card.stage_id
            and line.point.evidence != "tick"
            and line.ready
            and not line.ticked
        ]
        for point in due:
            _write(card, point, True, by, now, None)
        return len(due)


def _of(card_id: int, point_id: int) -> tuple[Card, ControlPoint]:
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


def _last(card: Card, point: ControlPoint) -> Tick | None:
    ticks = Tick.select().where(Tick.card == card, Tick.control_point == point)
    return ticks.order_by(Tick.id.desc()).first()


def _write(
    card: Card,
    point: ControlPoint,
    done: bool,
    by: int | None,
    now: dt.datetime,
    note: str | None,
) -> Tick:
    written = Tick.create(
        card=card, control_point=point, done=done, evidence_note=note or None, by=by, at=now
    )
    touched(card, now=now)
    (point_ticked if done else point_unticked)(card, point, by=by, now=now)
    return written
