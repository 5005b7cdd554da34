"""Giving cards to somebody else: one, a selection, or all that an absent colleague holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from peewee import Expression

from schema.cards import Card
from schema.staff import Staff
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def reassign(card_ids: Iterable[int], to_staff_id: int, *, by: int, now: dt.datetime) -> int:
    """Make somebody responsible for these open cards; how many changed. Raises Refused."""
    with one_spoken_act():
        _refuse_absent(to_staff_id)
        changed = Card.update(responsible=to_staff_id, row_version=Card.row_version + 1).where(
            Card.id.in_(list(card_ids)),
            Card.closed_at.is_null(),
            Card.responsible.is_null() | (Card.responsible != to_staff_id),
        )
        return int(changed.execute())


def reassign_all(
    from_staff_id: int,
    to_staff_id: int,
    *,
    by: int,
    now: dt.datetime,
    among: Expression | None = None,
) -> int:
    """Give all open cards of one person, or those `among` them, to another; how many.

    Raises Refused.
    """
    cards = Card.select(Card.id).where(Card.responsible == from_staff_id, Card.closed_at.is_null())
    mine = cards if among is None else cards.where(among)
    return reassign([key for (key,) in mine.tuples()], to_staff_id, by=by, now=now)


def _refuse_absent(staff_id: int) -> None:
    person = Staff.get_or_none(Staff.id == staff_id)
    if person is None or person.ended_on is not None:
        raise Refused("Choose somebody who works here.")
