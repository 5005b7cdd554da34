"""What an order lacks before it is registered: all of it at once, each under its column's name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peewee import SQL

from schema.cards import Card
from schema.lab import Material, WorkTypeMaterial
from schema.orders import LabOrder
from schema.sayings import Sayings
from schema.teeth import OrderTooth
from schema.workflow import Refused
from schema.workflow.order_due import due_of
from schema.workflow.tracks import unit_name, units_of

SUPPORTS = ("crown", "implant_crown", "wing")
GAPS = {
    "teeth": "the teeth are chosen on the chart",
    "arch": "the arch is chosen, or its teeth",
    "material": "the material is chosen",
    "shade": "the shade is chosen",
    "stump_shade": "the stump shade is chosen",
    "due_at": "a visit that needs the work is linked, or a due date is set",
}
UNJOINED = "%(unit)s is joined to its neighbour"
UNBORNE = "%(unit)s has a crown or a wing that bears it"
MIXED = "%(unit)s is of one material"
TOO_LONG = "%(unit)s is no longer than its material bears"


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: the column or child table where it is put right, and words."""

    where: str
    says: str
    unit: str | None = None

    @property
    def facts(self) -> dict[str, object]:
        return {"unit": self.unit} if self.unit else {}

    def __str__(self) -> str:
        return self.says % self.facts if self.unit else self.says


def gaps_of(order: LabOrder) -> list[Gap]:
    """All that its kind of work asks for and the order does not say yet; empty: it is complete."""
    asked = [Gap(name, GAPS[name]) for name in _empty(order)]
    return asked + [gap for unit in units_of(order) for gap in _of_unit(order, unit)]


def refuse_gaps(order: LabOrder) -> None:
    """Raises Refused with the names of all that is missing."""
    gaps = gaps_of(order)
    if gaps:
        told = Sayings([(gap.says, gap.facts) for gap in gaps])
        raise Refused("Before this order is registered: %(missing)s.", missing=told)


def _empty(order: LabOrder) -> Iterator[str]:
    work = order.work_type
    has_teeth = OrderTooth.select(SQL("1")).where(OrderTooth.order == order).exists()
    materials = WorkTypeMaterial.select(SQL("1")).where(WorkTypeMaterial.work_type == work)
    if not has_teeth and work.needs_teeth:
        yield "teeth"
    if not has_teeth and not work.needs_teeth and not order.arch:
        yield "arch"
    if order.material_id is None and materials.exists():
        yield "material"
    if order.shade_id is None and work.needs_shade:
        yield "shade"
    if order.stump_shade_id is None and work.needs_stump:
        yield "stump_shade"
    if due_of(order) is None and Card.get_by_id(order.card_id).due_at is None:
        yield "due_at"


def _of_unit(order: LabOrder, unit: list[OrderTooth]) -> Iterator[Gap]:
    """What one unit lacks: a tooth alone, or a bridge."""
    parts = [tooth.part for tooth in unit]
    alone = len(unit) == 1
    if alone and (parts == ["pontic"] or (order.work_type.is_bridge and parts != ["abutment"])):
        yield Gap("connectors", UNJOINED, unit_name(unit))
    if not alone and "pontic" in parts and not set(parts) & set(SUPPORTS):
        yield Gap("teeth", UNBORNE, unit_name(unit))
    materials = {tooth.material_id or order.material_id for tooth in unit}
    if len(materials) > 1:
        yield Gap("teeth", MIXED, unit_name(unit))
    elif not alone and not _bears(materials.pop(), len(unit)):
        yield Gap("material", TOO_LONG, unit_name(unit))


def _bears(material_id: int | None, span: int) -> bool:
    material = Material.get_or_none(Material.id == material_id)
    if material is None:
        return True
    return material.bridgeable and (material.max_span is None or span <= material.max_span)
