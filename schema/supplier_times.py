"""How long firms outside take: P50 and P80 of past works, with how many there were."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from schema.outside import Outsourcing
from schema.pipelines import Stage

# Of fewer past works a percentile says nothing: one slow case more would turn it.
ENOUGH = 20
LOOKS_BACK = dt.timedelta(days=730)
DAY = 24 * 60


@dataclass(frozen=True)
class SupplierTime:
    """Minutes of the calendar from sending to return; None where `count` is below ENOUGH."""

    count: int
    p50: int | None = None
    p80: int | None = None
    mean: int | None = None

    @property
    def days(self) -> int | None:
        """P80 in whole calendar days, rounded up: what may be promised."""
        return None if self.p80 is None else max(1, ceil(self.p80 / DAY))

    @property
    def has_outliers(self) -> bool:
        """Whether a few very slow works pull the mean above the P80."""
        return self.mean is not None and self.p80 is not None and self.mean > self.p80


NOTHING = SupplierTime(0)


def percentile(values: Sequence[int], percent: int) -> int:
    """The nearest rank: the smallest value that at least `percent` % of all do not exceed.

    `values` in any order, one or more.
    """
    rank = max(1, ceil(len(values) * percent / 100))
    return sorted(values)[rank - 1]


def time_of(minutes: Sequence[int]) -> SupplierTime:
    """The percentiles of so many minutes each, or only their count."""
    count = len(minutes)
    if count < ENOUGH:
        return SupplierTime(count)
    mean = round(sum(minutes) / count)
    return SupplierTime(count, percentile(minutes, 50), percentile(minutes, 80), mean)


def times_by_firm(now: dt.datetime) -> dict[int, SupplierTime]:
    """The times of each firm (by its key) from works that came back in two years; one question."""
    return _grouped(_past(now, Outsourcing.subcontractor).tuples())


def times_by_stage(now: dt.datetime) -> dict[str, SupplierTime]:
    """The times of each step (by the stage's code), whichever firm did it; one question."""
    return _grouped(_past(now, Stage.code).join(Stage).tuples())


def _past(now: dt.datetime, key: Any) -> Any:
    columns = (key, Outsourcing.sent_at, Outsourcing.returned_at)
    back = Outsourcing.returned_at > now - LOOKS_BACK
    return Outsourcing.select(*columns).where(back)


def _grouped(rows: Iterable[tuple[Any, dt.datetime, dt.datetime]]) -> dict[Any, SupplierTime]:
    minutes: dict[Hashable, list[int]] = defaultdict(list)
    for key, sent, back in rows:
        minutes[key].append(int((back - sent).total_seconds() // 60))
    return {key: time_of(some) for key, some in minutes.items()}
