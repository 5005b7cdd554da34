"""Ticking control points: by hand, or by themselves once their evidence is there."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card, Tick
from schema.pipelines import ControlPoint
from schema.workflow.automations import run_card
from schema.workflow.gates import Line, lines_of, stage_checklist
from schema.workflow.refusing import one_spoken_act
from schema.workflow.tick_rows import last_tick, point_of, put_tick, write_tick


def tick(
    card_id: int, point_id: int, *, by: int | None, now: dt.datetime, note: str | None = None
) -> Tick:
    """Tick a control point of the card's pipeline; ticking twice is ticking once.

    Raises Refused when its evidence is not there, or the card is closed.
    """
    with one_spoken_act():
        card, point = point_of(card_id, point_id)
        written = put_tick(card, point, by=by, now=now, note=note)
        run_card(card.id, now=now)
        return written


def untick(
    card_id: int, point_id: int, *, by: int | None, now: dt.datetime, note: str | None = None
) -> Tick | None:
    """Take a tick back, with a new row; None when the point was not ticked. Raises Refused."""
    with one_spoken_act():
        card, point = point_of(card_id, point_id)
        last = last_tick(card, point)
        if last is None or not last.done:
            return None
        return write_tick(card, point, False, by=by, now=now, note=note)


def settle(card_id: int, *, by: int | None, now: dt.datetime) -> int:
    """Tick every point of the stage whose evidence is there and is no bare tick; how many."""
    with one_spoken_act():
        return settle_locked(Card.get_by_id(card_id), by=by, now=now)


def settle_locked(card: Card, *, by: int | None, now: dt.datetime) -> int:
    """As `settle`, inside the act of another verb."""
    return _settle(card, stage_checklist(card), by=by, now=now)


def settled(
    card: Card, points: list[ControlPoint], *, by: int | None, now: dt.datetime
) -> list[Line]:
    """The stage's control points once those whose evidence is there have ticked themselves."""
    lines = lines_of(card, points)
    return lines_of(card, points) if _settle(card, lines, by=by, now=now) else lines


def _settle(card: Card, lines: list[Line], *, by: int | None, now: dt.datetime) -> int:
    due = [
        line.point
        for line in lines
        if line.point.evidence != "tick" and line.ready and not line.ticked
    ]
    if card.closed_at is not None or not due:
        return 0
    for point in due:
        write_tick(card, point, True, by=by, now=now)
    run_card(card.id, now=now)
    return len(due)
