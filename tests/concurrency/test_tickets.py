"""Eight people register orders on New Year's Eve: the tickets of both years have no gap."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import partial
from typing import Any

from schema.orders import LabOrder
from schema.pipelines import Pipeline
from schema.tickets import TicketCounter
from tests.concurrency.crowd import PEOPLE, Crowd, refused, together, tried
from tests.factories.cards import a_card
from tests.factories.lab import a_shade, a_work_type, an_allowed_material
from tests.factories.orders import a_draft_order
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_person

ORDERS = 20
DAYS = (dt.date(2026, 12, 31), dt.date(2027, 1, 1))


def what_orders_need() -> dict[str, Any]:
    allowed = an_allowed_material(work_type=a_work_type())
    return {
        "patient": a_patient().id,
        "dentist": a_person("dentist").id,
        "work_type": allowed.work_type_id,
        "material": allowed.material_id,
        "shade": a_shade().id,
    }


def registering(place: int, way: Pipeline, facts: dict[str, Any]) -> Counter[str]:
    """Twenty orders, turn about for either year; before every fourth, one breaks half-way."""
    tally = Counter[str]()
    for count in range(ORDERS):
        day = DAYS[(place + count) % 2]
        if count % 4 == 0:
            tried(tally, partial(broken_order, way, facts, day))
        tried(tally, partial(order, way, facts, day))
    return tally


def order(way: Pipeline, facts: dict[str, Any], day: dt.date) -> LabOrder:
    return a_draft_order(card=a_card("order", pipeline=way), received_on=day, **facts)


def broken_order(way: Pipeline, facts: dict[str, Any], day: dt.date) -> None:
    """The number was taken already when the rest of the act is refused."""
    twice = order(way, facts, day)
    LabOrder.update(ticket=twice.ticket[:-1] + "x").where(LabOrder.id == twice.id).execute()


def test_tickets_have_no_gap_whoever_registers_beside_whom(house, crowd: Crowd):
    way = a_pipeline(kind="order")

    tally = together(crowd.all_do(house.url, registering, way, what_orders_need()))

    assert tally["kept"] == PEOPLE * ORDERS
    assert refused(tally).total() == PEOPLE * ORDERS // 4
    half = PEOPLE * ORDERS // 2
    for year in ("26", "27"):
        mine = LabOrder.select().where(LabOrder.ticket.startswith(year)).order_by(LabOrder.ticket)
        assert [one.ticket for one in mine] == [f"{year}-{n:06d}" for n in range(1, half + 1)]
        assert TicketCounter.get(year=year).last_number == half
