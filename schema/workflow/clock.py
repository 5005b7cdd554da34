"""What the clock writes down: that it is alive."""

from __future__ import annotations

import datetime as dt

from schema.clock import WorkerTick
from schema.database import one_act

WORKER = "worker"


def tick(now: dt.datetime, name: str = WORKER) -> None:
    """Write down that a worker is alive at this moment."""
    with one_act():
        WorkerTick.insert(name=name, ticked_at=now).on_conflict(
            conflict_target=[WorkerTick.name], update={WorkerTick.ticked_at: now}
        ).execute()


def last_tick(name: str = WORKER) -> dt.datetime | None:
    """When a worker was last alive; None when it never was."""
    row = WorkerTick.get_or_none(WorkerTick.name == name)
    return row.ticked_at if row else None
