"""A visit at the front desk: the patient is here, the visit is over, or a click was wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from schema.acting import acting
from schema.appointments import Appointment
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def arrive(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The patient is here; a second click changes nothing. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"arrived_at": visit.arrived_at or now})


def complete(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """The visit is over; the patient must have arrived. Raises Refused."""
    return _note(visit_id, by, lambda visit: {"completed_at": visit.completed_at or now})


def take_back(visit_id: int, *, by: int, now: dt.datetime) -> Appointment:
    """Take the newest of the two facts back: a wrong click is no visit. Raises Refused."""
    del now
    return _note(
        visit_id, by, lambda visit: {"completed_at" if visit.completed_at else "arrived_at": None}
    )


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
