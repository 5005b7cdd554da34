"""The piece of a lot behind a scan where work is done: a maker's label first, else a lot number."""

from __future__ import annotations

import datetime as dt

from schema.cards import Card
from schema.gs1 import elements
from schema.hibc import looks_like_hibc
from schema.labels import Label, read_label, refuse_expired, refuse_incomplete
from schema.lots import LotUse, MaterialLot
from schema.orders import LabOrder
from schema.sayings import Unfit
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.steps import locked
from schema.working_time import clinic_zone

# A number that is shorter was typed; what is longer and begins as a label does was scanned.
SHORTEST_LABEL = 16


class Unregistered(Refused):
    """A whole label of a lot that is not on the shelf yet: whoever may can register it."""


def use_lot(card_id: int, text: str, *, by: int, now: dt.datetime) -> LotUse:
    """Note that the lot behind a scan goes into the work of a card, at its stage. Raises Refused.

    The card is an order's or one of its processes'. Unregistered, when only the lot is not known.
    """
    with one_spoken_act():
        card = locked(card_id)
        track = Track.get_or_none(Track.card == card_id)
        order = track.order if track else LabOrder.get_or_none(LabOrder.card == card_id)
        if order is None or card.closed_at is not None:
            raise Refused("This work is closed; no lot goes into it.")
        return note_use(card, order.id, track, text, by=by, now=now)


def note_use(
    card: Card, order: int, track: Track | None, text: str, *, by: int, now: dt.datetime
) -> LotUse:
    """The same inside an act that has the card already."""
    today = now.astimezone(clinic_zone()).date()
    return LotUse.create(
        order=order,
        track=track,
        lot=lot_behind(text, today),
        stage=card.stage_id,
        used_on=today,
        by=by,
    )


def lot_behind(text: str, today: dt.date) -> MaterialLot:
    """The piece that is meant: of those of a lot one in use, then one that is new.

    Raises Refused in words for a broken or expired label, and for a number that no lot has;
    Unregistered for a good label of a lot that is not on the shelf. Whether a piece is finished or
    called back, the database says.
    """
    label, wrong = _label_in(text, today)
    if label is not None:
        return _of_label(label, today)
    found = _best(MaterialLot.lot_number == " ".join(text.split()))
    if found is not None:
        return found
    if wrong is not None and (looks_like_hibc(text.strip()) or len(text) >= SHORTEST_LABEL):
        raise Refused(wrong.says, **wrong.facts)
    raise Refused("No lot has the number «%(number)s».", number=text.strip()[:40])


def _label_in(text: str, today: dt.date) -> tuple[Label | None, Unfit | None]:
    """The label that a scan is, or why it is none that says enough.

    The second label of a pack names no product: the lot's number says it, while one material
    alone has such a lot.
    """
    try:
        label = read_label(text, today)
        if label.product is None and label.lot is not None and _is_of_one_material(label.lot):
            return label, None
        refuse_incomplete(label)
    except Unfit as error:
        return None, error
    return label, None


def _of_label(label: Label, today: dt.date) -> MaterialLot:
    try:
        refuse_expired(label, today)
    except Unfit as error:
        raise Refused(error.says, **error.facts) from None
    number = label.lot or label.serial or ""
    here = MaterialLot.product == label.product if label.product else MaterialLot.id.is_null(False)
    if label.serial:
        found = _best(here & (MaterialLot.serial == label.serial))
        if found is not None:
            return found
    found = _best(here & (MaterialLot.lot_number == number)) or _run_together(label, number)
    # Typed before labels were scanned: the number is known, the article is not.
    found = found or _best(MaterialLot.product.is_null() & (MaterialLot.lot_number == number))
    if found is None:
        raise Unregistered(
            "Lot %(lot)s is not registered yet. Register its label on the shelf first.",
            lot=number[:40],
        )
    return found


def _is_of_one_material(number: str) -> bool:
    lots = MaterialLot.select(MaterialLot.material, MaterialLot.maker)
    return len(list(lots.where(MaterialLot.lot_number == number).distinct().tuples())) == 1


def _run_together(label: Label, number: str) -> MaterialLot | None:
    """A scanner that drops FNC1 runs the lot and what follows it into one: told by known lots."""
    if label.system != "gs1":
        return None
    known = MaterialLot.select(MaterialLot.lot_number).where(MaterialLot.product == label.product)
    for (lot,) in sorted(known.distinct().tuples(), key=lambda row: -len(row[0])):
        if number.startswith(lot) and _is_elements(number[len(lot) :]):
            return _best((MaterialLot.product == label.product) & (MaterialLot.lot_number == lot))
    return None


def _is_elements(text: str) -> bool:
    try:
        return bool(elements(text))
    except Unfit:
        return False


def _best(which: object) -> MaterialLot | None:
    fit = MaterialLot.finished_at.is_null() & MaterialLot.withdrawn_at.is_null()
    in_use = MaterialLot.opened_at.is_null(False)
    found: MaterialLot | None = (
        MaterialLot.select()
        .where(which)
        .order_by(fit.desc(), in_use.desc(), MaterialLot.id)
        .first()
    )
    return found
