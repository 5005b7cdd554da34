"""Lots by their labels: registered once scanned, opened when work begins, finished when empty."""

from __future__ import annotations

import datetime as dt

from peewee import fn

from schema.acting import acting
from schema.lab import Material
from schema.labels import Label, read_label, refuse_expired, refuse_incomplete, together
from schema.lots import MaterialLot
from schema.sayings import Unfit
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def scanned(first: str, second: str, today: dt.date) -> Label:
    """What one label or the two of a pack say; complete and not expired. Raises Refused."""
    try:
        label = read_label(first, today)
        if second.strip():
            label = together(label, read_label(second, today))
        refuse_incomplete(label)
        refuse_expired(label, today)
    except Unfit as error:
        raise Refused(error.says, **error.facts) from None
    return label


def known_product(product: str | None) -> MaterialLot | None:
    """The newest lot with that article number: it teaches the material and the maker."""
    if not product:
        return None
    found = MaterialLot.select().where(MaterialLot.product == product)
    last: MaterialLot | None = found.order_by(MaterialLot.id.desc()).first()
    return last


def register_lot(
    material_id: int,
    maker: str,
    lot_number: str,
    *,
    by: int,
    now: dt.datetime,
    today: dt.date,
    expires_on: dt.date | None = None,
    product: str | None = None,
    serial: str | None = None,
    shade: str | None = None,
    height_tenths: int | None = None,
    enlargement: int | None = None,
) -> MaterialLot:
    """One more piece of a lot on the shelf; pieces of one lot are counted. Raises Refused.

    `enlargement` is the printed factor times 10 000, `height_tenths` the height in 0.1 mm.
    """
    with acting(staff=by), one_spoken_act():
        names = [" ".join(text.split()) for text in (maker, lot_number)]
        if not all(names) or Material.get_or_none(Material.id == material_id) is None:
            raise Refused("Say which material it is, who makes it, and its lot.")
        if expires_on is not None and expires_on < today:
            raise Refused("This lot has expired. Take another one.")
        same = MaterialLot.select(fn.MAX(MaterialLot.piece)).where(
            MaterialLot.material == material_id,
            MaterialLot.maker == names[0],
            MaterialLot.lot_number == names[1],
        )
        return MaterialLot.create(
            material=material_id,
            maker=names[0],
            lot_number=names[1],
            piece=(same.scalar() or 0) + 1,
            expires_on=expires_on,
            product=product or None,
            serial=serial or None,
            shade_printed=shade or None,
            height_tenths=height_tenths,
            enlargement=enlargement,
            created_at=now,
        )


def open_piece(lot_id: int, *, by: int, now: dt.datetime) -> None:
    """The first tap of two: work begins with this piece; a second click changes nothing."""
    _stamp(lot_id, "opened_at", by, now)


def finish_piece(lot_id: int, *, by: int, now: dt.datetime) -> None:
    """The second tap: the piece is empty and goes into no further work. Raises Refused."""
    _stamp(lot_id, "finished_at", by, now)


def _stamp(lot_id: int, column: str, by: int, now: dt.datetime) -> None:
    field = MaterialLot._meta.fields[column]
    with acting(staff=by), one_spoken_act():
        if MaterialLot.get_or_none(MaterialLot.id == lot_id) is None:
            raise Refused("This lot does not exist.")
        MaterialLot.update(
            {field: now, MaterialLot.row_version: MaterialLot.row_version + 1}
        ).where(MaterialLot.id == lot_id, field.is_null()).execute()
