"""Holding a card back with a reason, and letting it go on; its waiting is on somebody's clock."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card
from schema.holds import HOLD_REASONS, Hold
from schema.pipeline_terms import CLOCKS
from schema.sayings import Noun
from schema.workflow import Refused
from schema.workflow.card_rows import open_holds_of
from schema.workflow.refusing import one_spoken_act
from schema.workflow.runs import pushed_back


def hold(
    card_id: int, *, reason: str, clock: str, by: int, now: dt.datetime, note: str | None = None
) -> Hold:
    """Put an open card on hold; a second click gives the hold that is there. Raises Refused.

    So it does when somebody holds it already for another reason: one hold has one clock.
    """
    with one_spoken_act():
        card = Card.get_or_none(Card.id == card_id)
        if card is None or card.closed_at is not None:
            raise Refused("This is closed and waits for nothing.")
        if reason not in HOLD_REASONS or clock not in CLOCKS:
            raise Refused("Choose why it waits, and whose time that is.")
        open_one = open_hold(card_id)
        if open_one is not None:
            return _same(open_one, reason, by)
        return Hold.create(
            card=card, reason=reason, clock=clock, note=note or None, started_at=now, by=by
        )


def _same(held: Hold, reason: str, by: int) -> Hold:
    if (held.reason, held.by_id) == (reason, by):
        return held
    raise Refused(
        "%(who)s holds this card already (%(reason)s). Let it go on first, or write a note.",
        who=held.by or "—",
        reason=Noun(HOLD_REASONS[held.reason]),
    )


def resume(card_id: int, *, by: int, now: dt.datetime) -> Hold:
    """End the hold; what the stage does by itself waits as much longer. Raises Refused."""
    with one_spoken_act():
        held = open_hold(card_id)
        if held is None:
            raise Refused("This card is not on hold.")
        over = now if now > held.started_at else held.started_at
        Hold.update(ended_at=over, row_version=Hold.row_version + 1).where(
            Hold.id == held.id
        ).execute()
        pushed_back(held.card, held.started_at, over)
        return Hold.get_by_id(held.id)


def open_hold(card_id: int) -> Hold | None:
    """The hold that a card is under now."""
    found: Hold | None = open_holds_of.first(card_id)
    return found


def refuse_held(held: Hold | None) -> None:
    """Raises Refused while the card of this open hold waits for something."""
    if held is not None:
        raise Refused(
            "This card is on hold (%(reason)s). Let it go on first.",
            reason=Noun(HOLD_REASONS[held.reason]),
        )
