"""In which order are works taken at a stage? One rule that people can read (reference 3.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# Rush works are at most this share of a stage's works, and always one.
RUSH_PERCENT = 10
LANES = ("pin", "aged", "rush", "date", "held")


@dataclass(frozen=True)
class Waiting:
    """A work at its present stage.

    `due` is the latest finish of the present step (its operation due date, UTC), None without a
    due date; `age` the working minutes that it has been at the stage; `pinned` and `rush` since
    when a person wants it first (UTC), None when nobody does; `set_up` what a machine is set up
    for, such as a shade of disc, empty where it does not matter; `held` whether it must wait.
    """

    key: int
    stage: str
    due: dt.datetime | None
    age: int
    pinned: dt.datetime | None = None
    rush: dt.datetime | None = None
    set_up: str = ""
    held: bool = False


@dataclass(frozen=True)
class Place:
    """Where a work stands in the queue, and why: a word of LANES.

    `next` marks the work of each stage that should be taken first; `capped` a rush work for which
    the rush lane had no room.
    """

    key: int
    lane: str
    next: bool = False
    capped: bool = False


def rush_cap(works: int) -> int:
    """How many rush works a stage with so many works takes: a tenth, and always one."""
    return max(1, works * RUSH_PERCENT // 100)


def ordered(
    works: Iterable[Waiting],
    longest: Mapping[str, int],
    days: Mapping[int, dt.date | None],
) -> list[Place]:
    """The works of all stages in the order in which they should be taken.

    First what a person pinned, the latest pin first; then what has been at its stage for longer
    than 85 percent of past works (`longest`, working minutes by stage; a stage that is not in it
    has no such guard), the oldest first; then rush works, as many as the stage takes; then all
    others by operation due date, those of one day (`days`, the clinic's day of each due) and one
    set-up of a machine together. Ties go to the older work. What is on hold comes last.
    """
    found = list(works)
    lanes, capped = _lanes(found, longest)
    groups = _groups(found, lanes, days)
    row = sorted(found, key=lambda one: _rank(one, lanes[one.key], groups))
    first: dict[str, int] = {}
    for one in row:
        if not one.held:
            first.setdefault(one.stage, one.key)
    return [
        Place(one.key, lanes[one.key], first.get(one.stage) == one.key, one.key in capped)
        for one in row
    ]


def _lanes(
    works: Sequence[Waiting], longest: Mapping[str, int]
) -> tuple[dict[int, str], frozenset[int]]:
    lanes = {one.key: _lane(one, longest) for one in works}
    capped: set[int] = set()
    for stage in {one.stage for one in works}:
        here = [one for one in works if one.stage == stage]
        rush = sorted((one for one in here if lanes[one.key] == "rush"), key=_by_date)
        capped |= {one.key for one in rush[rush_cap(len(here)) :]}
    return lanes | dict.fromkeys(capped, "date"), frozenset(capped)


def _lane(one: Waiting, longest: Mapping[str, int]) -> str:
    if one.held:
        return "held"
    if one.pinned is not None:
        return "pin"
    if one.stage in longest and one.age > longest[one.stage]:
        return "aged"
    return "rush" if one.rush is not None else "date"


def _groups(
    works: Sequence[Waiting], lanes: Mapping[int, str], days: Mapping[int, dt.date | None]
) -> dict[int, tuple[object, ...]]:
    """Where the set-up group of each work begins: with its first work of that stage and day."""
    first: dict[tuple[object, ...], tuple[object, ...]] = {}
    keys: dict[int, tuple[object, ...]] = {}
    for one in sorted(works, key=_by_date):
        alone = lanes[one.key] != "date" or not one.set_up or days.get(one.key) is None
        group = (one.key,) if alone else (one.stage, days[one.key], one.set_up)
        keys[one.key] = first.setdefault(group, _by_date(one))
    return keys


def _rank(one: Waiting, lane: str, groups: Mapping[int, tuple[object, ...]]) -> tuple[object, ...]:
    number = LANES.index(lane)
    if lane == "pin" and one.pinned is not None:
        return (number, -one.pinned.timestamp(), *_by_date(one))
    if lane == "aged":
        return (number, -one.age, *_by_date(one))
    return (number, *groups[one.key], *_by_date(one))


def _by_date(one: Waiting) -> tuple[float, int, int]:
    """By operation due date, those without one last; then the older at its stage."""
    due = one.due.timestamp() if one.due is not None else float("inf")
    return due, -one.age, one.key
