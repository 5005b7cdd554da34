"""A visit is confirmed, missed or cancelled on its own page, by those who may and on their rows."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.appointments import Appointment
from schema.base import utcnow
from schema.staff import StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.factories.appointments import an_appointment

FRONT = {"appointment": "all edit", "patient": "all"}
DAY = dt.timedelta(days=1)
ILL = {"wish_of": "patient", "reason": "Ill"}


def page_of(browser, visit):
    return browser.get(f"/appointment/details/?id={visit.id}").text


def test_a_visit_to_come_is_confirmed_and_a_past_one_missed(house):
    browser, _ = a_seat(house, FRONT)
    coming, gone = (an_appointment(starts_at=utcnow() + days) for days in (DAY, -DAY))
    assert "/do/confirmed" in page_of(browser, coming) and "/do/missed" in page_of(browser, gone)
    assert "/do/missed" not in page_of(browser, coming)

    browser.send("/do/confirmed", {"key": coming.id})
    browser.send("/do/missed", {"key": gone.id})

    assert Appointment.get_by_id(coming.id).confirmed_at is not None
    assert Appointment.get_by_id(gone.id).missed_at is not None
    assert "/do/confirmed" not in page_of(browser, coming)
    assert "/do/take-back" in page_of(browser, gone)


def test_a_cancelled_visit_keeps_the_wish_and_the_reason(house):
    browser, me = a_seat(house, FRONT)
    visit = an_appointment(starts_at=utcnow() + DAY)
    begun = browser.send("/cancel-visit/begin", {"visit_id": visit.id})
    assert begun.headers["Location"].endswith(f"/cancel-visit/{visit.id}")
    assert browser.get(f"/cancel-visit/{visit.id}").status_code == 200

    refused = browser.send(f"/cancel-visit/{visit.id}", ILL | {"wish_of": ""})
    assert refused.status_code == 422 and 'value="Ill"' in refused.text
    browser.send(f"/cancel-visit/{visit.id}", ILL)

    kept = Appointment.get_by_id(visit.id)
    assert (kept.cancelled_by_id, kept.cancel_reason) == (me.id, "Ill")
    assert "/cancel-visit" not in page_of(browser, visit)


@pytest.mark.parametrize("act", ["confirmed", "missed"])
def test_who_only_reads_visits_notes_nothing_about_them(house, act):
    browser, _ = a_seat(house, {"appointment": "all", "patient": "all"})
    visit = an_appointment(starts_at=utcnow() + (DAY if act == "confirmed" else -DAY))
    assert "/do/" not in page_of(browser, visit) and "/cancel-visit" not in page_of(browser, visit)
    assert browser.send(f"/do/{act}", {"key": visit.id}).status_code == 403
    assert browser.send(f"/cancel-visit/{visit.id}", ILL).status_code == 403
    assert Appointment.get_by_id(visit.id).cancelled_at is None


def test_a_reason_that_is_fixed_for_a_role_closes_the_page(house):
    browser, _ = a_seat(house, FRONT, fixes="appointment.cancel_reason")
    visit = an_appointment(starts_at=utcnow() + DAY)
    assert browser.send(f"/cancel-visit/{visit.id}", ILL).status_code == 403
    assert Appointment.get_by_id(visit.id).cancelled_at is None


def test_visits_beyond_the_right_are_absent_and_those_only_read_are_closed(house):
    own, me = a_seat(house, {"appointment": "own edit", "patient": "all"})
    others, mine = an_appointment(starts_at=utcnow() + DAY), an_appointment(provider=me)
    assert own.send(f"/cancel-visit/{others.id}", ILL).status_code == 404
    assert own.send(f"/cancel-visit/{mine.id}", ILL).status_code == 302
    assert Appointment.get_by_id(others.id).cancelled_at is None


def test_who_edits_only_their_own_visits_cancels_no_other_that_they_read(house):
    browser, me = a_seat(house, {"appointment": "all", "patient": "all"})
    edits_own = a_role_with({"appointment": "own edit"}, code="provider")
    StaffRole.create(staff=me, role=edits_own)
    others, mine = an_appointment(starts_at=utcnow() + DAY), an_appointment(provider=me)
    assert "/cancel-visit" not in page_of(browser, others)
    assert browser.send(f"/cancel-visit/{others.id}", ILL).status_code == 403
    assert browser.send(f"/cancel-visit/{mine.id}", ILL).status_code == 302
    assert Appointment.get_by_id(others.id).cancelled_at is None
