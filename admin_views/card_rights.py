"""What the person at the screen may do with cards: move, force, tick, hold, reassign, write."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from peewee import Expression, Model

from admin_views.people import current_person
from admin_views.policy import NOBODY, can, granted, right_on
from admin_views.ways import reaches, stands_at
from schema.among import among
from schema.cards import OWN_CARD, Card, CardStep, Note, Tick
from schema.holds import Hold
from schema.lots import LotUse, MaterialLot


def may_see_cards() -> bool:
    """Whether cards and where they stand are known to this person at all."""
    return can("read", Card, "stage") and can("read", Card, "pipeline")


def may_move() -> bool:
    return granted("create", CardStep, "to_stage")


def may_force() -> bool:
    return may_move() and granted("create", CardStep, "forced")


def may_reopen() -> bool:
    return granted("create", CardStep, "mode")


def may_read_ticks(card: int) -> bool:
    """Whether the ticks of this card are among the person's rows."""
    return can("read", Tick) and bool(cards_within(Tick, "read", [card]))


def may_tick() -> bool:
    return granted("create", Tick, "done")


def may_note_ticks() -> bool:
    return granted("create", Tick, "evidence_note")


def may_hold() -> bool:
    return can("create", Hold)


def may_resume() -> bool:
    return can("edit", Hold)


def may_reassign() -> bool:
    return can("edit", Card, "responsible")


def may_use_lot() -> bool:
    return can("create", LotUse) and can("read", MaterialLot, "lot_number")


def may_note() -> bool:
    return can("create", Note, "text")


def cards_within(model: type[Model], verb: str, keys: Iterable[int]) -> set[int]:
    """Those of the cards on which the person's right on a table of acts reaches."""
    wanted, limit = set(keys), _limit(model, verb)
    if limit is None or not wanted:
        return wanted
    found = Card.select(Card.id).where(among(Card.id, wanted), limit).tuples()
    return {key for (key,) in found}


def _limit(model: type[Model], verb: str) -> Expression | None:
    person = current_person()
    right = right_on(person, model) if person else None
    if person is None or right is None:
        return NOBODY
    scopes, parts = right.scopes[verb], []
    if "all" in scopes:
        return None
    if "own" in scopes:
        parts += [reaches(Card, path.split("."), person.staff_id) for path in OWN_CARD]
    if "location" in scopes and person.location_id is not None:
        parts.append(stands_at(Card, ["location"], person.location_id))
    return reduce(or_, parts) if parts else NOBODY
