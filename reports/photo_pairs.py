"""Where are the before and after photos of a case: by patient, tooth, work, dentist and day?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from peewee import JOIN, Expression

from schema.orders import LabOrder
from schema.photos import Photo, Shot
from schema.teeth import OrderTooth

MOST = 240
SIDES = ("before", "after")


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is None does not matter. Instants are in UTC.

    `by_orders`: a photo is of a tooth also when its order is, whatever the photo itself says.
    """

    patient: int | None = None
    tooth: int | None = None
    work_type: int | None = None
    dentist: int | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    by_orders: bool = False


@dataclass
class Pair:
    """One view of one case: the first photo before and the last one after, as far as there are."""

    shot: Shot
    before: Photo | None = None
    after: Photo | None = None


@dataclass
class Case:
    """The photos of a patient's order, or of a tooth without one, by view of the protocol."""

    patient_id: int
    order_id: int | None
    tooth: int | None
    newest: dt.datetime
    pairs: dict[str, Pair] = field(default_factory=dict)


def rows(photos: Any, wanted: Wanted, most: int = MOST) -> list[Case]:
    """The cases whose photos fit, the newest first; at most `most` photos are looked at.

    `photos` is a select of the photos that may be seen.
    """
    found = (
        photos.select(Photo, Shot)
        .join(Shot)
        .where(Shot.moment.in_(SIDES), Photo.uploaded_at.is_null(False), *_tests(wanted))
        .order_by(Photo.photographed_at.desc(), Photo.id.desc())
        .limit(most)
    )
    if wanted.work_type or wanted.dentist:
        found = found.join(LabOrder, JOIN.INNER, on=Photo.order == LabOrder.id)
    cases: dict[Any, Case] = {}
    for photo in found:
        _place(cases, photo)
    return list(cases.values())


def _tests(wanted: Wanted) -> list[Expression]:
    tests = [
        (Photo.patient, wanted.patient),
        (LabOrder.work_type, wanted.work_type),
        (LabOrder.dentist, wanted.dentist),
    ]
    found = [column == value for column, value in tests if value is not None]
    if wanted.tooth is not None:
        found.append(_of_tooth(wanted))
    if wanted.since is not None:
        found.append(Photo.photographed_at >= wanted.since)
    if wanted.until is not None:
        found.append(Photo.photographed_at < wanted.until)
    return found


def _of_tooth(wanted: Wanted) -> Expression:
    noted = Photo.tooth == wanted.tooth
    if not wanted.by_orders:
        return noted
    orders = OrderTooth.select(OrderTooth.order).where(OrderTooth.tooth == wanted.tooth)
    return noted | Photo.order.in_(orders)


def _place(cases: dict[Any, Case], photo: Photo) -> None:
    """Newest first: the first «after» that comes is the last one taken, a «before» the earliest."""
    tooth = photo.tooth if photo.order_id is None else None
    key = (photo.patient_id, photo.order_id, tooth)
    case = cases.get(key)
    if case is None:
        case = cases[key] = Case(photo.patient_id, photo.order_id, tooth, photo.photographed_at)
    pair = case.pairs.setdefault(photo.shot.view, Pair(photo.shot))
    if photo.shot.moment == "before":
        pair.before = photo
    elif pair.after is None:
        pair.after = photo
