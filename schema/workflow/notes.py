"""What people write on cards."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card, Note
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def add_note(card_id: int, text: str, *, by: int, now: dt.datetime) -> Note:
    """Write something on a card, open or closed; raises Refused when it says nothing."""
    with one_spoken_act():
        if Card.get_or_none(Card.id == card_id) is None:
            raise Refused("This card is not there.")
        if not text.strip():
            raise Refused("Write a few words.")
        return Note.create(card=card_id, text=text.strip(), by=by, at=now)
