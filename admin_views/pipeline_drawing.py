"""The drawn map of a pipeline: where boxes stand and how its steps run, in units of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from admin_views.pipeline_rows import Place

WIDE, HIGH, GAP, EDGE = 132, 82, 28, 8
LETTERS, LINES = 17, 3
LOWEST, RISE = 26, 15
LONG = 960


class Box(NamedTuple):
    """A stage in the picture: its left upper corner and the lines of its name."""

    place: Place
    x: int
    y: int
    lines: list[str]


class Way(NamedTuple):
    """A step in the picture: `kind` is on, skip, back or lost; `path` is what SVG draws."""

    kind: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    width: int
    height: int
    boxes: list[Box]
    ways: list[Way]

    @property
    def is_long(self) -> bool:
        """Whether a small screen scrolls it rather than shrinking it."""
        return self.width > LONG


def drawing_of(places: Sequence[Place]) -> Drawing:
    """Stages in one row, skips above, returns below, and where cards are lost in a row beneath."""
    row = [place for place in places if place.row.category != "lost"]
    lost = [place for place in places if place.row.category == "lost"]
    spot = {place.row.id: at for at, place in enumerate(row)}
    moves = [(step.from_stage_id, step.to_stage_id) for place in places for step, _ in place.steps]
    skips = [spot[b] - spot[a] for a, b in moves if a in spot and b in spot]
    top = EDGE + max((_rise(far) for far in skips if far > 1), default=0)
    below = max((_rise(-far) for far in skips if far < 0), default=0)
    rail = top + HIGH + below + 18
    beneath = rail + 14 * len(lost) + 12
    boxes = [_box(place, at, top) for at, place in enumerate(row)]
    first = max(0, len(row) - len(lost))
    boxes += [_box(place, first + at, beneath) for at, place in enumerate(lost)]
    corners = {box.place.row.id: box for box in boxes}
    ways = [_way(corners[a], corners[b], spot) for a, b in moves if b in spot and a in spot]
    for at, place in enumerate(lost):
        theirs = [corners[a] for a, b in moves if b == place.row.id]
        ways += _lost_ways(theirs, corners[place.row.id], rail + 14 * at, at)
    width = max((box.x for box in boxes), default=0) + WIDE + EDGE
    height = (beneath if lost else top + below) + HIGH + EDGE
    return Drawing(width, height, boxes, ways)


def _rise(far: int) -> int:
    return LOWEST + RISE * (far - 1)


def _box(place: Place, at: int, y: int) -> Box:
    lines = wrap(place.name, LETTERS, max_lines=LINES, placeholder="…")
    return Box(place, EDGE + at * (WIDE + GAP), y, lines)


def _way(a: Box, b: Box, spot: dict[int, int]) -> Way:
    far = spot[b.place.row.id] - spot[a.place.row.id]
    if far == 1:
        middle = a.y + HIGH // 2
        return Way("on", f"M{a.x + WIDE} {middle} H{b.x - 3}")
    if far > 1:
        start, end, y = a.x + WIDE // 2 + 18, b.x + WIDE // 2 - 18, a.y
        high = y - _rise(far)
        return Way("skip", f"M{start} {y} C{start} {high} {end} {high} {end} {y - 3}")
    start, end, y = a.x + WIDE // 2 - 18, b.x + WIDE // 2 + 18, a.y + HIGH
    low = y + _rise(-far)
    return Way("back", f"M{start} {y} C{start} {low} {end} {low} {end} {y + 3}")


def _lost_ways(boxes: list[Box], end: Box, rail: int, at: int) -> list[Way]:
    """From each stage down to one line, and along it to the place beneath."""
    if not boxes:
        return []
    into = end.x + WIDE // 2
    ways = [f"M{box.x + WIDE - 14 - 10 * at} {box.y + HIGH} V{rail} H{into}" for box in boxes]
    return [*(Way("rail", path) for path in ways), Way("lost", f"M{into} {rail} V{end.y - 3}")]
