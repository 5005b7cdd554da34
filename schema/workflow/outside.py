"""Sending a step of a process outside, with its components, and taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from schema.acting import acting
from schema.cards import Card
from schema.followups import Followup
from schema.lab import Subcontractor
from schema.outside import METHODS, Outsourcing
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.custody import Line, settle
from schema.workflow.holding import hold, open_hold, resume
from schema.workflow.outside_works import open_outside
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import locked
from schema.working_time import clinic_zone

CAME_BACK = "The work came back"
NEW_DAY = "There is a new day"
Part = tuple[int, str, int]  # the key of a component, who holds it here, and pieces


def send(
    track_id: int,
    firm_id: int,
    expected_on: dt.date,
    *,
    by: int,
    now: dt.datetime,
    method: str,
    units: int = 1,
    parts: Iterable[Part] = (),
    cost: int | None = None,
    currency: str = "RON",
    document: str | None = None,
) -> Outsourcing:
    """The step at which a process stands is done by a firm, from now on; its parts go along.

    Whoever had the work has it no longer, and it waits on the supplier's clock. `cost` is in
    minor units of `currency`. Raises Refused.
    """
    with acting(staff=by), one_spoken_act():
        track, firm = _track_and_firm(track_id, firm_id)
        card = locked(track.card_id)
        _refuse_to_send(track, expected_on, method, units, now)
        told = {"method": method, "units": units, "cost": cost, "currency": currency}
        told |= {"document_number": " ".join((document or "").split()) or None}
        work = _sent(track, card, firm, expected_on, by, now, **told)
        _send_along(work, parts, by, now)
        _on_the_firms_clock(card.id, firm, by, now)
        return work


def _track_and_firm(track_id: int, firm_id: int) -> tuple[Track, Subcontractor]:
    track = Track.get_or_none(Track.id == track_id)
    firm = Subcontractor.get_or_none(Subcontractor.id == firm_id)
    if track is None or firm is None or firm.ended_on is not None:
        raise Refused("Choose the firm that does it.")
    return track, firm


def _sent(
    track: Track,
    card: Card,
    firm: Subcontractor,
    day: dt.date,
    by: int,
    now: dt.datetime,
    **told: object,
) -> Outsourcing:
    """The work is away; the day named on sending is what the firm promised first."""
    work: Outsourcing = Outsourcing.create(
        track=track,
        stage=card.stage_id,
        subcontractor=firm,
        sent_at=now,
        sent_by=by,
        promised_on=day,
        expected_on=day,
        created_at=now,
        **told,
    )
    return work


def _send_along(work: Outsourcing, parts: Iterable[Part], by: int, now: dt.datetime) -> None:
    for component, holder, number in parts:
        line = [(component, number)]
        settle(line, holder, "subcontractor", by=by, now=now, outsourcing=work.id)


def _refuse_to_send(track: Track, day: dt.date, method: str, units: int, now: dt.datetime) -> None:
    if open_outside(track.id) is not None:
        raise Refused("This work is outside already; note its return first.")
    if method not in METHODS:
        raise Refused("Choose how it is sent.")
    if not 0 < units < 100:
        raise Refused("Send one unit or more.")
    _refuse_past(day, now)


def _refuse_past(day: dt.date, now: dt.datetime) -> None:
    if day < now.astimezone(clinic_zone()).date():
        raise Refused("The day on which it is expected is over already.")


def _on_the_firms_clock(card: int, firm: Subcontractor, by: int, now: dt.datetime) -> None:
    """What it waited for before gives way: from now on it waits for the firm."""
    if open_hold(card) is not None:
        resume(card, by=by, now=now)
    hold(card, reason="supplier", clock="supplier", note=firm.name, by=by, now=now)


def receive(
    work_id: int,
    *,
    by: int,
    now: dt.datetime,
    faults: str = "",
    parts: Iterable[Line] = (),
    holder: str = "lab",
    cost: int | None = None,
) -> Outsourcing:
    """A work is back, complete or with what is wrong with it, and so many parts with it.

    Parts that are not there stay with the firm, until `receive_parts` or until they are reported
    missing. A known `cost` (minor units) takes the place of the agreed one. Raises Refused.
    """
    with acting(staff=by), one_spoken_act():
        work = _open(work_id)
        words = " ".join(faults.split())[:300]
        told = {"outcome": "faulty", "faults": words} if words else {"outcome": "complete"}
        facts = told | {"returned_at": max(now, work.sent_at), "returned_to": by}
        _write(work, **facts, **({} if cost is None else {"cost": cost}))
        receive_parts(work.id, parts, by=by, now=now, holder=holder)
        card = Track.get_by_id(work.track_id).card_id
        held = open_hold(card)
        if held is not None and held.clock == "supplier":
            resume(card, by=by, now=now)
        _end_reminders(work, CAME_BACK, by, now)
        return Outsourcing.get_by_id(work.id)


def receive_parts(
    work_id: int, parts: Iterable[Line], *, by: int, now: dt.datetime, holder: str = "lab"
) -> int:
    """Parts that went along are here; also after the work itself. Returns the pieces."""
    lines = [line for line in parts if line[1] > 0]
    if not lines:
        return 0
    return settle(lines, "subcontractor", holder, by=by, now=now, outsourcing=work_id)


def expect_on(work_id: int, day: dt.date, *, by: int, now: dt.datetime) -> None:
    """The firm names another day; the one it promised first stays, and counts. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        work = _open(work_id)
        _refuse_past(day, now)
        if day != work.expected_on:
            _write(work, expected_on=day)
            _end_reminders(work, NEW_DAY, by, now)


def note_cost(
    work_id: int, cost: int | None, currency: str, document: str, *, by: int, now: dt.datetime
) -> None:
    """What it cost (minor units) and by which document, also long after the return."""
    with acting(staff=by), one_spoken_act():
        work = Outsourcing.get_or_none(Outsourcing.id == work_id)
        if work is None:
            raise Refused("This outside work does not exist.")
        number = " ".join(document.split())[:60] or None
        _write(work, cost=cost, currency=currency, document_number=number)


def _open(work_id: int) -> Outsourcing:
    work: Outsourcing | None = Outsourcing.get_or_none(Outsourcing.id == work_id)
    if work is None:
        raise Refused("This outside work does not exist.")
    locked(Track.get_by_id(work.track_id).card_id)
    again: Outsourcing = Outsourcing.get_by_id(work_id)
    if again.returned_at is not None:
        raise Refused("This work is back already.")
    return again


def _write(work: Outsourcing, **facts: object) -> None:
    Outsourcing.update(**facts, row_version=Outsourcing.row_version + 1).where(
        Outsourcing.id == work.id
    ).execute()


def _end_reminders(work: Outsourcing, outcome: str, by: int, now: dt.datetime) -> None:
    Followup.update(
        done_at=now, done_by=by, outcome=outcome, row_version=Followup.row_version + 1
    ).where(
        Followup.key.startswith(f"outside-{work.id}-"),
        Followup.done_at.is_null(),
        Followup.cancelled_at.is_null(),
    ).execute()
