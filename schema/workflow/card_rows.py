"""A card by its key and the hold that it is under, in statements composed once."""

from __future__ import annotations

from typing import Any

from schema.cards import Card
from schema.database import is_sqlite
from schema.holds import Hold
from schema.prepared import prepared


@prepared
def locked_cards_of(key: Any) -> Any:
    """The card; rivals wait until the end of the act. SQLite has one writer anyway."""
    wanted = Card.select().where(Card.id == key)
    return wanted if is_sqlite() else wanted.for_update()


@prepared
def open_holds_of(card: Any) -> Any:
    """The hold that a card is under now, or no row."""
    return Hold.select().where(Hold.card == card, Hold.ended_at.is_null())
