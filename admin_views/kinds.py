"""Which table stands on cards of a kind, and which rows belong to cards of some kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from peewee import SQL, Expression, ForeignKeyField, Model, fn

from schema import TABLES
from schema.base import option
from schema.cards import Card


@cache
def tables_of_kinds() -> dict[str, type[Model]]:
    """The table of each kind: a card of the kind «lead» is a lead."""
    return {kind: model for model in TABLES if (kind := option(model, "kind"))}


def of_kind(kind: str) -> type[Model]:
    """The table whose rows stand on cards of this kind."""
    return tables_of_kinds()[kind]


def knows_kinds(model: type[Model]) -> bool:
    """Whether each row is a card, or is of one card whatever its kind, as its steps are."""
    if model is Card:
        return True
    card = model._meta.fields.get("card")
    is_of_card = isinstance(card, ForeignKeyField) and card.rel_model is Card and not card.null
    return is_of_card and not option(model, "supertype")


def is_of_kind(model: type[Model], kinds: Sequence[str]) -> Expression:
    """Rows of cards of these kinds, of a table that `knows_kinds`."""
    of_kind = Card.kind.in_(kinds)
    if model is Card:
        return of_kind
    return fn.EXISTS(Card.select(SQL("1")).where(Card.id == model._meta.fields["card"], of_kind))
