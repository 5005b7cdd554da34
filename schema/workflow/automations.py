"""Doing what waits in the diary of stages: what is due on one card, or on all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from peewee import IntegrityError, fn

from schema.automation_runs import WAITING, AutomationRun
from schema.automations import Automation
from schema.cards import Card
from schema.database import database, one_act, say_last
from schema.holds import Hold
from schema.kept import kept
from schema.prepared import Asked, all_or_none, at_once, prepared, row_to_put
from schema.workflow import Refused
from schema.workflow.called_back import call_back, late_at
from schema.workflow.card_rows import Facts, locked_cards_of
from schema.workflow.deeds import DEEDS, REMINDERS, patient_of
from schema.workflow.refusing import explained
from schema.workflow.runs import clock_at, overtake, planned, runs_of_move

BATCH = 200


def run_due(now: dt.datetime) -> int:
    """Do all that is due on cards that are not on hold, each card in an act of its own; how many.

    Two clocks at once do nothing twice: each run is claimed under the lock of its card.
    """
    count = 0
    for card_id in _cards_due(now):
        with one_act():
            count += run_card(card_id, now=now)
    return count


def run_card(card_id: int, *, now: dt.datetime) -> int:
    """Do what is due on one card, also on the child cards that this opens; how many."""
    if not _anything_due(card_id, now):
        return 0
    found, due = at_once(locked_cards_of.asked(card_id), _due.asked(card_id, now))
    return _run(found[0], due, now) if found else 0


def step_taken(
    card: Card,
    to_stage: int,
    step: Asked,
    facts: Facts,
    *,
    now: dt.datetime,
    ends: bool,
    lost: bool,
) -> None:
    """Write the next step of a locked card, and let both stages do what they do by themselves.

    What still waited where it stood is overtaken, and what was told late there is called back.
    Reminders that are due need no plan: they are written as done, together with their row. Where
    the act `ends` with that, all of it is said last, and a reminder that is refused undoes it.
    """
    begin = clock_at(card, now) if facts.held else now
    runs = runs_of_move(card, to_stage, now=begin)
    told = [] if facts.held else [run for run in runs if _reminds_now(run, now)]
    over = [overtake.asked(card.id, card.stage_id, to_stage, now)] if facts.waiting else []
    [late] = kept(late_at.asked(card.stage_id))
    if lost or late:
        over.append(call_back.asked(card.id, card.step_count, to_stage, now))
    later = [planned(run) for run in runs if run not in told]
    if ends and not later:
        rows = [row for run in told for row in _reminder(card, run, now, facts.patient)]
        say_last(*over, step, *rows)
        return
    first = [*over, step]
    for run in told:
        _remind(card, run, now, facts.patient, first)
        first = []
    if first:
        at_once(*first)
    if later:
        *_, [moved], due = at_once(*later, locked_cards_of.asked(card.id), _due.asked(card.id, now))
        _run(moved, due, now)


def _reminds_now(run: AutomationRun, now: dt.datetime) -> bool:
    return run.automation.action in REMINDERS and run.due_at <= now


def _run(card: Card, due: list[AutomationRun], now: dt.datetime) -> int:
    count = 0
    for run in due:
        children = _do(card, run, now)
        count += 1 + sum(run_card(child, now=now) for child in children)
    return count


def _cards_due(now: dt.datetime) -> list[int]:
    held = Hold.select(Hold.card).where(Hold.ended_at.is_null())
    due = (
        AutomationRun.select(AutomationRun.card)
        .where(
            WAITING,
            AutomationRun.due_at <= now,
            AutomationRun.card.not_in(held),
        )
        .order_by(AutomationRun.due_at)
        .limit(BATCH)
    )
    return list(dict.fromkeys(key for (key,) in due.tuples()))


@prepared
def _anything_due(card: Any, now: Any) -> Any:
    waiting = AutomationRun.select(AutomationRun.id).where(AutomationRun.card == card, WAITING)
    return waiting.where(AutomationRun.due_at <= now).limit(1).tuples()


@prepared
def _due(card: Any, now: Any) -> Any:
    """What is due on a card; nothing while it is on hold."""
    held = Hold.select(Hold.id).where(Hold.card == card, Hold.ended_at.is_null())
    return (
        AutomationRun.select(AutomationRun, Automation)
        .join(Automation)
        .where(AutomationRun.card == card, WAITING, AutomationRun.due_at <= now, ~fn.EXISTS(held))
        .order_by(AutomationRun.due_at, AutomationRun.id)
    )


def _remind(
    card: Card, run: AutomationRun, now: dt.datetime, patient: int | None, first: Sequence[Asked]
) -> None:
    """A reminder, as `_do` does one; in the same round trip what must be done `first`."""
    _, refused = all_or_none(_reminder(card, run, now, patient), first)
    if refused is not None:
        _over(run, str(explained(refused)), cancelled_at=now)()


def _reminder(card: Card, run: AutomationRun, now: dt.datetime, patient: int | None) -> list[Asked]:
    """The row of a reminder and the end of its run; that alone where nobody can be reminded."""
    try:
        outcome, row = REMINDERS[run.automation.action](card, run, now, patient)
    except Refused as refusal:
        return [_over(run, str(refusal), cancelled_at=now)]
    return [row, _over(run, outcome, done_at=now)]


def _do(card: Card, run: AutomationRun, now: dt.datetime) -> list[int]:
    """One run, whole or not at all; its outcome in words either way. Keys of new child cards."""
    action = run.automation.action
    if action in REMINDERS:
        _remind(card, run, now, patient_of(card)(), ())
        return []
    try:
        with database.atomic():
            outcome, children = DEEDS[action](card, run, now)
            _over(run, outcome, done_at=now)()
            return children
    except Refused as refusal:
        _over(run, str(refusal), cancelled_at=now)()
    except IntegrityError as error:
        _over(run, str(explained(error)), cancelled_at=now)()
    return []


def _over(run: AutomationRun, outcome: str, **when: dt.datetime) -> Asked:
    """The end of a run; one that was never planned is written as it ended."""
    told = outcome[:300]
    if run.id is None:
        ended = {**run.__data__, **when, "outcome": told}
        return row_to_put(AutomationRun, **ended)
    return _ended.asked(run.id, told, when.get("done_at"), when.get("cancelled_at"))


@prepared
def _ended(run: Any, outcome: Any, done_at: Any, cancelled_at: Any) -> Any:
    told = {"outcome": outcome, "done_at": done_at, "cancelled_at": cancelled_at}
    return AutomationRun.update(told).where(AutomationRun.id == run)
