"""A clinic in which every table has a row, also those that only sign-in and the clock fill."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schema.clock import JobRun, WorkerTick
from tests.factories import NOW
from tests.factories.audit import a_read_entry, an_audit_change, an_audit_entry
from tests.factories.bench import a_bench_act, a_machine_run_work
from tests.factories.bridges import a_system_key
from tests.factories.sessions import a_password_link, a_sign_in, a_sign_in_attempt
from tests.factories.tablets import a_tablet
from tests.factories.views import a_view_choice


@pytest.fixture
def filled(clinic: Any) -> Any:
    """The demo clinic after a day of signing in, auditing and working by itself."""
    made = (a_sign_in, a_sign_in_attempt, a_password_link, a_system_key, a_read_entry)
    for make in (*made, a_view_choice, a_bench_act, a_machine_run_work, a_tablet):
        make()
    an_audit_change(entry=an_audit_entry())
    WorkerTick.create(name="test", ticked_at=NOW)
    JobRun.create(job="test", due_on=dt.date(2026, 11, 20), started_at=NOW)
    return clinic
