"""Makes opening hours, holidays and absences."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.hours import Absence, Holiday, OpeningHours
from tests.factories import TODAY
from tests.factories.staff import a_location, a_person


def opening_hours(**columns: Any) -> OpeningHours:
    """Nine to five on a Monday."""
    columns["location"] = columns.get("location") or a_location()
    good = {"weekday": 1, "opens_at": 9 * 60, "closes_at": 17 * 60}
    return OpeningHours.create(**good | columns)


def a_holiday(**columns: Any) -> Holiday:
    return Holiday.create(**{"day": dt.date(2026, 12, 1), "name": "National Day"} | columns)


def an_absence(**columns: Any) -> Absence:
    columns["staff"] = columns.get("staff") or a_person()
    good = {"starts_on": TODAY, "ends_on": TODAY + dt.timedelta(days=4)}
    return Absence.create(**good | columns)
