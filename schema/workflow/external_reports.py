"""What other systems report: kept once by its number there, and its control points tick."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from peewee import Model

from schema.bridges import ExternalRecord, ExternalSystem, Merge
from schema.cards import Card
from schema.database import is_sqlite
from schema.orders import LabOrder
from schema.patients import Patient
from schema.pipelines import Pipeline
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.reported import Report, Wrong
from schema.workflow.ticks import settle


class Taken(Refused):
    """That number is linked to somebody or something else here."""


@dataclass(frozen=True)
class Kept:
    """The row that holds what was reported, and whether it is new, changed, or as it was."""

    record: ExternalRecord
    outcome: str


def keep_report(system_id: int, report: Report, *, now: dt.datetime) -> Kept:
    """Keep what a system reports; the same report twice is kept once.

    What a report does not say stays as it was. Points of evidence «link» tick themselves on the
    open cards concerned. Raises Wrong when the owner is not known or a fact contradicts another,
    Taken when the number is linked to another owner.
    """
    with one_spoken_act():
        if not is_sqlite():  # it has one writer anyway; here rivals with the same number wait
            ExternalSystem.select().where(ExternalSystem.id == system_id).for_update().first()
        owner = _owner(report)
        found = ExternalRecord.get_or_none(
            ExternalRecord.system == system_id,
            ExternalRecord.kind == report.kind,
            ExternalRecord.external_id == report.external_id,
        )
        kept = _add(system_id, report, owner) if found is None else _change(found, report, owner)
        if kept.outcome != "unchanged":
            for card in _cards_of(kept.record):
                settle(card, by=None, now=now)
        return kept


def _add(system_id: int, report: Report, owner: dict[str, int]) -> Kept:
    row = {"system": system_id, "kind": report.kind, "external_id": report.external_id}
    return Kept(ExternalRecord.create(**row, **owner, **report.facts), "created")


def _change(record: ExternalRecord, report: Report, owner: dict[str, int]) -> Kept:
    whose = {"card": record.card_id} if record.card_id else {"patient": _kept(record.patient_id)}
    if whose != owner:
        raise Taken("That number of this system is already linked to another owner.")
    changed = {
        name: value for name, value in report.facts.items() if getattr(record, name) != value
    }
    if not changed:
        return Kept(record, "unchanged")
    changed["row_version"] = ExternalRecord.row_version + 1
    ExternalRecord.update(**changed).where(ExternalRecord.id == record.id).execute()
    return Kept(ExternalRecord.get_by_id(record.id), "changed")


def _owner(report: Report) -> dict[str, int]:
    """The column and key of whose it is; a double entry of a patient leads to the one kept."""
    if report.patient:
        return {"patient": _kept(_named(Patient, "patient", Patient.code == report.patient))}
    order = _named(LabOrder, "ticket", LabOrder.ticket == report.ticket)
    if not report.process:
        return {"card": LabOrder.get_by_id(order).card_id}
    found = (
        Track.select(Track.card)
        .join(Card)
        .join(Pipeline)
        .where(Track.order == order, Pipeline.code == report.process)
        .order_by(Card.closed_at.is_null(False), Track.id.desc())
    )
    card = found.tuples().first()
    if card is None:
        raise Wrong("This order has no such process.", at="process")
    return {"card": card[0]}


def _kept(patient: int) -> int:
    merged = Merge.get_or_none(Merge.merged == patient)
    return int(merged.kept_id) if merged else patient


def _named(model: type[Model], field: str, is_it: object) -> int:
    key = model.select(model.id).where(is_it).scalar()
    if key is None:
        raise Wrong("Nobody and nothing of that name is known here.", at=field)
    return int(key)


def _cards_of(record: ExternalRecord) -> list[int]:
    """Open cards whose evidence it may be: its own with those below, or its patient's works."""
    if record.card_id:
        mine = (Card.id == record.card_id) | (Card.parent == record.card_id)
    else:
        works = LabOrder.select(LabOrder.card).where(LabOrder.patient == record.patient_id)
        mine = Card.id.in_(works) | Card.parent.in_(works)
    found = Card.select(Card.id).where(mine, Card.closed_at.is_null()).order_by(Card.id)
    return [key for (key,) in found.tuples()]
