"""What a clinic still lacks, counted from its rows."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.setup_state import setup_state
from schema.clock import BACKUP, JobRun
from schema.messages import Wording
from schema.staff import Clinic
from seed import sow_first_rows
from tests.factories import NOW
from tests.factories.hours import opening_hours
from tests.factories.staff import a_location, a_person, a_role

pytestmark = pytest.mark.usefixtures("house")


def state() -> dict[str, tuple[int, tuple[str, ...]]]:
    return {found.code: (found.count, found.names) for found in setup_state(NOW)}


def test_a_new_house_lacks_its_people_its_phone_and_a_backup():
    sow_first_rows(NOW)
    found = state()
    assert found["clinic_phone"][0] == found["backup"][0] == found["second_admin"][0] == 1
    assert found["holidays"][0] == found["wording_language"][0] == 0
    assert found["stage_skill"][0] > 5, "nobody has a skill yet"


def test_people_are_named_by_what_they_lack():
    sow_first_rows(NOW)
    a_person(last_name="Fărărol", first_name="Ana")
    a_person("technician", last_name="Pop", first_name="Dan")
    a_person("dentist", last_name="Rusu", first_name="Ion", password_hash="x")
    found = state()
    assert found["staff_role"] == (1, ("Ana Fărărol",))
    assert found["staff_skill"] == (1, ("Dan Pop",))
    assert found["staff_hours"] == (1, ("Ion Rusu",))
    assert found["staff_password"][0] == 2


def test_what_is_settled_is_no_longer_missing():
    sow_first_rows(NOW)
    Clinic.update(phone="+40721000901").execute()
    opening_hours(location=a_location(name="Here"))
    a_location(name="There")
    a_role("admin")
    a_person("admin")
    a_person("admin")
    told = {"job": BACKUP, "due_on": NOW.date()}
    JobRun.create(**told, started_at=NOW, finished_at=NOW - dt.timedelta(0))
    found = state()
    assert found["location_hours"] == (1, ("There",))
    assert (found["clinic_phone"][0], found["second_admin"][0], found["backup"][0]) == (0, 0, 0)


def test_a_backup_grows_old():
    old = NOW - dt.timedelta(days=8)
    JobRun.create(job=BACKUP, due_on=old.date(), started_at=old, finished_at=old)
    assert state()["backup"][0] == 1


def test_an_event_told_in_one_language_is_named():
    sow_first_rows(NOW)
    Wording.update(active=False).where(
        Wording.event == "order_ready", Wording.language == "en"
    ).execute()
    assert state()["wording_language"] == (1, ("order_ready",))
