"""Photos as facts: taken, uploaded elsewhere and linked; shown to the public, and taken down."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from schema.cards import Card
from schema.fields import normal_link
from schema.orders import LabOrder
from schema.photos import Photo, Shot
from schema.publications import Publication
from schema.sayings import RowNames
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act
from schema.workflow.ticks import settle_locked

FINGERPRINT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Taken:
    """What the operator says of one shot: only taken, or uploaded too, under `link`.

    `fingerprint` is the SHA-256 of the original file, 64 hexadecimal digits.
    """

    shot: int
    link: str | None = None
    fingerprint: str | None = None
    tooth: int | None = None


def record_shots(
    order_id: int, shots: Iterable[Taken], *, by: int, now: dt.datetime
) -> list[Photo]:
    """Write down shots of an order, all of them or none; its control points tick themselves.

    A shot that was taken before and has no link yet gets the link; it is no second photo.
    Raises Refused when the order is closed, a link or fingerprint makes no sense, or nothing came.
    """
    with one_spoken_act():
        order = LabOrder.get_or_none(LabOrder.id == order_id)
        if order is None or order.card.closed_at is not None:
            raise Refused("This order is closed. Reopen it before adding photos.")
        written = [_record(order, one, by, now) for one in shots]
        if not written:
            raise Refused("Tick what was photographed, or give the link to it.")
        for card in (order.card, *order.card.children.where(Card.closed_at.is_null())):
            settle_locked(card, by=by, now=now)
        return written


def publish(
    photo_id: int, use: str, *, by: int, today: dt.date, link: str | None = None
) -> Publication:
    """Note that a photo is shown from `today` (a clinic day) on, under the consent of that day.

    Raises Refused without a consent in force for that use, or when it is shown there already.
    """
    with one_spoken_act():
        photo = Photo.get_or_none(Photo.id == photo_id)
        if photo is None:
            raise Refused("This photo is not there.")
        live = Publication.select().where(
            Publication.photo == photo, Publication.use == use, Publication.withdrawn_on.is_null()
        )
        if live.exists():
            raise Refused("This photo is shown there already.")
        return Publication.create(
            photo=photo,
            patient=photo.patient_id,
            use=use,
            published_on=today,
            link=_link(link),
            by=by,
        )


def take_down(publication_id: int, *, today: dt.date) -> Publication:
    """Note that a photo is no longer shown; a second click changes nothing. Raises Refused."""
    with one_spoken_act():
        shown = Publication.get_or_none(Publication.id == publication_id)
        if shown is None:
            raise Refused("This publication is not there.")
        if shown.withdrawn_on is None:
            Publication.update(
                withdrawn_on=max(today, shown.published_on), row_version=Publication.row_version + 1
            ).where(Publication.id == shown.id).execute()
        return Publication.get_by_id(shown.id)


def _record(order: LabOrder, one: Taken, by: int, now: dt.datetime) -> Photo:
    shot = Shot.get_or_none(Shot.id == one.shot)
    if shot is None:
        raise Refused("This shot is not in the protocol.")
    link, fingerprint = _link(one.link), _fingerprint(one.fingerprint, shot)
    photo = _waiting(order, shot)
    if photo is not None and link is None:
        raise Refused("%(shot)s is noted as taken; give the link.", shot=RowNames([shot.name]))
    if photo is None:
        tooth = one.tooth or _only_tooth(order)
        photo = Photo(patient=order.patient_id, order=order, shot=shot, tooth=tooth)
    else:
        photo.row_version += 1
    if photo.photographed_at is None:
        photo.photographed_at, photo.photographed_by = now, by
    uploaded_at = now if link else None
    for name, value in (("link", link), ("file_hash", fingerprint), ("uploaded_at", uploaded_at)):
        setattr(photo, name, value)
    photo.save()
    return photo


def _only_tooth(order: LabOrder) -> int | None:
    """The tooth of an order that has but one; photos of a bridge are of all of them."""
    teeth = {one.tooth for one in order.teeth}
    return teeth.pop() if len(teeth) == 1 else None


def _waiting(order: LabOrder, shot: Shot) -> Photo | None:
    """The photo of that shot that still lacks its link, if there is one."""
    waiting = Photo.select().where(
        Photo.order == order, Photo.shot == shot, Photo.uploaded_at.is_null()
    )
    return waiting.order_by(Photo.id).first()


def _link(text: str | None) -> str | None:
    typed = (text or "").strip()
    try:
        return normal_link(typed) if typed else None
    except ValueError as error:
        raise Refused("%(reason)s", reason=error) from None


def _fingerprint(text: str | None, shot: Shot) -> str | None:
    typed = (text or "").strip().lower()
    if typed and not FINGERPRINT.fullmatch(typed):
        raise Refused(
            "The fingerprint of %(shot)s has 64 digits and letters a to f.",
            shot=RowNames([shot.name]),
        )
    return typed or None
