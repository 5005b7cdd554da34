"""Makes job tickets with teeth, connectors, visits and remakes."""

from __future__ import annotations

from typing import Any

from schema.database import one_act
from schema.orders import LabOrder, OrderVisit
from schema.remakes import Remake
from schema.teeth import OrderConnector, OrderTooth
from schema.tickets import next_ticket
from tests.factories import NOW, TODAY
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_card
from tests.factories.lab import a_remake_cause, a_shade, a_work_type, an_allowed_material
from tests.factories.patients import a_patient
from tests.factories.staff import a_person


def a_draft_order(**columns: Any) -> LabOrder:
    """A ticket just begun: no teeth yet."""
    columns["card"] = columns.get("card") or a_card("order")
    columns["patient"] = columns.get("patient") or a_patient()
    columns["dentist"] = columns.get("dentist") or a_person("dentist")
    columns["work_type"] = columns.get("work_type") or a_work_type()
    if "material" not in columns:
        allowed = an_allowed_material(work_type=columns["work_type"])
        columns["material"] = allowed.material
    good = {"received_on": TODAY, "shade": a_shade()}
    columns = good | columns
    with one_act():
        columns["ticket"] = columns.get("ticket") or next_ticket(columns["received_on"].year)
        return LabOrder.create(**columns)


def an_order(*teeth: int, **columns: Any) -> LabOrder:
    """A registered order: a crown on each tooth (on 11 when none is named)."""
    order = a_draft_order(**columns)
    for tooth in teeth or (11,):
        an_order_tooth(order=order, tooth=tooth)
    return registered(order)


def registered(order: LabOrder) -> LabOrder:
    """The order, no draft any more."""
    order.is_draft = False
    order.save()
    return order


def an_order_tooth(**columns: Any) -> OrderTooth:
    columns["order"] = columns.get("order") or a_draft_order()
    return OrderTooth.create(**{"tooth": 11} | columns)


def an_order_connector(**columns: Any) -> OrderConnector:
    """Joins two teeth, of a new order when none are given: 11 and 21."""
    if not columns.get("first"):
        columns["order"] = columns.get("order") or a_draft_order()
        columns["first"] = an_order_tooth(order=columns["order"], tooth=11)
        columns["second"] = an_order_tooth(order=columns["order"], tooth=21)
    columns["order"] = columns.get("order") or columns["first"].order
    return OrderConnector.create(**columns)


def joined(order: LabOrder, *parts: tuple[int, str]) -> list[OrderTooth]:
    """Teeth of a draft, given as (tooth, part) along the arch, each joined to the next."""
    teeth = [an_order_tooth(order=order, tooth=tooth, part=part) for tooth, part in parts]
    for first, second in zip(teeth, teeth[1:], strict=False):
        an_order_connector(order=order, first=first, second=second)
    return teeth


def an_order_visit(**columns: Any) -> OrderVisit:
    order = columns["order"] = columns.get("order") or an_order()
    columns["patient"] = columns.get("patient") or order.patient
    columns["appointment"] = columns.get("appointment") or an_appointment(patient=order.patient)
    return OrderVisit.create(**{"purpose": "placement"} | columns)


def a_remake(**columns: Any) -> Remake:
    """A new order replaces a registered one of the same patient."""
    original = columns["original"] = columns.get("original") or an_order()
    if columns.get("kind") != "rework":
        columns["order"] = columns.get("order") or a_draft_order(patient=original.patient)
    columns["cause"] = columns.get("cause") or a_remake_cause()
    return Remake.create(**{"detected_at_step": "seating", "noticed_at": NOW} | columns)
