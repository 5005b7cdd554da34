"""Which firm outside has a process now, and when a work that is sent is likely to be back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from schema.lab import Subcontractor
from schema.outside import Outsourcing
from schema.supplier_times import NOTHING, SupplierTime, times_by_firm
from schema.working_time import clinic_zone


@dataclass(frozen=True)
class Proposal:
    """The day to expect a firm's work on: from its P80, else from what it says it needs."""

    day: dt.date | None
    time: SupplierTime
    usual_days: int | None


def open_outside(track_id: int) -> Outsourcing | None:
    """The outside work that a process is away for."""
    found: Outsourcing | None = Outsourcing.get_or_none(
        Outsourcing.track == track_id, Outsourcing.returned_at.is_null()
    )
    return found


def proposals(firms: Iterable[Subcontractor], now: dt.datetime) -> dict[int, Proposal]:
    """For each firm (by its key) the day on which a work sent now is to be expected."""
    times, today = times_by_firm(now), now.astimezone(clinic_zone()).date()
    found = {}
    for firm in firms:
        time = times.get(firm.id, NOTHING)
        days = time.days or firm.usual_days
        day = today + dt.timedelta(days=days) if days else None
        found[firm.id] = Proposal(day, time, firm.usual_days)
    return found
