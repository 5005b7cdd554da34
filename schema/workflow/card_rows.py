"""Cards by their key, held against rivals, in a statement composed once."""

from __future__ import annotations

from typing import Any

from schema.cards import Card
from schema.database import is_sqlite
from schema.prepared import prepared


@prepared
def locked_cards_of(key: Any) -> Any:
    """The card; rivals wait until the end of the act. SQLite has one writer anyway."""
    wanted = Card.select().where(Card.id == key)
    return wanted if is_sqlite() else wanted.for_update()
