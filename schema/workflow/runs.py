"""The diary of what stages do by themselves: planned on entering, overtaken by progress."""

from __future__ import annotations

import datetime as dt

from schema.automation_runs import WAITING, AutomationRun
from schema.automations import Automation
from schema.cards import Card
from schema.pipelines import ControlPoint, Stage
from schema.working_time import working_time

# Whoever the work waits for has no opening hours of ours.
WALL_CLOCKS = ("machine", "supplier", "patient")


def card_entered(card: Card, *, now: dt.datetime) -> None:
    """Plan what the stage does on entering, after idling and after overrunning, for this visit."""
    stage = Stage.get_by_id(card.stage_id)
    if stage.category == "lost":
        cancel(card, now=now)
    for automation in _of(stage.id, "enter", "idle", "overrun"):
        if automation.event != "overrun":
            _plan(card, automation, _later(card, automation, now))
        elif stage.standard_minutes is not None:
            over = _standard_over(card, stage, now)
            _plan(card, automation, _later(card, automation, over))


def card_left(card: Card, *, now: dt.datetime) -> None:
    """What still waited at the stage is overtaken; what follows the leaving is planned."""
    cancel(card, now=now, stage=card.stage_id)
    for automation in _of(card.stage_id, "leave"):
        _plan(card, automation, _later(card, automation, now))


def point_ticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """Plan what follows the tick of this point, once for each visit to the stage."""
    for automation in _of(point.stage_id, "tick"):
        if automation.control_point_id == point.id:
            _plan(card, automation, _later(card, automation, now))


def point_unticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """What waits for this tick is overtaken."""
    mine = Automation.select(Automation.id).where(Automation.control_point == point)
    _end(AutomationRun.automation.in_(mine), card, now)


def touched(card: Card, *, now: dt.datetime) -> None:
    """Something happened on the card: its idle time begins anew."""
    waiting = _waiting(card.id).join(Automation).where(Automation.event == "idle")
    for run in waiting.select(AutomationRun, Automation):
        run.due_at = _later(card, run.automation, now)
        run.save(only=[AutomationRun.due_at])


def pushed_back(card_id: int, held: dt.timedelta) -> None:
    """The card was on hold for so long: all that waits on it waits as much longer."""
    for run in _waiting(card_id):
        run.due_at += held
        run.save(only=[AutomationRun.due_at])


def cancel(card: Card, *, now: dt.datetime, stage: int | None = None) -> None:
    """Overtake all that waits on the card, or only what belongs to one stage and was entered."""
    mine = Automation.select(Automation.id)
    if stage is not None:
        mine = mine.where(Automation.stage == stage, Automation.event != "leave")
    _end(AutomationRun.automation.in_(mine), card, now)


def _end(which: object, card: Card, now: dt.datetime) -> None:
    AutomationRun.update(cancelled_at=now).where(
        AutomationRun.card == card,
        WAITING,
        which,
    ).execute()


def _waiting(card_id: int) -> AutomationRun:
    return AutomationRun.select().where(
        AutomationRun.card == card_id,
        WAITING,
    )


def _of(stage: int, *events: str) -> list[Automation]:
    """The automations of a stage that are switched on, for these events."""
    found = Automation.select().where(
        Automation.stage == stage, Automation.event.in_(events), Automation.active
    )
    return list(found.order_by(Automation.id))


def _plan(card: Card, automation: Automation, due: dt.datetime) -> None:
    AutomationRun.insert(
        card=card, automation=automation, visit=card.step_count, due_at=due
    ).on_conflict_ignore().execute()


def _later(card: Card, automation: Automation, start: dt.datetime) -> dt.datetime:
    minutes = automation.delay_minutes
    if automation.delay_time == "calendar" or not minutes:
        return start + dt.timedelta(minutes=minutes)
    return working_time(card.location_id).add(start, minutes)


def _standard_over(card: Card, stage: Stage, now: dt.datetime) -> dt.datetime:
    if stage.clock in WALL_CLOCKS:
        return now + dt.timedelta(minutes=stage.standard_minutes)
    return working_time(card.location_id).add(now, stage.standard_minutes)
