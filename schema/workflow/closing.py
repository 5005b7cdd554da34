"""What keeps a card from being closed, done or cancelled: no reason forces that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from peewee import SQL, fn

from schema.cards import Card
from schema.components import Component
from schema.lab_gates import IN_WORK, held
from schema.orders import LabOrder
from schema.prepared import prepared
from schema.workflow.gates import Missing

AWAY = "components of this order are still on their way: return them, or write them off"
BELOW = "work under this card is still open: close that first"


def and_left_open(card_id: int, missing: list[Missing]) -> list[Missing]:
    """What is missing for a step that closes a card, and all that it would leave behind: told once.

    What a control point tells of it is no longer forced either.
    """
    ((away, below),) = _left_behind(card_id)
    left = [Missing(AWAY, evidence="components", absolute=True)] if away else []
    left += [Missing(BELOW, evidence="children", absolute=True)] if below else []
    behind, known = {one.evidence for one in left}, {one.evidence for one in missing}
    told = [replace(one, absolute=one.evidence in behind) for one in missing]
    return told + [one for one in left if one.evidence not in known]


@prepared
def _left_behind(card: Any) -> Any:
    """Whether components are on their way, and whether cards below are open: one question."""
    this, part, below = Card.alias("k"), Component.alias("c"), Card.alias("b")
    orders = LabOrder.select(LabOrder.id).where(LabOrder.card == card)
    away = part.select(SQL("1")).where(part.order.in_(orders), SQL(f"{held('c.id', IN_WORK)} <> 0"))
    works = below.select(SQL("1")).where(below.parent == card, below.closed_at.is_null())
    return this.select(fn.EXISTS(away), fn.EXISTS(works)).where(this.id == card).tuples()
