"""When a work must be ready: before the next visit that needs it, with working days to spare."""

from __future__ import annotations

import datetime as dt

from schema.appointments import Appointment
from schema.cards import Card
from schema.orders import LabOrder, OrderVisit
from schema.outside import Outsourcing
from schema.planning import ready_by
from schema.tracks import Track
from schema.workflow.tracks import units_of
from schema.working_time import WorkingTime, working_time

USUAL_DAYS, LONG_DAYS, LONG_SPAN = 1, 2, 4


def due_of(order: LabOrder) -> dt.datetime | None:
    """The UTC instant at which the last working day before its next try-in or placement ends.

    A bridge of four and more, and a work of which a step is done outside, have two days to spare.
    Visits that were cancelled, missed or completed ask for nothing; None when none needs the work.
    """
    visit = next_visit(order)
    if visit is None:
        return None
    return ready_by(visit.starts_at, days_to_spare(order), hours_of(order))


def next_visit(order: LabOrder) -> Appointment | None:
    """The soonest visit still to come for which the work must be ready."""
    found: Appointment | None = (
        Appointment.select()
        .join(OrderVisit)
        .where(
            OrderVisit.order == order,
            OrderVisit.purpose.in_(("try_in", "placement")),
            Appointment.cancelled_at.is_null(),
            Appointment.missed_at.is_null(),
            Appointment.completed_at.is_null(),
        )
        .order_by(Appointment.starts_at)
        .first()
    )
    return found


def days_to_spare(order: LabOrder) -> int:
    """Whole working days between the day on which the work is ready and the visit."""
    longest = max((len(unit) for unit in units_of(order)), default=1)
    outside = Outsourcing.select(Outsourcing.id).join(Track).where(Track.order == order)
    return LONG_DAYS if longest >= LONG_SPAN or outside.exists() else USUAL_DAYS


def hours_of(order: LabOrder) -> WorkingTime:
    """The working time in which the order's dates are counted."""
    return working_time(Card.get_by_id(order.card_id).location_id)
