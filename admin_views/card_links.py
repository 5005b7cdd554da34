"""Where that which holds a card back is done: an address that this person may open, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import url_for
from peewee import ForeignKeyField, Model

from admin_views import custody_rights, outside_rights, statement_rights
from admin_views.pipeline_rights import may_transfer
from admin_views.policy import can, scoped
from admin_views.remake_desk import may_rework
from admin_views.tablet_limits import within_reach
from admin_views.titles import standing_on
from schema.base import option, table_name
from schema.bridges import ExternalRecord
from schema.cards import Card
from schema.consents import Consent
from schema.decisions import Approval
from schema.lab import Subcontractor
from schema.lots import LotUse
from schema.orders import LabOrder
from schema.outside import Outsourcing
from schema.patients import Patient
from schema.photos import Photo
from schema.tracks import Track

# The tables whose new rows are the evidence.
DONE_IN: dict[str, type[Model]] = {
    "photos": Photo,
    "approval": Approval,
    "lot": LotUse,
    "consent": Consent,
    "link": ExternalRecord,
}
ON_THE_PAGE = {"tick": "#points", "children": "#kin"}


def where_done(evidence: str, card: Card, record: Model | None) -> str | None:
    """The place on the card's page, the record, or the form of a new row that is the evidence.

    `evidence` is the kind of what is missing, `record` what `record_of` found on the card. None
    also where a PIN on a shared tablet does not reach.
    """
    return within_reach(_place_of(evidence, card, record))


def _place_of(evidence: str, card: Card, record: Model | None) -> str | None:
    if evidence in ON_THE_PAGE:
        return ON_THE_PAGE[evidence]
    if evidence == "components":
        return _ledger(record)
    if evidence == "statement":
        return statement_rights.page_of(_order_of(record))
    model = DONE_IN.get(evidence)
    if model is not None:
        return _new_row(model, card, record)
    if record is None or not can("edit", type(record)):
        return None
    page = "details_view" if evidence == "register" else "edit_view"
    return url_for(f"{table_name(type(record))}.{page}", id=record._pk)


def _ledger(record: Model | None) -> str | None:
    """The page of the components of the order that a card is, or whose process it is."""
    order = _order_of(record)
    known = order is not None and custody_rights.may_see()
    return url_for("custody.order", key=order) if known else None


def _order_of(record: Model | None) -> int | None:
    return record.order_id if isinstance(record, Track) else getattr(record, "id", None)


def outside_of(record: Model | None) -> dict[str, Any] | None:
    """Which firms have the process that the card is, or those of the order; else the way to one."""
    if not isinstance(record, LabOrder | Track) or not outside_rights.may_see():
        return None
    mine = Track.order == record if isinstance(record, LabOrder) else Track.id == record
    asked = scoped(Outsourcing, Outsourcing, Subcontractor).join(Subcontractor)
    asked = asked.switch(Outsourcing).join(Track).where(mine, Outsourcing.returned_at.is_null())
    away = list(asked.order_by(Outsourcing.id))
    if len(away) == 1:
        return {"url": url_for("outside.work", key=away[0].id), "firm": away[0].subcontractor.name}
    if away:
        firms = ", ".join(dict.fromkeys(one.subcontractor.name for one in away))
        return {"url": url_for("outside.index", order=record._pk), "firm": firms}
    return _way_to_a_firm(record)


def _way_to_a_firm(record: LabOrder | Track) -> dict[str, Any] | None:
    """A process is sent at once; of an order with open processes one is chosen first."""
    if record.card.closed_at is not None or not outside_rights.may_send_card(record.card_id):
        return None
    if isinstance(record, Track):
        return {"url": url_for("outside.send", card=record.card_id), "firm": ""}
    open_ones = scoped(Track).join(Card).where(Track.order == record, Card.closed_at.is_null())
    known = open_ones.exists()
    return {"url": url_for("outside.index", order=record._pk), "firm": ""} if known else None


def take_over_of(card: Card) -> str | None:
    """Where an open card is taken to another pipeline, for who may do that."""
    if card.closed_at is not None or not may_transfer():
        return None
    return within_reach(url_for("taking_over.index", card=card.id))


def rework_of(record: Model | None, ways: Sequence[Mapping[str, Any]]) -> str | None:
    """Where a process is sent back with its cause, for who may do that, if a way leads back."""
    if not isinstance(record, Track) or not may_rework() or not any(way["back"] for way in ways):
        return None
    return within_reach(url_for("remake_desk.track", key=record._pk))


def record_of(card: Card) -> Model | None:
    """The order, process, inquiry, plan or claim on the card, when the person may know it."""
    for back, child in standing_on(Card):
        if option(child, "kind") == card.kind:
            found: Model | None = scoped(child).where(back == card.id).first()
            return found
    return None


def _new_row(model: type[Model], card: Card, record: Model | None) -> str | None:
    name = table_name(model)
    if can("create", model):
        return url_for(f"{name}.create_view", **_references(model, card, record))
    return url_for(f"{name}.index_view") if can("read", model) else None


def _references(model: type[Model], card: Card, record: Model | None) -> dict[str, Any]:
    """What the new row refers to, as its form takes it from the address."""
    known: dict[type[Model], int] = {Card: card.id}
    above = record.order if isinstance(record, Track) else record
    for row in (record, above):
        if row is not None:
            known[type(row)] = row._pk
            patient = row.__data__.get("patient")
            known |= {Patient: patient} if patient else {}
    keys = [one for one in model._meta.sorted_fields if isinstance(one, ForeignKeyField)]
    if any(one.rel_model is Card for one in keys):
        known.pop(Patient, None)  # what hangs on the card is of the card, not of its patient
    return {one.name: known[one.rel_model] for one in keys if one.rel_model in known}
