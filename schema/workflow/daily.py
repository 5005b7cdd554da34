"""Work that is done once a day, by whichever clock comes first; machines are off at night."""

from __future__ import annotations

import datetime as dt

from schema.clock import JobRun
from schema.database import one_act


def begin(job: str, now: dt.datetime) -> JobRun | None:
    """The run of this day (UTC) if nobody began it yet, else None."""
    with one_act():
        begun = JobRun.insert(job=job, due_on=now.date(), started_at=now).on_conflict_ignore()
        if not begun.as_rowcount().execute():
            return None
        return JobRun.get(JobRun.job == job, JobRun.due_on == now.date())


def finish(run: JobRun, now: dt.datetime) -> None:
    """Write down that a run is done."""
    with one_act():
        JobRun.update(finished_at=now).where(JobRun.id == run.id).execute()
