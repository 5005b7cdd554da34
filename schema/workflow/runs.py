"""The diary of what stages do by themselves: planned on entering, overtaken by progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.automation_runs import WAITING, AutomationRun
from schema.automations import Automation
from schema.base import utcnow
from schema.cards import Card
from schema.pipelines import ControlPoint, Stage
from schema.prepared import Asked, at_once, prepared
from schema.working_time import working_time

# Whoever the work waits for has no opening hours of ours.
WALL_CLOCKS = ("machine", "supplier", "patient")


def card_entered(card: Card, *, now: dt.datetime) -> None:
    """Plan what the stage does on entering, after idling and after overrunning, for this visit."""
    (there,), visit = at_once(_standing.asked(card.id), _of_move.asked(None, card.stage_id))
    at_once(*_entering(there, visit, now))


def card_moved(
    card: Card, step: Asked, to_stage: int, *, now: dt.datetime
) -> tuple[Any, Card, list[Asked]]:
    """Write a card's step; what still waited where it stood is overtaken.

    Gives the step, the card as it stands then, and what is to be planned: what follows the
    leaving, and what the stage does on entering, after idling and after overrunning.
    """
    _, written, (moved,), found = at_once(
        _cancel_visit.asked(card.id, card.stage_id, now),
        step,
        _standing.asked(card.id),
        _of_move.asked(card.stage_id, to_stage),
    )
    left = [_plan(card, one, _later(card, one, now)) for one in found if one.event == "leave"]
    entered = [one for one in found if one.event != "leave"]
    return written, moved, left + _entering(moved, entered, now)


def _entering(card: Card, visit: list[Automation], now: dt.datetime) -> list[Asked]:
    """What is written because a card came to its stage, which has these automations."""
    stage = card.stage
    plans = [_cancel_all.asked(card.id, now)] if stage.category == "lost" else []
    for automation in visit:
        if automation.event != "overrun":
            plans.append(_plan(card, automation, _later(card, automation, now)))
        elif stage.standard_minutes is not None:
            over = _standard_over(card, stage, now)
            plans.append(_plan(card, automation, _later(card, automation, over)))
    return plans


def point_ticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """Plan what follows the tick of this point, once for each visit to the stage."""
    for automation in _of_event(point.stage_id, "tick"):
        if automation.control_point_id == point.id:
            _plan(card, automation, _later(card, automation, now))()


def point_unticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """What waits for this tick is overtaken."""
    mine = Automation.select(Automation.id).where(Automation.control_point == point)
    AutomationRun.update(cancelled_at=now).where(
        AutomationRun.card == card, WAITING, AutomationRun.automation.in_(mine)
    ).execute()


def touched(card: Card, *, now: dt.datetime) -> None:
    """Something happened on the card: its idle time begins anew."""
    for run in _idle_runs(card.id):
        run.due_at = _later(card, run.automation, now)
        run.save(only=[AutomationRun.due_at])


def pushed_back(card_id: int, held: dt.timedelta) -> None:
    """The card was on hold for so long: all that waits on it waits as much longer."""
    for run in _waiting(card_id):
        run.due_at += held
        run.save(only=[AutomationRun.due_at])


@prepared
def _cancel_all(card: Any, now: Any) -> Any:
    return AutomationRun.update(cancelled_at=now).where(AutomationRun.card == card, WAITING)


@prepared
def _cancel_visit(card: Any, stage: Any, now: Any) -> Any:
    mine = Automation.select(Automation.id)
    mine = mine.where(Automation.stage == stage, Automation.event != "leave")
    ended = AutomationRun.update(cancelled_at=now).where(AutomationRun.card == card, WAITING)
    return ended.where(AutomationRun.automation.in_(mine))


def _waiting(card_id: int) -> AutomationRun:
    return AutomationRun.select().where(
        AutomationRun.card == card_id,
        WAITING,
    )


@prepared
def _standing(card: Any) -> Any:
    """A card with the stage where it stands."""
    return Card.select(Card, Stage).join(Stage).where(Card.id == card)


@prepared
def _idle_runs(card: Any) -> Any:
    waiting = AutomationRun.select(AutomationRun, Automation).join(Automation)
    return waiting.where(AutomationRun.card == card, WAITING, Automation.event == "idle")


@prepared
def _of_move(left: Any, entered: Any) -> Any:
    """What follows the leaving of one stage, and what begins with a visit to the other."""
    leaving = (Automation.stage == left) & (Automation.event == "leave")
    visit = (Automation.stage == entered) & Automation.event.in_(("enter", "idle", "overrun"))
    found = Automation.select().where(leaving | visit, Automation.active)
    return found.order_by(Automation.id)


@prepared
def _of_event(stage: Any, event: Any) -> Any:
    found = Automation.select().where(Automation.stage == stage, Automation.event == event)
    return found.where(Automation.active).order_by(Automation.id)


def _plan(card: Card, automation: Automation, due: dt.datetime) -> Asked:
    return _put_run.asked(card.id, automation.id, card.step_count, due, utcnow())


@prepared
def _put_run(card: Any, automation: Any, visit: Any, due: Any, made: Any) -> Any:
    row = {"card": card, "automation": automation, "visit": visit, "due_at": due}
    put = AutomationRun.insert(**row, created_at=made, row_version=1)
    return put.on_conflict_ignore().as_rowcount()


def _later(card: Card, automation: Automation, start: dt.datetime) -> dt.datetime:
    minutes = automation.delay_minutes
    if automation.delay_time == "calendar" or not minutes:
        return start + dt.timedelta(minutes=minutes)
    return working_time(card.location_id).add(start, minutes)


def _standard_over(card: Card, stage: Stage, now: dt.datetime) -> dt.datetime:
    if stage.clock in WALL_CLOCKS:
        return now + dt.timedelta(minutes=stage.standard_minutes)
    return working_time(card.location_id).add(now, stage.standard_minutes)
