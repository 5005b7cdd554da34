"""When a work must be ready: before the visit that needs it, with a working day to spare."""

from __future__ import annotations

import datetime as dt

from schema.appointments import Appointment
from schema.cards import Card
from schema.orders import LabOrder, OrderVisit
from schema.working_time import working_time

# Where nobody has written opening hours, and for how long back a working day is looked for.
BUFFER = dt.timedelta(days=1)
LOOK_BACK = dt.timedelta(days=21)


def due_of(order: LabOrder) -> dt.datetime | None:
    """The UTC instant at which the last working day before its first try-in or placement ends.

    Visits that were cancelled or missed ask for nothing; None when no visit needs the work.
    """
    visit = (
        Appointment.select(Appointment.starts_at)
        .join(OrderVisit)
        .where(
            OrderVisit.order == order,
            OrderVisit.purpose.in_(("try_in", "placement")),
            Appointment.cancelled_at.is_null(),
            Appointment.missed_at.is_null(),
        )
        .order_by(Appointment.starts_at)
        .first()
    )
    if visit is None:
        return None
    return _day_before(visit.starts_at, Card.get_by_id(order.card_id).location_id)


def _day_before(visit: dt.datetime, location: int | None) -> dt.datetime:
    hours = working_time(location)
    midnight = visit.astimezone(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = []
    if hours.sessions:
        for _, closes in hours.spans(visit - LOOK_BACK):
            if closes > midnight:
                break
            ends.append(closes)
    return ends[-1] if ends else visit - BUFFER
