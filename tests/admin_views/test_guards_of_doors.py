"""One guard each: who somebody is at this moment, whatever they were a moment ago."""

from __future__ import annotations

import datetime as dt

from schema.sessions import SignIn
from schema.staff import StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.factories.staff import a_person
from tests.web import a_web


def test_an_ended_role_gives_no_rights(house):
    browser, staff = a_seat(house, {"patient": "all"})
    assert browser.get("/patient/").status_code == 200

    ended = StaffRole.update(ended_on=dt.date(2026, 11, 20)).where(StaffRole.staff == staff)
    assert ended.execute() == 1

    assert browser.get("/patient/").status_code == 403


def test_who_is_no_longer_admin_no_longer_looks_as_another_role(house):
    admin_role = a_role_with({"location": "all"}, code="admin")
    other_role = a_role_with({"patient": "all"}, code="other")
    a_person("admin")
    staff = a_person("admin")
    StaffRole.create(staff=staff, role=a_role_with({"referrer": "all"}, code="reader"))
    browser = a_web(house).as_(staff)
    SignIn.update(seen_as_role=other_role).execute()
    assert browser.get("/patient/").status_code == 200

    mine = (StaffRole.staff == staff) & (StaffRole.role == admin_role)
    StaffRole.update(ended_on=dt.date(2026, 11, 20)).where(mine).execute()

    assert browser.get("/patient/").status_code == 403
    assert browser.get("/referrer/").status_code == 200
