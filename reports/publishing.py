"""Which photos may be shown to the public today, and which must be taken down?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from peewee import JOIN, SQL, NodeList

from schema.orders import LabOrder
from schema.photos import Photo, Shot
from schema.publications import USES, Publication, consented

MOST = 24
SIDES = ("before", "after")


@dataclass(frozen=True)
class Showable:
    """A photo that the patient agreed to for these uses, and the uses where it is shown already."""

    photo: Photo
    uses: tuple[str, ...]
    shown: frozenset[str]


def showable(photos: Any, *, use: str | None = None, page: int = 0) -> list[Showable]:
    """Photos that may be shown today (for one use, if said), the newest first.

    `photos` is a select of the photos to look at. A page has MOST photos, and one more tells that
    another page follows. Consent is asked of the database, use by use.
    """
    found = _may_be_shown(photos, use)
    newest = found.order_by(Photo.photographed_at.desc(), Photo.id.desc())
    rows = list(newest.offset(page * MOST).limit(MOST + 1))
    shown = _shown([row.id for row in rows])
    return [
        Showable(row, tuple(one for one in USES if getattr(row, f"may_{one}")), shown[row.id])
        for row in rows
    ]


def counterparts(found: list[Showable], *, use: str | None = None) -> dict[int, Photo]:
    """For each photo before the one after, and the other way round, if it may be shown too.

    Of the same view and patient; of the same order first, then the nearest in time. One question.
    """
    sides = [one.photo for one in found if one.photo.shot.moment in SIDES]
    mates = Photo.select().where(Photo.patient.in_([one.patient_id for one in sides] or [0]))
    paired = Shot.moment.in_(SIDES) & Shot.view.in_([one.shot.view for one in sides] or [""])
    rows = list(_may_be_shown(mates, use).where(paired)) if sides else []
    best = {}
    for one in sides:
        others = [row for row in rows if _is_other_side(one, row)]
        if others:
            best[one.id] = min(others, key=lambda row: _distance(one, row))
    return best


def _is_other_side(one: Photo, other: Photo) -> bool:
    same = one.patient_id == other.patient_id and one.shot.view == other.shot.view
    return same and one.shot.moment != other.shot.moment


def _distance(one: Photo, other: Photo) -> tuple[bool, float]:
    apart = abs((one.photographed_at - other.photographed_at).total_seconds())
    return one.order_id != other.order_id, apart


def _may_be_shown(photos: Any, use: str | None) -> Any:
    """Of the photos those that may be shown (for one use, if said), with a column for each use."""
    may = {one: _consented(Photo.patient, SQL(f"'{one}'"), Photo.id) for one in USES}
    wanted = [may[one] for one in may if use in (None, one)]
    columns = (test.alias(f"may_{one}") for one, test in may.items())
    return (
        photos.select(Photo, Shot, LabOrder, *columns)
        .join(Shot)
        .switch(Photo)
        .join(LabOrder, JOIN.LEFT_OUTER, on=Photo.order == LabOrder.id)
        .where(Photo.uploaded_at.is_null(False), reduce(or_, wanted))
    )


def to_take_down(publications: Any) -> list[Publication]:
    """What is shown although the patient no longer agrees, the longest shown first."""
    allowed = _consented(Publication.patient, Publication.use, Publication.photo)
    live = publications.where(Publication.withdrawn_on.is_null(), ~allowed)
    return list(live.order_by(Publication.published_on, Publication.id))


def _shown(photos: list[int]) -> dict[int, frozenset[str]]:
    """The uses for which each of these photos is shown now."""
    live = Publication.select(Publication.photo, Publication.use).where(
        Publication.photo.in_(photos), Publication.withdrawn_on.is_null()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for photo, use in live.tuples():
        found[photo].add(use)
    return defaultdict(frozenset, {photo: frozenset(uses) for photo, uses in found.items()})


def _consented(patient: Any, use: Any, photo: Any) -> Any:
    """The database's own condition over columns of a query."""
    columns = (patient, use, photo)
    parts = re.split(r"\{(\d)\}", consented("{0}", "{1}", "{2}"))
    nodes = [columns[int(part)] if at % 2 else SQL(part) for at, part in enumerate(parts)]
    return NodeList(nodes, parens=True)
