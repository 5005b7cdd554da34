"""How firms outside keep their word: days taken, how often late, with faults, at what cost."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from peewee import SQL, Case, fn

from schema.movements import ComponentMovement
from schema.outside import Outsourcing
from schema.supplier_times import LOOKS_BACK, NOTHING, SupplierTime, time_of


@dataclass
class Firm:
    """A firm's works of two years: `late` of `count` came after the first promise.

    `costs` holds, for each currency, minor units and the units of work that they paid for.
    """

    time: SupplierTime = NOTHING
    late: int = 0
    faulty: int = 0
    out: int = 0
    minutes: list[int] = field(default_factory=list)
    costs: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    @property
    def count(self) -> int:
        return len(self.minutes)

    def per_unit(self) -> list[tuple[str, int]]:
        """Currency and minor units for each unit, of works whose cost is known."""
        return [(code, round(cost / units)) for code, (cost, units) in sorted(self.costs.items())]


def firms(works: Any, zone: ZoneInfo, now: dt.datetime) -> dict[int, Firm]:
    """The figures of each firm (by its key) from `works`, a select of Outsourcing; one question."""
    told = works.select(
        Outsourcing.subcontractor,
        Outsourcing.sent_at,
        Outsourcing.returned_at,
        Outsourcing.promised_on,
        Outsourcing.outcome,
        Outsourcing.units,
        Outsourcing.cost,
        Outsourcing.currency,
    )
    since = now - LOOKS_BACK
    wanted = Outsourcing.returned_at.is_null() | (Outsourcing.returned_at > since)
    found: dict[int, Firm] = defaultdict(Firm)
    for firm, sent, back, promised, outcome, units, cost, currency in told.where(wanted).tuples():
        one = found[firm]
        if back is None:
            one.out += 1
            continue
        one.minutes.append(int((back - sent).total_seconds() // 60))
        one.late += back.astimezone(zone).date() > promised
        one.faulty += outcome == "faulty"
        if cost is not None:
            one.costs[currency][0] += cost
            one.costs[currency][1] += units
    for one in found.values():
        one.time = time_of(one.minutes)
    return dict(found)


def parts_along(works: Iterable[int]) -> dict[int, dict[int, int]]:
    """For each outside work the components that are still with the firm, with their pieces."""
    move = ComponentMovement
    put = Case(move.to_holder, (("subcontractor", move.number),), 0)
    gone = Case(move.from_holder, (("subcontractor", move.number),), 0)
    there = fn.SUM(put - gone)
    rows = move.select(move.outsourcing, move.component, there)
    rows = rows.where(move.outsourcing.in_(list(works) or [0]))
    rows = rows.group_by(move.outsourcing, move.component).having(there > SQL("0"))
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for work, component, number in rows.order_by(move.component).tuples():
        found[work][component] = int(number)
    return dict(found)


def with_parts_left() -> Any:
    """A select of the keys of works that are back while some of their parts are not."""
    move = ComponentMovement
    put = Case(move.to_holder, (("subcontractor", move.number),), 0)
    gone = Case(move.from_holder, (("subcontractor", move.number),), 0)
    rows = move.select(move.outsourcing).where(move.outsourcing.is_null(False))
    return rows.group_by(move.outsourcing).having(fn.SUM(put - gone) > SQL("0"))
