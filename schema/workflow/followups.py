"""Tasks in one click: done, put off until a later moment, or open again after a wrong click."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.acting import acting
from schema.followups import Followup
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act

DONE = "Done"


def finish(followup_id: int, outcome: str = DONE, *, by: int, now: dt.datetime) -> Followup:
    """It is done, with what came of it; one that is done already stays as it is. Raises Refused."""
    with acting(staff=by), one_spoken_act():
        task = _needed(followup_id)
        if task.done_at is None:
            return _write(task, done_at=now, done_by=by, outcome=outcome.strip())
        return task


def put_off(followup_id: int, until: dt.datetime, *, by: int, now: dt.datetime) -> Followup:
    """Somebody does it later, at `until` (UTC). Raises Refused."""
    with acting(staff=by), one_spoken_act():
        task = _needed(followup_id)
        if task.done_at is not None:
            raise Refused("This task is done already.")
        if until <= now:
            raise Refused("Choose a time that is still to come.")
        return _write(task, due_at=until)


def open_again(followup_id: int, *, by: int, now: dt.datetime) -> Followup:
    """A wrong click: the task waits as before. Raises Refused."""
    del now
    with acting(staff=by), one_spoken_act():
        return _write(_needed(followup_id), done_at=None, done_by=None, outcome=None)


def _needed(followup_id: int) -> Followup:
    found: Followup | None = Followup.get_or_none(Followup.id == followup_id)
    if found is None or found.cancelled_at is not None:
        raise Refused("This task is no longer needed.")
    return found


def _write(task: Followup, **facts: Any) -> Followup:
    Followup.update(**facts, row_version=Followup.row_version + 1).where(
        Followup.id == task.id
    ).execute()
    again: Followup = Followup.get_by_id(task.id)
    return again
