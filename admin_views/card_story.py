"""The whole timeline of a card: its steps and notes, and what was said, held and edited."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from peewee import JOIN, Model

from admin_views.card_edits import edits_of
from admin_views.card_timeline import MOST, Told, told_of
from admin_views.language import row_name
from admin_views.plain_words import code_text
from admin_views.policy import can, scoped
from admin_views.tablet_limits import at_tablet
from schema.cards import Card, CardStep
from schema.contacts import CHANNELS, DIRECTIONS, Contact, ContactOutcome
from schema.holds import HOLD_REASONS, Hold
from schema.leads import Lead
from schema.messages import STATES, Message


def story_of(card: Card, record: Model | None, steps: Iterable[CardStep]) -> list[Told]:
    """The newest lines of all that happened, five questions more than `told_of` at most."""
    told = told_of(card, steps)
    told += _calls(card, record) + _messages(card) + _holds(card) + edits_of(card, record)
    return sorted(told, key=lambda one: one.at, reverse=True)[:MOST]


def _calls(card: Card, record: Model | None) -> list[Told]:
    """Calls, messages and talks about the card; of an inquiry's also those with the inquiry."""
    if not can("read", Contact, "channel"):
        return []
    about = Contact.card == card
    if isinstance(record, Lead):
        about |= Contact.lead == record
    found = scoped(Contact, Contact, ContactOutcome).join(ContactOutcome, JOIN.LEFT_OUTER)
    return [_call(one) for one in found.where(about).order_by(Contact.id.desc()).limit(MOST)]


def _call(contact: Contact) -> Told:
    parts = [gettext(DIRECTIONS[contact.direction])] if can("read", Contact, "direction") else []
    if contact.outcome_id is not None and can("read", Contact, "outcome"):
        parts.append(row_name(contact.outcome.name))
    note = (contact.note or "") if can("read", Contact, "note") else ""
    words = f"{gettext(CHANNELS[contact.channel])}: {' · '.join(parts)}".rstrip(": ")
    by = contact.by_id if can("read", Contact, "by") else None
    heard = can("read", Contact, "recording_link") and not at_tablet()
    link = (contact.recording_link or "") if heard else ""
    return Told(contact.started_at, words, by, note=note, url=link)


def _messages(card: Card) -> list[Told]:
    """Messages about the card, by when they left or were written; not what they say."""
    if not can("read", Message, "event"):
        return []
    about = scoped(Message).where(Message.card == card)
    return [_message(one) for one in about.order_by(Message.id.desc()).limit(MOST)]


def _message(message: Message) -> Told:
    words = gettext("Message: %(event)s", event=code_text(message.event))
    parts = [(CHANNELS, "channel"), (STATES, "state")]
    told = [gettext(of[getattr(message, name)]) for of, name in parts if can("read", Message, name)]
    return Told(message.sent_at or message.created_at, words, None, note=" · ".join(told))


def _holds(card: Card) -> list[Told]:
    """Two lines for each hold: since when it waited, and when it went on."""
    if not can("read", Hold, "started_at"):
        return []
    told = []
    for one in scoped(Hold).where(Hold.card == card).order_by(Hold.id.desc()).limit(MOST):
        why = gettext(HOLD_REASONS[one.reason]) if can("read", Hold, "reason") else ""
        note = " · ".join(filter(None, (why, one.note if can("read", Hold, "note") else "")))
        by = one.by_id if can("read", Hold, "by") else None
        told.append(Told(one.started_at, gettext("On hold"), by, note=note))
        if one.ended_at is not None and can("read", Hold, "ended_at"):
            told.append(Told(one.ended_at, gettext("Off hold"), None, note=why))
    return told
