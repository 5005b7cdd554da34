"""Times requests of several applications in turn, so that a noisy minute hits all of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from typing import NamedTuple

LEAST, MOST, SECONDS_EACH = 5, 40, 1.5


class Time(NamedTuple):
    """Medians in milliseconds: CPU of this process, and the clock on the wall."""

    cpu: float
    wall: float


def in_turn(
    acts: Mapping[str, Callable[[], None]], of: Callable[[Iterable[float]], float] = median
) -> dict[str, Time]:
    """Do all acts again and again, one after the other; the median time of each, or their `of`."""
    taken: dict[str, list[Time]] = {name: [] for name in acts}
    for name in acts:
        once(acts[name])
    rounds, spent = 0, 0.0
    while rounds < LEAST or (rounds < MOST and spent < SECONDS_EACH * len(acts)):
        for name, act in acts.items():
            one = once(act)
            taken[name].append(one)
            spent += one.wall / 1000
        rounds += 1
    return {
        name: Time(of(t.cpu for t in times), of(t.wall for t in times))
        for name, times in taken.items()
    }


def once(act: Callable[[], None]) -> Time:
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return Time((time.process_time() - cpu) * 1000, (time.perf_counter() - wall) * 1000)
