"""Registering an order: a complete draft becomes a job ticket, and goes back while nobody works."""

from __future__ import annotations

import datetime as dt

from peewee import SQL

from schema.acting import acting
from schema.cards import Card
from schema.orders import LabOrder
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.moved_visits import remember_visits
from schema.workflow.order_due import due_of
from schema.workflow.order_gaps import refuse_gaps
from schema.workflow.refusing import one_spoken_act


def register(order_id: int, *, by: int, now: dt.datetime) -> LabOrder:
    """The draft becomes a registered order, due before the first visit that needs the work.

    A due date that was typed and is earlier stays. A second click gives the order as it is.
    Raises Refused, which names all that is missing at once.
    """
    with acting(staff=by), one_spoken_act():
        order = _open_order(order_id)
        if not order.is_draft:
            return order
        refuse_gaps(order)
        _set_due(order)
        remember_visits(order)
        return _written(order, is_draft=False)


def back_to_draft(order_id: int, *, by: int, now: dt.datetime) -> LabOrder:
    """A registered order is changed again; refused once a process makes its teeth."""
    with acting(staff=by), one_spoken_act():
        order = _open_order(order_id)
        if order.is_draft:
            return order
        if Track.select(SQL("1")).where(Track.order == order).exists():
            raise Refused("Work on this order has begun. Cancel it, or register a remake.")
        if Card.get_by_id(order.card_id).stage.opens:
            return _written(order, is_draft=True)
        raise Refused("Take the order back to the stage where it was opened first.")


def _open_order(order_id: int) -> LabOrder:
    order = LabOrder.get_or_none(LabOrder.id == order_id)
    if order is None:
        raise Refused("This order does not exist.")
    if order.card.closed_at is not None:
        raise Refused("This order is closed. Reopen it first.")
    return order


def _written(order: LabOrder, is_draft: bool) -> LabOrder:
    LabOrder.update(is_draft=is_draft, row_version=LabOrder.row_version + 1).where(
        LabOrder.id == order.id
    ).execute()
    return LabOrder.get_by_id(order.id)


def _set_due(order: LabOrder) -> None:
    due, card = due_of(order), Card.get_by_id(order.card_id)
    if due is None or (card.due_at is not None and card.due_at <= due):
        return
    Card.update(due_at=due, row_version=Card.row_version + 1).where(Card.id == card.id).execute()
