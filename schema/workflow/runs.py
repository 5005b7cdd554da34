"""The diary of what stages do by themselves: planned on entering, overtaken by progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.automation_runs import WAITING, AutomationRun
from schema.automations import Automation
from schema.base import utcnow
from schema.cards import Card
from schema.pipelines import ControlPoint, Stage
from schema.prepared import prepared
from schema.working_time import working_time

# Whoever the work waits for has no opening hours of ours.
WALL_CLOCKS = ("machine", "supplier", "patient")


def card_entered(card: Card, *, now: dt.datetime) -> None:
    """Plan what the stage does on entering, after idling and after overrunning, for this visit."""
    stage = _stages.first(card.stage_id)
    if stage.category == "lost":
        cancel(card, now=now)
    for automation in _of_visit(stage.id):
        if automation.event != "overrun":
            _plan(card, automation, _later(card, automation, now))
        elif stage.standard_minutes is not None:
            over = _standard_over(card, stage, now)
            _plan(card, automation, _later(card, automation, over))


def card_left(card: Card, *, now: dt.datetime) -> None:
    """What still waited at the stage is overtaken; what follows the leaving is planned."""
    cancel(card, now=now, stage=card.stage_id)
    for automation in _of_event(card.stage_id, "leave"):
        _plan(card, automation, _later(card, automation, now))


def point_ticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """Plan what follows the tick of this point, once for each visit to the stage."""
    for automation in _of_event(point.stage_id, "tick"):
        if automation.control_point_id == point.id:
            _plan(card, automation, _later(card, automation, now))


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


def cancel(card: Card, *, now: dt.datetime, stage: int | None = None) -> None:
    """Overtake all that waits on the card, or only what belongs to one stage and was entered."""
    if stage is None:
        _cancel_all(card.id, now)
    else:
        _cancel_visit(card.id, stage, now)


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
def _stages(stage: Any) -> Any:
    return Stage.select().where(Stage.id == stage)


@prepared
def _idle_runs(card: Any) -> Any:
    waiting = AutomationRun.select(AutomationRun, Automation).join(Automation)
    return waiting.where(AutomationRun.card == card, WAITING, Automation.event == "idle")


@prepared
def _of_visit(stage: Any) -> Any:
    """The automations of a stage that begin with its visit."""
    visit = Automation.event.in_(("enter", "idle", "overrun"))
    found = Automation.select().where(Automation.stage == stage, visit, Automation.active)
    return found.order_by(Automation.id)


@prepared
def _of_event(stage: Any, event: Any) -> Any:
    found = Automation.select().where(Automation.stage == stage, Automation.event == event)
    return found.where(Automation.active).order_by(Automation.id)


def _plan(card: Card, automation: Automation, due: dt.datetime) -> None:
    _put_run(card.id, automation.id, card.step_count, due, utcnow())


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
