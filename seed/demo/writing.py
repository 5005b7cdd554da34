"""The order in which the demo's rows are written, so that every rule sees what it asks for."""

from __future__ import annotations

from typing import Any

from peewee import Model

from schema import TABLES
from schema.billing import Claim, ClaimLine, ClaimReview, Invoice, InvoiceLine, Payment
from schema.cards import Card, CardStep, Tick
from schema.consents import Consent
from schema.decisions import Approval, Presentation, PresentationAttendance
from schema.orders import LabOrder, OrderVisit
from schema.remakes import Remake
from schema.teeth import OrderConnector, OrderTooth
from seed.demo.claims import write_claims
from seed.demo.money import write_invoices
from seed.demo.statements import sow_statements
from seed.demo.ways import write_travels
from seed.demo.world import World

# Written by hands of their own: drafts that are decided later, and rows that look at others.
BY_HAND: set[type[Model]] = {
    Claim,
    ClaimLine,
    ClaimReview,
    Invoice,
    InvoiceLine,
    Payment,
    CardStep,
    Tick,
    Approval,
    Presentation,
    PresentationAttendance,
    LabOrder,
    OrderTooth,
    OrderConnector,
    OrderVisit,
    Remake,
    Consent,
}


def write_all(world: World) -> None:
    """Everything on the piles, in building order; what closes cards comes last."""
    parents = {row["id"]: row.get("parent") for row in world.pen.waiting[Card]}
    withdrawn = _consents(world)
    after = {LabOrder: _write_orders, Claim: write_claims, Approval: _write_decisions}
    for model in TABLES:
        if model in after:
            after[model](world)
        elif model not in BY_HAND:
            world.pen.write(model)
        if model is Consent:
            world.pen.write(Consent)
    write_invoices(world)
    world.pen.write(Remake)
    world.pen.insert(Consent, withdrawn)
    sow_statements(world)
    write_travels(world, parents)


def _consents(world: World) -> list[dict[str, Any]]:
    """Withdrawals wait: messages that left before them were wanted when they left."""
    rows = world.pen.take(Consent)
    later = [row for row in rows if row["channel"] == "call"]
    world.pen.waiting[Consent] = [row for row in rows if row["channel"] != "call"]
    return later


def _write_decisions(world: World) -> None:
    """A dear plan is approved before it is presented."""
    world.pen.write(Approval, Presentation, PresentationAttendance)


def _write_orders(world: World) -> None:
    """Tickets one by one, as their numbers are given; teeth in the draft; then registered."""
    drafts = {row["id"] for row in world.pen.waiting[LabOrder] if row.pop("stays_draft", False)}
    world.pen.insert(LabOrder, world.pen.take(LabOrder), size=1)
    world.pen.write(OrderTooth, OrderConnector, OrderVisit)
    LabOrder.update(is_draft=False).where(LabOrder.id.not_in(list(drafts) or [0])).execute()
