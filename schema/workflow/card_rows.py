"""A card by its key, and what holds it where it stands, in statements composed once."""

from __future__ import annotations

from typing import Any, NamedTuple

from peewee import SQL, fn

from schema.automation_runs import WAITING, AutomationRun
from schema.cards import Card
from schema.database import is_sqlite
from schema.evidence import patient_of
from schema.holds import Hold
from schema.orders import LabOrder
from schema.prepared import Asked, prepared
from schema.staff import Clinic


class Facts(NamedTuple):
    """What concerns the next step of a card, and the stamp of what the clinic has set up."""

    held: bool
    draft: bool
    waiting: bool
    patient: int | None
    stamp: int | None


@prepared
def locked_cards_of(key: Any) -> Any:
    """The card; rivals wait until the end of the act. SQLite has one writer anyway."""
    wanted = Card.select().where(Card.id == key)
    return wanted if is_sqlite() else wanted.for_update()


@prepared
def open_holds_of(card: Any) -> Any:
    """The hold that a card is under now, or no row."""
    return Hold.select().where(Hold.card == card, Hold.ended_at.is_null())


def facts_of(card_id: int) -> Asked:
    """Asks the Facts of a card; together with its lock, after it: what a rival did is seen then."""
    asked = _facts_of.asked(card_id)
    return Asked(asked.text, asked.told, lambda cursor: Facts(*_told(asked.read(cursor))))


def _told(rows: list[tuple[Any, ...]]) -> tuple[Any, ...]:
    return rows[0] if rows else (False, False, False, None, None)


@prepared
def _facts_of(card: Any) -> Any:
    held = open_holds_of.build(card).select(SQL("1"))
    draft = LabOrder.select(SQL("1")).where(LabOrder.card == card, LabOrder.is_draft)
    waiting = AutomationRun.select(SQL("1")).where(AutomationRun.card == card, WAITING)
    facts = [fn.EXISTS(one) for one in (held, draft, waiting)]
    patient, stamp = SQL(patient_of("k.id")), Clinic.select(Clinic.rights_stamp).limit(1)
    this = Card.alias("k")
    return this.select(*facts, patient, stamp).where(this.id == card).tuples()
