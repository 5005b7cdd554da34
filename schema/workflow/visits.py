"""A visit at the front desk: confirmed, begun, over, missed or cancelled, or a click was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from schema.acting import acting
from schema.appointments import CANCELLED_FOR, Appointment
from schema.messages import Message
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def confirm(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The patient says that they will come; a second click changes nothing. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"confirmed_at": visit.confirmed_at or now})


def arrive(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The patient is here; a second click changes nothing. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"arrived_at": visit.arrived_at or now})


def complete(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The visit is over; the patient must have arrived. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"completed_at": visit.completed_at or now})


def miss(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The patient did not come, and the visit has begun. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"missed_at": visit.missed_at or now})


def cancel(visit_id: int, *, wish_of: str, reason: str, by: int, now: dt.datetime) -> Appointment:
    """The visit will not be: on the wish of a CANCELLED_FOR, and why. Raises Refused."""
    if wish_of not in CANCELLED_FOR:
        raise Refused("Choose on whose wish it is cancelled.")
    if not reason.strip():
        raise Refused("Write the reason; it stays on the visit.")
    told = {"cancelled_for": wish_of, "cancel_reason": reason.strip()[:200]}
    with acting(staff=by), one_spoken_act():
        visit = _note(visit_id, by, lambda _: {**told, "cancelled_at": now, "cancelled_by": by})
        _call_back_messages(visit_id, told["cancel_reason"])
    return visit


def _call_back_messages(visit_id: int, reason: str) -> None:
    """Nobody is reminded of a visit that will not be; what has left stays as it was."""
    waits = (Message.appointment == visit_id) & Message.state.in_(("pending", "claimed", "parked"))
    ended = {"state": "cancelled", "problem": reason, "row_version": Message.row_version + 1}
    Message.update(ended).where(waits).execute()


def take_back(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """Take the newest of these facts back: a wrong click is no visit. Raises Refused."""
    del now
    return _note(visit_id, by, lambda visit: {_newest(visit): None})


def _newest(visit: Appointment) -> str:
    facts = ("completed_at", "missed_at", "arrived_at")
    return next((name for name in facts if getattr(visit, name) is not None), facts[-1])


def _note(visit_id: int, by: int, facts: Callable[[Appointment], dict[str, Any]]) -> Appointment:
    with acting(staff=by), one_spoken_act():
        visit = Appointment.get_or_none(Appointment.id == visit_id)
        if visit is None or visit.cancelled_at is not None:
            raise Refused("This visit was cancelled.")
        Appointment.update(**facts(visit), row_version=Appointment.row_version + 1).where(
            Appointment.id == visit_id
        ).execute()
        again: Appointment = Appointment.get_by_id(visit_id)
        return again
