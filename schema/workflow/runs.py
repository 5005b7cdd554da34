"""The diary of what stages do by themselves: planned on entering, overtaken by progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import EXCLUDED, fn

from schema.automation_runs import WAITING, AutomationRun
from schema.automations import Automation
from schema.base import utcnow
from schema.cards import Card
from schema.holds import Hold
from schema.kept import kept
from schema.pipelines import ControlPoint, Stage
from schema.prepared import Asked, at_once, prepared
from schema.workflow.card_rows import open_holds_of
from schema.working_time import working_time

# Whoever the work waits for has no opening hours of ours.
WALL_CLOCKS = ("machine", "supplier", "patient")


def card_entered(card: Card, *, now: dt.datetime) -> None:
    """Plan what the stage does on entering, after idling and after overrunning, for this visit."""
    visit = _of_move(None, card.stage_id)
    at_once(*(planned(run) for run in _begun(card, visit, card.step_count, now)))


def runs_of_move(card: Card, to_stage: int, *, now: dt.datetime) -> list[AutomationRun]:
    """Runs of the card's next step, which nobody wrote yet.

    What follows the leaving of its stage, and what the other stage does on entering, after idling
    and after overrunning.
    """
    [found] = kept(_of_move.asked(card.stage_id, to_stage))
    return _begun(card, found, card.step_count + 1, now)


def _begun(
    card: Card, found: list[Automation], visit: int, now: dt.datetime
) -> list[AutomationRun]:
    """The runs of these automations, which begin with this visit; a stage may have no standard."""
    runs = []
    for automation in found:
        if automation.event != "overrun":
            runs.append(_run_of(card, automation, visit, now))
        elif automation.stage.standard_minutes is not None:
            over = _standard_over(card, automation.stage, now)
            runs.append(_run_of(card, automation, visit, over))
    return runs


def point_ticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """Plan what follows the tick of this point, once for each visit to the stage."""
    for automation in _of_event(point.stage_id, "tick"):
        if automation.control_point_id == point.id:
            planned(_run_of(card, automation, card.step_count, clock_at(card, now)))()


def point_unticked(card: Card, point: ControlPoint, *, now: dt.datetime) -> None:
    """What waits for this tick is overtaken."""
    mine = Automation.select(Automation.id).where(Automation.control_point == point)
    AutomationRun.update(cancelled_at=now).where(
        AutomationRun.card == card, WAITING, AutomationRun.automation.in_(mine)
    ).execute()


def touched(card: Card, *, now: dt.datetime) -> None:
    """Something happened on the card: its idle time begins anew."""
    for run in _idle_runs(card.id):
        run.due_at = _later(card, run.automation, clock_at(card, now))
        run.save(only=[AutomationRun.due_at])


def pushed_back(card: Card, held_at: dt.datetime, now: dt.datetime) -> None:
    """The card was on hold until now: all that waits on it waits as much longer.

    What counts working time has as much of it left as when the hold began.
    """
    for run in _waiting(card.id):
        run.due_at = _due_after(card, run, held_at, now)
        run.save(only=[AutomationRun.due_at])


def _due_after(
    card: Card, run: AutomationRun, held_at: dt.datetime, now: dt.datetime
) -> dt.datetime:
    if run.due_at <= held_at or not _counts_hours(run.automation):
        return now + (run.due_at - held_at)
    hours = working_time(card.location_id)
    return hours.add(now, hours.between(held_at, run.due_at))


def _counts_hours(automation: Automation) -> bool:
    """Whether its delay, or the standard time that it waits for, is working time."""
    if automation.event == "overrun" and automation.stage.clock not in WALL_CLOCKS:
        return True
    return bool(automation.delay_minutes) and automation.delay_time != "calendar"


def clock_at(card: Card, now: dt.datetime) -> dt.datetime:
    """Where the card's clock stands: at the beginning of a hold, which is all added at its end."""
    held: Hold | None = open_holds_of.first(card.id)
    return held.started_at if held else now


def planned(run: AutomationRun) -> Asked:
    """Writes a run of its visit, unless it is planned already or over.

    One that waited for a tick which was taken back waits anew.
    """
    return _put_run.asked(run.card_id, run.automation_id, run.visit, run.due_at, utcnow())


@prepared
def overtake(card: Any, left: Any, entered: Any, now: Any) -> Any:
    """What waits for the stage that is left; on a card that is lost, all that waits."""
    mine = Automation.select(Automation.id)
    mine = mine.where(Automation.stage == left, Automation.event != "leave")
    lost = Stage.select(Stage.id).where(Stage.id == entered, Stage.category == "lost")
    over = AutomationRun.automation.in_(mine) | fn.EXISTS(lost)
    ended = AutomationRun.update(cancelled_at=now).where(AutomationRun.card == card, WAITING)
    return ended.where(over)


def _waiting(card_id: int) -> Any:
    runs = AutomationRun.select(AutomationRun, Automation, Stage).join(Automation).join(Stage)
    return runs.where(AutomationRun.card == card_id, WAITING)


@prepared
def _idle_runs(card: Any) -> Any:
    waiting = AutomationRun.select(AutomationRun, Automation).join(Automation)
    return waiting.where(AutomationRun.card == card, WAITING, Automation.event == "idle")


@prepared
def _of_move(left: Any, entered: Any) -> Any:
    """What follows the leaving of one stage, then what begins with a visit to the other."""
    leaving = (Automation.stage == left) & (Automation.event == "leave")
    visit = (Automation.stage == entered) & Automation.event.in_(("enter", "idle", "overrun"))
    found = Automation.select(Automation, Stage).join(Stage)
    found = found.where(leaving | visit, Automation.active)
    return found.order_by(Automation.event != "leave", Automation.id)


@prepared
def _of_event(stage: Any, event: Any) -> Any:
    found = Automation.select().where(Automation.stage == stage, Automation.event == event)
    return found.where(Automation.active).order_by(Automation.id)


def _run_of(card: Card, automation: Automation, visit: int, start: dt.datetime) -> AutomationRun:
    """The run of a visit, which nobody wrote yet; due after the automation's delay."""
    due = _later(card, automation, start)
    return AutomationRun(card=card, automation=automation, visit=visit, due_at=due)


@prepared
def _put_run(card: Any, automation: Any, visit: Any, due: Any, made: Any) -> Any:
    row = {"card": card, "automation": automation, "visit": visit, "due_at": due}
    put = AutomationRun.insert(**row, created_at=made, row_version=1)
    return put.on_conflict(
        conflict_target=(AutomationRun.card, AutomationRun.automation, AutomationRun.visit),
        update={AutomationRun.due_at: EXCLUDED.due_at, AutomationRun.cancelled_at: None},
        where=AutomationRun.cancelled_at.is_null(False) & AutomationRun.outcome.is_null(),
    ).as_rowcount()


def _later(card: Card, automation: Automation, start: dt.datetime) -> dt.datetime:
    minutes = automation.delay_minutes
    if automation.delay_time == "calendar" or not minutes:
        return start + dt.timedelta(minutes=minutes)
    return working_time(card.location_id).add(start, minutes)


def _standard_over(card: Card, stage: Stage, now: dt.datetime) -> dt.datetime:
    if stage.clock in WALL_CLOCKS:
        return now + dt.timedelta(minutes=stage.standard_minutes)
    return working_time(card.location_id).add(now, stage.standard_minutes)
