"""Which works does the laboratory owe to visits soon, and where do they stand?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from reports.visits_of_day import between
from schema.appointments import Appointment
from schema.cards import Card
from schema.orders import LabOrder, OrderVisit
from schema.pipelines import Stage

MOST = 50
AT_THE_CHAIR = ("handed_over",)


@dataclass(frozen=True)
class WorkForVisit:
    """An order that a visit needs; ready when the laboratory has handed it over."""

    starts_at: dt.datetime
    order_id: int
    patient_id: int
    work_type_id: int
    stage_id: int
    ready: bool


def rows(
    orders: Any, appointments: Any, since: dt.datetime, until: dt.datetime, *, of: int | None = None
) -> list[WorkForVisit]:
    """The works for live visits that begin from `since` to before `until`, soonest first.

    `orders` and `appointments` are selects of what to look at; `of` is a provider's key.
    """
    visits = appointments.select(Appointment.id).where(
        between(since, until), Appointment.cancelled_at.is_null(), Appointment.missed_at.is_null()
    )
    if of is not None:
        visits = visits.where(Appointment.provider == of)
    query = (
        orders.select(
            Appointment.starts_at,
            LabOrder.id,
            LabOrder.patient,
            LabOrder.work_type,
            Stage.id,
            Stage.code,
            Stage.category,
        )
        .join(OrderVisit, on=OrderVisit.order == LabOrder.id)
        .join(Appointment, on=OrderVisit.appointment == Appointment.id)
        .join(Card, on=LabOrder.card == Card.id)
        .join(Stage, on=Card.stage == Stage.id)
        .where(Appointment.id.in_(visits), Stage.category != "lost")
        .order_by(Appointment.starts_at, LabOrder.id)
        .limit(MOST)
    )
    return [
        WorkForVisit(at, order, patient, work, stage, code in AT_THE_CHAIR or category == "done")
        for at, order, patient, work, stage, code, category in query.tuples()
    ]
