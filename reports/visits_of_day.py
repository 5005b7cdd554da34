"""How far is a day: how many visits, confirmed, arrived, missed, cancelled?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import Case, Expression, fn

from schema.appointments import Appointment
from schema.staff import Location


@dataclass(frozen=True)
class Day:
    """The visits of a stretch of time; cancelled ones are not among `live`."""

    live: int
    confirmed: int
    arrived: int
    missed: int
    cancelled: int


def rows(appointments: Any, since: dt.datetime, until: dt.datetime) -> Day:
    """The counts of the visits that begin from `since` to before `until`.

    `appointments` is a select of the appointments to look at.
    """
    live = Appointment.cancelled_at.is_null()
    query = appointments.select(
        _sum(live),
        _sum(live & Appointment.confirmed_at.is_null(False)),
        _sum(live & Appointment.arrived_at.is_null(False)),
        _sum(live & Appointment.missed_at.is_null(False)),
        _sum(Appointment.cancelled_at.is_null(False)),
    ).where(between(since, until))
    [row] = query.tuples()
    return Day(*(int(number or 0) for number in row))


def between(since: dt.datetime, until: dt.datetime) -> Expression:
    """True for visits that begin in between; all locations are named because the index asks so."""
    everywhere = Appointment.location.in_(Location.select(Location.id))
    return everywhere & (Appointment.starts_at >= since) & (Appointment.starts_at < until)


def _sum(condition: Expression) -> Any:
    return fn.SUM(Case(None, [(condition, 1)], 0))
