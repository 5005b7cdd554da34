"""The works above, beside and below a card: where each is, with whom, since when, due when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for
from flask_babel import gettext

from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.queue_lines import initials
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from schema.cards import Card, CardStep
from schema.holds import Hold
from schema.pipelines import Pipeline, Stage
from schema.staff import Staff
from schema.tracks import Assignment, Track


def kin_of(card: Card) -> list[Card]:
    """The card above, those below, and of a process those beside it, with their stages."""
    found = scoped(Card, Card, Stage, Pipeline).join(Stage, on=Card.stage).join(Pipeline)
    family = (Card.parent == card) | (Card.id == card.parent_id)
    if card.parent_id is not None:
        family |= (Card.parent == card.parent_id) & (Card.id != card.id)
    found = found.where(family)
    return list(found.order_by(Card.parent.is_null(False), Card.id))


def hands_of(kin: list[Card]) -> dict[int, int]:
    """Who has each of them at its stage now, by the card; else who is responsible for it."""
    keys = [one.id for one in kin]
    known = can("read", Card, "responsible")
    hands = {one.id: one.responsible_id for one in kin if known and one.responsible_id}
    if keys and can("read", Track) and can("read", Assignment, "technician"):
        asked = scoped(Assignment, Track.card, Assignment.technician).join(Track).join(Card)
        asked = asked.where(
            Card.id.in_(keys), Assignment.ended_at.is_null(), Assignment.stage == Card.stage
        )
        hands |= dict(asked.tuples())
    return hands


def told_kin(card: Card, kin: list[Card], hands: dict[int, int], book: TitleBook, now: Now) -> Any:
    """A line for each in words, from a book that learnt the names; three questions in all."""
    since, held, names = _since(kin), _held(kin), _names(kin)
    knows_due = can("read", Card, "due_at")
    lines = []
    for one in kin:
        due = one.due_at if knows_due and one.closed_at is None else None
        late = due is not None and due < now.moment
        who = book.name(Staff, hands.get(one.id))
        lines.append(
            {
                "name": names.get(one.id, "") if one.kind == "track" else book.name(Card, one.id),
                "url": url_for("card_page.page", key=one.id),
                "place": _place(one, card),
                "way": row_name(one.stage.pipeline.name),
                "stage": row_name(one.stage.name),
                "tone": _tone(one, late, one.id in held),
                "held": one.id in held,
                "holder": who,
                "initials": initials(who),
                "since": now.near(since.get(one.id)),
                "due": now.near(due),
                "late": late,
            }
        )
    return lines


def _place(one: Card, card: Card) -> str:
    """How it is akin, where that is not plain: what lies below needs no word."""
    if one.id == card.parent_id:
        return gettext("Above")
    return gettext("Beside") if one.parent_id == card.parent_id is not None else ""


def _tone(one: Card, late: bool, held: bool) -> str:
    if one.closed_at is not None:
        return "good" if one.stage.category == "done" else "idle"
    return "late" if late else "warn" if held else "info"


def _since(kin: list[Card]) -> dict[int, dt.datetime]:
    """When each came to where it stands, for who may know its history."""
    found: dict[int, Any] = {}
    if can("read", Card, "opened_at"):
        found = {one.id: one.opened_at for one in kin if one.step_count == 0}
    if kin and can("read", CardStep, "to_stage"):
        asked = scoped(CardStep, CardStep.card, CardStep.at).join(Card, on=CardStep.card == Card.id)
        asked = asked.where(
            Card.id.in_([one.id for one in kin]), CardStep.number == Card.step_count
        )
        found |= dict(asked.tuples())
    return found


def _held(kin: list[Card]) -> set[int]:
    if not kin or not can("read", Hold):
        return set()
    asked = scoped(Hold, Hold.card).where(
        Hold.card.in_([one.id for one in kin]), Hold.ended_at.is_null()
    )
    return {key for (key,) in asked.tuples()}


def _names(kin: list[Card]) -> dict[int, str]:
    """What processes make, such as `bridge 12–22`: their page says whose they are."""
    if not kin or not can("read", Track, "name"):
        return {}
    asked = scoped(Track, Track.card, Track.name).where(
        Track.card.in_([one.id for one in kin]), Track.name.is_null(False)
    )
    return dict(asked.tuples())
