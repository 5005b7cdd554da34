"""How a pipeline is written down before it becomes rows: stages, points and allowed steps."""

from __future__ import annotations

from dataclasses import dataclass

DAY = 480  # working minutes


@dataclass(frozen=True)
class Point:
    """What must be true before a card leaves its stage."""

    code: str
    name: str
    block: str
    evidence: str = "tick"
    about: str | None = None
    required: bool = True


@dataclass(frozen=True)
class Place:
    """A stage: its standard working minutes, whose clock runs there, and how many cards fit."""

    code: str
    name: str
    minutes: int | None = None
    clock: str = "clinic"
    limit: int | None = None
    points: tuple[Point, ...] = ()
    category: str = "open"
    opens: bool = False  # beside the first place: the last such one is where a repair begins


@dataclass(frozen=True)
class Way:
    """A pipeline: cards open at its first place and go on from each to the next.

    `jumps` are further allowed steps forward, `returns` those back, and `lost` those to a lost
    stage: from every open stage to each lost one, when nothing is said. Each is "from to to".
    """

    kind: str
    code: str
    name: str
    places: tuple[Place, ...]
    jumps: tuple[str, ...] = ()
    returns: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    line: tuple[str, ...] = ()

    def steps(self) -> list[tuple[str, str, bool]]:
        """Every allowed step: from, to, and whether work returns."""
        line = self.line or tuple(p.code for p in self.places if p.category != "lost")
        lost = _pairs(self.lost) or self._ends()
        onward = [*zip(line[:-1], line[1:], strict=True), *_pairs(self.jumps), *lost]
        return [
            *((start, end, False) for start, end in onward),
            *((start, end, True) for start, end in _pairs(self.returns)),
        ]

    def _ends(self) -> list[tuple[str, str]]:
        work = [place.code for place in self.places if place.category == "open"]
        lost = [place.code for place in self.places if place.category == "lost"]
        return [(start, end) for start in work for end in lost]


def tick(code: str, name: str, block: str = "production", *, required: bool = True) -> Point:
    """A point that a person ticks."""
    return Point(code, name, block, required=required)


def _pairs(lines: tuple[str, ...]) -> list[tuple[str, str]]:
    """`("a b c",)` is from a to b and from a to c."""
    found = []
    for line in lines:
        start, *ends = line.split()
        found += [(start, end) for end in ends]
    return found
