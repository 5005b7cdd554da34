"""Makes statements of devices, as they are signed."""

from __future__ import annotations

from typing import Any

from schema.device_statements import DeviceStatement
from schema.orders import LabOrder
from schema.rights import Grant
from schema.staff import Clinic, Staff
from schema.workflow.statement_content import full_name, hash_of, keep_until
from tests.factories import NOW, TODAY
from tests.factories.orders import an_order
from tests.factories.staff import a_clinic, a_person, a_role


def a_device_statement(**columns: Any) -> DeviceStatement:
    """The first version of an order, of an implantable crown, signed today."""
    order = columns["order"] = columns.get("order") or an_order()
    columns["by"] = columns.get("by") or a_person("lab_supervisor")
    implantable = columns.setdefault("implantable", True)
    day, document = columns.setdefault("issued_on", TODAY), b"%PDF-1.7"
    good = {
        "at": NOW,
        "version": 1,
        "language": "ro",
        "signed_name": full_name(columns["by"]),
        "signed_function": "Lab supervisor",
        "patient_code": order.patient.code,
        "prescriber": full_name(order.dentist),
        "device": "Crown",
        "keep_until": keep_until(day, implantable),
        "content": "{}",
        "document": document,
        "sha256": hash_of(document),
    }
    return DeviceStatement.create(**good | columns)


def a_signatory(**columns: Any) -> Staff:
    """Somebody whose role signs statements."""
    role = a_role("lab_supervisor")
    Grant.get_or_create(
        role=role, table_name="device_statement", defaults={"may_create": True, "scope": "all"}
    )
    return a_person("lab_supervisor", **columns)


def a_maker(**columns: Any) -> Clinic:
    """The clinic with all that a maker says of itself; works of all days need statements."""
    clinic = a_clinic()
    facts = {"address": "Strada Zorilor 12, București", "statements_from": TODAY.replace(year=2020)}
    Clinic.update(**facts | columns).where(Clinic.id == clinic.id).execute()
    return Clinic.get_by_id(clinic.id)


def a_finished_order(*teeth: int, **columns: Any) -> LabOrder:
    """A registered order whose way asks for no more before it is released."""
    a_maker()
    return an_order(*teeth, **columns)
