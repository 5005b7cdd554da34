"""What other systems report: kept once by its number there, and its control points tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
from schema.workflow.reported import MOMENTS, Report, Wrong
from schema.workflow.ticks import settle

Owners = list[dict[str, int]]


class Taken(Refused):
    """That number is linked to somebody or something else here."""


@dataclass(frozen=True)
class Kept:
    """The row that holds what was reported, and whether it is new, changed, or as it was."""

    record: ExternalRecord
    outcome: str


def keep_report(system_id: int, report: Report, *, now: dt.datetime) -> Kept:
    """Keep what a system reports; the same report twice is kept once.

    What a report does not say stays as it was, and one that is older than what is kept changes
    nothing. Points of evidence «link» tick themselves on the
    open cards concerned. Raises Wrong when the owner is not known or a fact contradicts another,
    Taken when the number is linked to another owner.
    """
    with one_spoken_act():
        if not is_sqlite():  # it has one writer anyway; here rivals with the same number wait
            ExternalSystem.select().where(ExternalSystem.id == system_id).for_update().first()
        owners = _owners(report)
        found = ExternalRecord.get_or_none(
            ExternalRecord.system == system_id,
            ExternalRecord.kind == report.kind,
            ExternalRecord.external_id == report.external_id,
        )
        kept = _add(system_id, report, owners) if found is None else _change(found, report, owners)
        if kept.outcome != "unchanged":
            for card in _cards_of(kept.record):
                settle(card, by=None, now=now)
        return kept


def _add(system_id: int, report: Report, owners: Owners) -> Kept:
    row = {"system": system_id, "kind": report.kind, "external_id": report.external_id}
    return Kept(ExternalRecord.create(**row, **owners[0], **report.facts), "created")


def _change(record: ExternalRecord, report: Report, owners: Owners) -> Kept:
    whose = {"card": record.card_id} if record.card_id else {"patient": _kept(record.patient_id)}
    if whose not in owners:
        raise Taken("That number of this system is already linked to another owner.")
    changed = {
        name: value for name, value in report.facts.items() if getattr(record, name) != value
    }
    if not changed or _is_outdated(record, report, changed):
        return Kept(record, "unchanged")
    changed["row_version"] = ExternalRecord.row_version + 1
    ExternalRecord.update(**changed).where(ExternalRecord.id == record.id).execute()
    return Kept(ExternalRecord.get_by_id(record.id), "changed")


def _is_outdated(record: ExternalRecord, report: Report, changed: Iterable[str]) -> bool:
    """Whether a report that arrives late would put what is older in the place of what is kept.

    What it only fills in is no contradiction; without a moment nobody knows how old it is.
    """
    told = [moment for name in MOMENTS if (moment := getattr(report, name)) is not None]
    kept = [moment for name in MOMENTS if (moment := getattr(record, name)) is not None]
    replaces = any(getattr(record, name) is not None for name in changed)
    return replaces and bool(told and kept) and max(told) < max(kept)


def _owners(report: Report) -> Owners:
    """Columns and keys of whose it may be, first whose a new number is.

    A double entry of a patient leads to the one kept. Of a process that an order has several times
    each card may hold the number, for the newest one may have been closed since.
    """
    if report.patient:
        return [{"patient": _kept(_named(Patient, "patient", Patient.code == report.patient))}]
    order = _named(LabOrder, "ticket", LabOrder.ticket == report.ticket)
    if not report.process:
        return [{"card": LabOrder.get_by_id(order).card_id}]
    found = (
        Track.select(Track.card)
        .join(Card)
        .join(Pipeline)
        .where(Track.order == order, Pipeline.code == report.process)
        .order_by(Card.closed_at.is_null(False), Track.id.desc())
    )
    owners = [{"card": card} for (card,) in found.tuples()]
    if not owners:
        raise Wrong("This order has no such process.", at="process")
    return owners


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
