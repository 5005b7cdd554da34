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
    may = {one: _consented(Photo.patient, SQL(f"'{one}'"), Photo.id) for one in USES}
    wanted = [may[one] for one in may if use in (None, one)]
    found = (
        photos.select(
            Photo, Shot, LabOrder, *(test.alias(f"may_{one}") for one, test in may.items())
        )
        .join(Shot)
        .switch(Photo)
        .join(LabOrder, JOIN.LEFT_OUTER, on=Photo.order == LabOrder.id)
        .where(Photo.uploaded_at.is_null(False), reduce(or_, wanted))
        .order_by(Photo.photographed_at.desc(), Photo.id.desc())
        .offset(page * MOST)
        .limit(MOST + 1)
    )
    rows = list(found)
    shown = _shown([row.id for row in rows])
    return [
        Showable(row, tuple(one for one in USES if getattr(row, f"may_{one}")), shown[row.id])
        for row in rows
    ]


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
