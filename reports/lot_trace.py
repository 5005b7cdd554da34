"""Which patients carry this lot, and which lots are in this work? And what is to be ordered?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import JOIN, Expression, fn

from schema.lab import Material
from schema.lots import LotUse, MaterialLot
from schema.orders import LabOrder
from schema.search import contains

MOST = 500


@dataclass(frozen=True)
class Used:
    """One use of a lot: which piece, in which work, for whom, on which day."""

    lot_id: int
    material_id: int
    maker: str
    lot_number: str
    piece: int
    expires_on: dt.date | None
    order_id: int
    ticket: str
    patient_id: int
    used_on: dt.date


def uses(rows: Any, term: str, patients: Any = None) -> list[Used]:
    """Uses of lots whose number has `term` inside, or in works with that ticket or patients.

    `rows` is a select of uses, `patients` a select of keys. The newest first, 500 at most; one
    question.
    """
    ways: Expression = contains(MaterialLot, ["lot_number"], term) | (LabOrder.ticket == term)
    if patients is not None:
        ways |= LabOrder.patient.in_(patients)
    asked = (
        rows.join(MaterialLot, JOIN.INNER, on=(LotUse.lot == MaterialLot.id))
        .join(LabOrder, JOIN.INNER, on=(LotUse.order == LabOrder.id))
        .where(ways)
        .order_by(LotUse.used_on.desc(), LotUse.id.desc())
        .limit(MOST)
    )
    columns = (
        MaterialLot.id,
        MaterialLot.material,
        MaterialLot.maker,
        MaterialLot.lot_number,
        MaterialLot.piece,
        MaterialLot.expires_on,
        LabOrder.id,
        LabOrder.ticket,
        LabOrder.patient,
        LotUse.used_on,
    )
    return [Used(*row) for row in asked.select(*columns).tuples()]


def to_order(today: dt.date) -> list[tuple[int, int, int]]:
    """Materials of which fewer usable pieces are left than their point of order says.

    Key, pieces left, and the point; usable is neither finished nor called back nor expired.
    """
    usable = (
        MaterialLot.finished_at.is_null()
        & MaterialLot.withdrawn_at.is_null()
        & (MaterialLot.expires_on.is_null() | (MaterialLot.expires_on >= today))
    )
    left = fn.COUNT(MaterialLot.id)
    asked = (
        Material.select(Material.id, left, Material.order_below)
        .join(MaterialLot, JOIN.LEFT_OUTER, on=((MaterialLot.material == Material.id) & usable))
        .where(Material.order_below.is_null(False), Material.ended_on.is_null())
        .group_by(Material.id, Material.order_below)
        .having(left < Material.order_below)
        .order_by(Material.name)
    )
    return list(asked.tuples())
