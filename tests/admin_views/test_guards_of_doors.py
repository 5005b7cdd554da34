"""One guard each: who somebody is at this moment, whatever they were a moment ago."""

from __future__ import annotations

import datetime as dt

from schema.base import utcnow
from schema.sessions import SignIn
from schema.staff import Staff, StaffRole
from schema.workflow import passwords
from schema.workflow.own_password import make_password_link
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


def test_who_left_is_refused_like_a_wrong_password(house):
    words = "lampa verde sub masa"
    kept = passwords.hash_password(words)
    a_person(email="ana@clinic.test", password_hash=kept, ended_on=dt.date(2026, 11, 20))
    stranger = a_web(house).stranger()

    answer = stranger.send("/sign-in", {"email": "ana@clinic.test", "password": words})

    assert answer.status_code == 422 and "do not belong together" in answer.text
    assert not SignIn.select().exists()


def test_a_password_link_of_somebody_who_left_opens_nothing(house):
    a_role_with({"staff": "all"}, code="admin")
    staff, admin = a_person(), a_person("admin")
    token = make_password_link(staff, admin, utcnow())
    stranger = a_web(house).stranger()
    assert stranger.get(f"/password/{token}").status_code == 200

    Staff.update(ended_on=dt.date(2026, 11, 20)).where(Staff.id == staff.id).execute()

    words = {"password": "nouă corăbii pe deal", "again": "nouă corăbii pe deal"}
    assert stranger.get(f"/password/{token}").status_code == 404
    assert stranger.send(f"/password/{token}", words).status_code == 404
    assert Staff.get_by_id(staff.id).password_hash is None
