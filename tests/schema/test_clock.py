"""The truths of the clock, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.clock import JobRun, WorkerTick
from tests.factories import NOW
from tests.refusals import raw, refuses
from tests.rows import insert

pytestmark = pytest.mark.usefixtures("house")

DAY = dt.date(2026, 11, 20)


def test_a_worker_has_one_row():
    WorkerTick.create(name="worker", ticked_at=NOW)
    WorkerTick.create(name="another", ticked_at=NOW)

    with refuses("worker_tick_name_is_free"):
        insert(WorkerTick, name="worker", ticked_at=NOW)


def test_a_work_is_done_once_for_a_day():
    JobRun.create(job="recall", due_on=DAY, started_at=NOW)
    JobRun.create(job="recall", due_on=DAY + dt.timedelta(days=1), started_at=NOW)

    with refuses("job_run_once_per_day"):
        insert(JobRun, job="recall", due_on=DAY, started_at=NOW)


def test_a_work_finishes_after_it_began():
    run = JobRun.create(job="recall", due_on=DAY, started_at=NOW)

    with refuses("job_run_finishes_after_start"):
        raw("UPDATE job_run SET finished_at = '2026-11-01 00:00:00' WHERE id = ?", run.id)
    raw("UPDATE job_run SET finished_at = started_at WHERE id = ?", run.id)
