"""What stages did, and will do, by themselves on the orders that are under way."""

from __future__ import annotations

import datetime as dt

from peewee import fn

from schema.automation_runs import AutomationRun
from schema.cards import Card, CardStep
from schema.workflow.runs import card_entered
from seed.demo.world import World


def sow_runs(world: World) -> None:
    """Plan what each open order's stage does; what was due before now has been done."""
    for card, since in _open_orders():
        card_entered(card, now=since)
    AutomationRun.update(done_at=AutomationRun.due_at, outcome="Done").where(
        AutomationRun.due_at <= world.now
    ).execute()


def _open_orders() -> list[tuple[Card, dt.datetime]]:
    """Each with the moment at which it came to its stage."""
    came = (
        CardStep.select(CardStep.card, fn.MAX(CardStep.at).alias("at"))
        .group_by(CardStep.card)
        .tuples()
    )
    since = dict(came)
    cards = Card.select().where(Card.kind == "order", Card.closed_at.is_null())
    return [(card, CardStep.at.python_value(since.get(card.id, card.opened_at))) for card in cards]
