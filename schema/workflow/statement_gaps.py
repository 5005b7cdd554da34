"""What is missing before a statement of a device may be signed: all of it at once, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL

from schema.cards import Card
from schema.database import database, is_sqlite
from schema.evidence import lacking
from schema.fixed import Fixed
from schema.orders import LabOrder
from schema.pipelines import ControlPoint, Stage
from schema.rights import Grant
from schema.sayings import RowNames
from schema.staff import Clinic, Staff, StaffRole
from schema.teeth import OrderTooth
from schema.tracks import Track
from schema.workflow.gates import Line, checklist

GAPS = {
    "draft": "the order is registered",
    "name": "the clinic's name (Set-up, Clinic)",
    "address": "the clinic's address, as the maker's (Set-up, Clinic)",
    "place": "the address of %(place)s, where it is made (Set-up, Locations)",
    "teeth": "the teeth are chosen on the chart",
    "arch": "the arch is chosen, or its teeth",
    "material": "the material is chosen",
    "lot": "a lot is recorded: %(point)s",
    "earlier": "the work has come to the stage %(stage)s",
    "inspection": "the final inspection is passed: %(point)s",
    "processes": "the lab processes of the order are finished",
}


@dataclass(frozen=True)
class Lacks:
    """One thing that is missing, and where it is put right: a kind of page."""

    where: str
    says: str
    facts: dict[str, Any] = field(default_factory=dict)


def statement_gaps(order: LabOrder) -> list[Lacks]:
    """All that the order and the set-up do not say yet; empty: it may be signed."""
    if order.is_draft:
        return [_lacks("order", "draft")]
    return [*_maker(), *_place(order), *_prescription(order), *_lots(order), *_inspection(order)]


def may_sign(staff: int) -> bool:
    """Whether a role of this person signs statements, and the person works here."""
    held = StaffRole.select(SQL("1")).join(Grant, on=Grant.role == StaffRole.role)
    return bool(
        Staff.select(SQL("1")).where(Staff.id == staff, Staff.ended_on.is_null()).exists()
        and held.where(
            StaffRole.staff == staff,
            StaffRole.ended_on.is_null(),
            Grant.table_name == "device_statement",
            Grant.may_create,
        ).exists()
    )


def _lacks(where: str, gap: str, **facts: Any) -> Lacks:
    return Lacks(where, GAPS[gap], facts)


def _maker() -> Iterator[Lacks]:
    clinic = Clinic.get_or_none(Clinic.id == 1)
    if clinic is None or not (clinic.name or "").strip():
        yield _lacks("clinic", "name")
    if clinic is None or not (clinic.address or "").strip():
        yield _lacks("clinic", "address")


def _place(order: LabOrder) -> Iterator[Lacks]:
    place = order.card.location
    if place is not None and not (place.address or "").strip():
        yield _lacks("location", "place", place=place.name)


def _prescription(order: LabOrder) -> Iterator[Lacks]:
    work = order.work_type
    if not OrderTooth.select(SQL("1")).where(OrderTooth.order == order).exists():
        if work.needs_teeth:
            yield _lacks("teeth", "teeth")
        elif not order.arch:
            yield _lacks("order", "arch")
    if order.material_id is None and work.materials.exists():
        yield _lacks("order", "material")


def _lots(order: LabOrder) -> Iterator[Lacks]:
    """Steps of the order and its processes that ask for a lot and have none."""
    for name in _points_without_lot(order):
        yield _lacks("lot", "lot", point=RowNames([name]))


def _points_without_lot(order: LabOrder) -> list[str]:
    mark = "?" if is_sqlite() else "%s"
    text = Fixed(
        "SELECT DISTINCT q.name FROM card the JOIN stage h ON h.id = the.stage_id "
        "JOIN stage g ON g.pipeline_id = the.pipeline_id "
        "JOIN control_point q ON q.stage_id = g.id "
        "WHERE (the.id = (SELECT o.card_id FROM lab_order o "
        f"WHERE o.id = {mark}) OR the.id IN (SELECT t.card_id FROM track t "
        f"WHERE t.order_id = {mark})) AND h.category <> 'lost' AND q.required "
        f"AND q.evidence = 'lot' AND {lacking('the.id', 'q')} ORDER BY q.name"
    )
    return [name for (name,) in database.execute_sql(text, (order.id, order.id)).fetchall()]


def _inspection(order: LabOrder) -> Iterator[Lacks]:
    """The last stage that asks for a statement is where the work is inspected and released.

    All that it asks for besides must be there. Where no stage asks, no process may be open.
    """
    card = Card.get_by_id(order.card_id)
    release = _release_stage(card)
    if release is None:
        if _open_processes(order):
            yield _lacks("card", "processes")
        return
    if card.stage.category == "done" or card.stage.position > release.position:
        return
    if card.stage.position < release.position:
        yield _lacks("card", "earlier", stage=RowNames([release.name]))
        return
    for line in checklist(card):
        if line.point.stage_id == release.id and line.point.required and not _is_passed(line):
            yield _lacks("card", "inspection", point=RowNames([line.point.name]))


def _is_passed(line: Line) -> bool:
    """A tick is made by somebody; other evidence ticks itself when the work moves on."""
    if line.point.evidence == "statement":
        return True
    return line.ticked if line.point.evidence == "tick" else line.ready


def _release_stage(card: Card) -> Stage | None:
    asks = ControlPoint.select(ControlPoint.stage).where(
        ControlPoint.evidence == "statement", ControlPoint.required
    )
    stages = Stage.select().where(Stage.pipeline == card.pipeline_id, Stage.id.in_(asks))
    found: Stage | None = stages.order_by(Stage.position.desc()).first()
    return found


def _open_processes(order: LabOrder) -> bool:
    open_cards = (
        Track.select(SQL("1")).join(Card).where(Track.order == order, Card.closed_at.is_null())
    )
    return bool(open_cards.exists())
