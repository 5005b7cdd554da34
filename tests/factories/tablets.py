"""Makes shared tablets and the PINs of people."""

from __future__ import annotations

from typing import Any

from schema.tablets import SharedDevice, StaffPin
from schema.workflow.passwords import hash_password
from tests.factories import NOW, number
from tests.factories.staff import a_location, a_person

PIN = "504182"
PIN_HASH = hash_password(PIN)


def a_tablet(**columns: Any) -> SharedDevice:
    columns["location"] = columns.get("location") or a_location()
    columns["enrolled_by"] = columns.get("enrolled_by") or a_person()
    mark = number()
    good = {"name": f"Tablet {mark}", "token_sha": f"{mark:064d}", "created_at": NOW}
    return SharedDevice.create(**good | columns)


def a_pin(**columns: Any) -> StaffPin:
    columns["staff"] = columns.get("staff") or a_person()
    return StaffPin.create(**{"pin_hash": PIN_HASH, "created_at": NOW} | columns)
