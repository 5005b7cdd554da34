"""Makes the clinic, its locations, people and roles."""

from __future__ import annotations

from typing import Any

from schema.staff import Clinic, Location, Role, Staff, StaffRole
from tests.factories import number


def a_clinic(**columns: Any) -> Clinic:
    """The clinic's one row; made when it is not there yet."""
    found = Clinic.get_or_none()
    return found or Clinic.create(**{"id": 1, "name": "Dental Clinic"} | columns)


def a_location(**columns: Any) -> Location:
    return Location.create(**{"name": f"Location {number()}"} | columns)


def a_role(code: str, **columns: Any) -> Role:
    """The role of that code; made when it is not there yet."""
    found = Role.get_or_none(Role.code == code)
    return found or Role.create(**{"code": code, "name": code.capitalize()} | columns)


def a_person(role_code: str | None = None, **columns: Any) -> Staff:
    """Somebody who works here, in a role when one is named."""
    mark = number()
    good = {
        "last_name": f"Ionescu {mark}",
        "first_name": "Ana",
        "email": f"ana.{mark}@clinic.test",
        "language": "en",
    }
    person = Staff.create(**good | columns)
    if role_code:
        StaffRole.create(staff=person, role=a_role(role_code))
    return person


def a_staff_role(**columns: Any) -> StaffRole:
    columns["staff"] = columns.get("staff") or a_person()
    columns["role"] = columns.get("role") or a_role(f"role{number()}")
    return StaffRole.create(**columns)
