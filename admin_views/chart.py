"""The clickable chart of teeth: two arches of ISO 3950, with a joint between any two neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from flask_babel import gettext

from schema.orders import LabOrder
from schema.teeth import PARTS
from schema.workflow.chart import Join, Mark

NEEDS_IMPLANT = ("implant_crown", "abutment")
NEVER_JOINED = ("inlay", "post", "abutment", "other")
ARCHES = ((1, 2), (4, 3))
MILK_ARCHES = ((5, 6), (8, 7))
KINDS = {1: "incisor", 2: "incisor", 3: "canine", 4: "premolar", 5: "premolar"}


def chart_page(order: LabOrder, marks: list[Mark], joins: list[Join]) -> dict[str, Any]:
    """What the chart's template shows of these teeth and joints."""
    known = {mark.tooth: mark for mark in marks}
    joined = {frozenset(pair) for pair in joins}
    milk = any(tooth > 50 for tooth in known)
    return {
        "arches": [_arch(right, left, 8, known, joined) for right, left in ARCHES],
        "milk_arches": [_arch(right, left, 5, known, joined) for right, left in MILK_ARCHES],
        "milk_open": milk,
        "parts": [(code, gettext(word)) for code, word in PARTS.items()],
        "needs_implant": NEEDS_IMPLANT,
        "never_joined": NEVER_JOINED,
        "spans": spans_of(known, joined),
        "joins_itself": order.work_type.is_bridge,
    }


def teeth_along(right: int, left: int, last: int) -> list[int]:
    """The teeth of an arch from the patient's right to left, such as 18…11, 21…28."""
    ours = [right * 10 + place for place in range(last, 0, -1)]
    return ours + [left * 10 + place for place in range(1, last + 1)]


def spans_of(known: dict[int, Mark], joined: set[frozenset[int]]) -> list[str]:
    """What is marked, as it is made: `12=11=21=22` for a bridge, `36` for a tooth alone."""
    found: list[str] = []
    for arches, last in ((ARCHES, 8), (MILK_ARCHES, 5)):
        for right, left in arches:
            found += _spans(teeth_along(right, left, last), known, joined)
    return found


def _spans(row: list[int], known: dict[int, Mark], joined: set[frozenset[int]]) -> Iterator[str]:
    said, before = "", 0
    for tooth in [*(tooth for tooth in row if tooth in known), 0]:
        if frozenset((before, tooth)) in joined:
            said += f"={tooth}"
        else:
            yield from [said] if said else []
            said = str(tooth)
        before = tooth


def _arch(
    right: int, left: int, last: int, known: dict[int, Mark], joined: set[frozenset[int]]
) -> dict[str, Any]:
    """Two quadrants of teeth; each but the first tooth of an arch has a joint before it."""
    row = teeth_along(right, left, last)
    before = {tooth: other for other, tooth in pairwise(row)}
    cells = [_cell(tooth, known.get(tooth), before.get(tooth), joined) for tooth in row]
    words = gettext("Upper") if right in (1, 5) else gettext("Lower")
    return {"label": words, "lower": right in (4, 8), "quadrants": [cells[:last], cells[last:]]}


def _cell(
    tooth: int, mark: Mark | None, before: int | None, joined: set[frozenset[int]]
) -> dict[str, Any]:
    return {
        "tooth": tooth,
        "part": mark.part if mark else "",
        "implant": (mark.implant or "") if mark else "",
        "word": gettext(PARTS.get(mark.part, mark.part)) if mark else "",
        "kind": KINDS.get(tooth % 10, "molar"),
        "before": before,
        "joined": before is not None and frozenset((before, tooth)) in joined,
    }
