"""Makes chairs, kinds of visit, hours of providers, and appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.appointments import Appointment, AppointmentType, Chair, ProviderHours
from tests.factories import later, number
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person


def a_chair(**columns: Any) -> Chair:
    columns["location"] = columns.get("location") or a_location()
    return Chair.create(**{"name": f"Chair {number()}"} | columns)


def an_appointment_type(**columns: Any) -> AppointmentType:
    good = {"code": f"check{number()}", "name": "Check-up", "minutes": 30}
    return AppointmentType.create(**good | columns)


def an_appointment(**columns: Any) -> Appointment:
    """Half an hour tomorrow; at the place of the chair when one is given."""
    chair = columns.get("chair")
    columns["patient"] = columns.get("patient") or a_patient()
    columns["provider"] = columns.get("provider") or a_person()
    columns["location"] = columns.get("location") or (chair.location if chair else a_location())
    columns["type"] = columns.get("type") or an_appointment_type()
    starts_at = columns.setdefault("starts_at", later(days=1))
    return Appointment.create(**{"ends_at": starts_at + dt.timedelta(minutes=30)} | columns)


def provider_hours(**columns: Any) -> ProviderHours:
    """Nine to five on a Monday."""
    columns["staff"] = columns.get("staff") or a_person()
    columns["location"] = columns.get("location") or a_location()
    good = {"weekday": 1, "from_minute": 9 * 60, "until_minute": 17 * 60}
    return ProviderHours.create(**good | columns)
