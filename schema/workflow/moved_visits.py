"""A visit moved, was cancelled or completed: the plan of its work follows, and people are told."""

from __future__ import annotations

import datetime as dt

from peewee import Case

from schema.acting import acting
from schema.appointments import Appointment
from schema.cards import Card
from schema.database import one_act
from schema.followups import Followup
from schema.orders import LabOrder, OrderVisit
from schema.planning import ready_by
from schema.staff import Role
from schema.tracks import Track
from schema.workflow.order_due import days_to_spare, due_of, hours_of, next_visit
from schema.workflow.order_plan import plan_of

MOVED = "The visit moved, and so did the day its work is due"
CANCELLED = "The visit for this work was cancelled; its date stands until there is a new one"
TOO_EARLY = "The work cannot be ready for its visit: move the visit"
LIVE = (
    Appointment.cancelled_at.is_null()
    & Appointment.missed_at.is_null()
    & Appointment.completed_at.is_null()
)
PLANNED = OrderVisit.planned_for
NEEDS_PLANNING = (LIVE & (PLANNED.is_null() | (Appointment.starts_at != PLANNED))) | (
    ~LIVE & PLANNED.is_null(False)
)


def follow_visits(now: dt.datetime) -> int:
    """Plan anew every work whose visits are not those it was planned for; returns how many."""
    orders = (
        OrderVisit.select(OrderVisit.order)
        .join(Appointment)
        .switch(OrderVisit)
        .join(LabOrder)
        .join(Card)
        .where(
            OrderVisit.purpose.in_(("try_in", "placement")),
            NEEDS_PLANNING,
            ~LabOrder.is_draft,
            Card.closed_at.is_null(),
        )
        .distinct()
    )
    keys = [key for (key,) in orders.tuples()]
    for key in keys:
        plan_anew(key, by=None, now=now)
    return len(keys)


def plan_anew(order_id: int, *, by: int | None, now: dt.datetime) -> None:
    """The due date of an order and its processes follows its visits; a second time does nothing.

    A date that was typed stays, unless the visit asks for an earlier one. The laboratory is told
    of a new date; reception and the dentist, when the work cannot be ready for it. Where no visit
    is left the date stands, and the laboratory is told to ask.
    """
    with acting(staff=by), one_act():
        order = LabOrder.get_by_id(order_id)
        card = Card.get_by_id(order.card_id)
        first, new = _planned(order), due_of(order)
        old = first and ready_by(first.planned_for, days_to_spare(order), hours_of(order))
        over = _is_over(order)
        remember_visits(order)
        if new is None and first is not None and not over:
            _tell_cancelled(order, card, first, now)
        derived = card.due_at is None or card.due_at == old or _was_for_one_lost(order, card)
        if new is None or new == card.due_at or not (derived or new < card.due_at):
            return
        _set_due(card, new)
        if old is None or not over:
            _tell(order, card, new, now)


def _planned(order: LabOrder) -> OrderVisit | None:
    """The first of the visits for which the work was planned last."""
    found: OrderVisit | None = (
        OrderVisit.select()
        .where(OrderVisit.order == order, PLANNED.is_null(False))
        .order_by(PLANNED)
        .first()
    )
    return found


def _was_for_one_lost(order: LabOrder, card: Card) -> bool:
    """Whether the date still stands from a visit that was cancelled or missed."""
    lost = Appointment.select(Appointment.starts_at).join(OrderVisit)
    starts = lost.where(
        OrderVisit.order == order,
        OrderVisit.purpose.in_(("try_in", "placement")),
        Appointment.cancelled_at.is_null(False) | Appointment.missed_at.is_null(False),
    )
    days, hours = days_to_spare(order), hours_of(order)
    return any(card.due_at == ready_by(start, days, hours) for (start,) in starts.tuples())


def _is_over(order: LabOrder) -> bool:
    """Whether a visit that was planned for has taken place: then the next one comes by itself."""
    done = OrderVisit.select().join(Appointment)
    done = done.where(OrderVisit.order == order, PLANNED.is_null(False))
    return bool(done.where(Appointment.completed_at.is_null(False)).exists())


def remember_visits(order: LabOrder) -> None:
    start = Appointment.select(Case(None, [(LIVE, Appointment.starts_at)])).where(
        Appointment.id == OrderVisit.appointment
    )
    OrderVisit.update(planned_for=start, row_version=OrderVisit.row_version + 1).where(
        OrderVisit.order == order, OrderVisit.purpose.in_(("try_in", "placement"))
    ).execute()


def _set_due(card: Card, due: dt.datetime) -> None:
    """The order's date, and that of its open processes which had the same."""
    below = Card.id.in_(Track.select(Track.card).join(LabOrder).where(LabOrder.card == card))
    same = Card.due_at.is_null() if card.due_at is None else Card.due_at == card.due_at
    Card.update(due_at=due, row_version=Card.row_version + 1).where(
        (Card.id == card.id) | (below & same & Card.closed_at.is_null())
    ).execute()


def _tell(order: LabOrder, card: Card, due: dt.datetime, now: dt.datetime) -> None:
    visit, plan = next_visit(order), plan_of(order, now)
    if visit is None or plan is None:
        return
    about = _about(order, card, visit.id, now)
    key = f"visit-{visit.id}-order-{order.id}-{visit.starts_at:%Y%m%d%H%M}"
    _followup(f"{key}-laboratory", about | {"subject": MOVED, "role": _role("lab_supervisor")})
    if plan.is_feasible:
        return
    early = about | {"subject": TOO_EARLY, "priority": "urgent"}
    early["note"] = f"≥ {plan.visit_day:%d.%m.%Y}"
    _followup(f"{key}-reception", early | {"role": _role("receptionist")})
    _followup(f"{key}-dentist", early | {"staff": order.dentist_id})


def _tell_cancelled(order: LabOrder, card: Card, visit: OrderVisit, now: dt.datetime) -> None:
    """The laboratory must know that nobody waits for the work on its day any more."""
    about = _about(order, card, visit.appointment_id, now)
    key = f"visit-{visit.appointment_id}-order-{order.id}-cancelled"
    _followup(key, about | {"subject": CANCELLED, "role": _role("lab_supervisor")})


def _about(order: LabOrder, card: Card, visit: int, now: dt.datetime) -> dict:
    return {
        "location": card.location_id,
        "patient": order.patient_id,
        "card": card.id,
        "appointment": visit,
        "due_at": now,
    }


def _role(code: str) -> int | None:
    return Role.select(Role.id).where(Role.code == code).scalar()


def _followup(key: str, columns: dict) -> None:
    """Once for each place of the visit; a clinic without that role is told by the other one."""
    if columns.get("staff") or columns.get("role"):
        Followup.insert(key=key, **columns).on_conflict_ignore().execute()
