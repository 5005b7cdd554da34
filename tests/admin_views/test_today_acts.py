"""Lines of the first page are done in place, by those who may and on the rows they reach."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from schema.appointments import Appointment
from schema.base import utcnow
from schema.contacts import Contact
from schema.followups import Followup
from schema.holds import Hold
from schema.leads import Lead
from schema.patients import Patient
from schema.tracks import Assignment
from tests.admin_views.seats import a_seat
from tests.admin_views.test_matrix import somebody
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.followups import a_followup
from tests.factories.leads import a_lead
from tests.factories.orders import an_order
from tests.factories.pipelines import a_pipeline
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import a_track
from tests.web import a_web

FRONT = {"appointment": "all edit", "patient": "all", "followup": "all edit", "staff": "all"}


def click(browser, act, key, **more):
    return browser.send(f"/do/{act}", {"key": key, "from": "today", **more})


def test_a_visit_of_today_arrives_and_ends_in_place(house):
    browser, _ = a_seat(house, FRONT)
    visit = an_appointment(starts_at=utcnow())
    assert "/do/arrived" in text(browser.get("/"))

    answer = click(browser, "arrived", visit.id)

    assert answer.headers["Location"] == f"/#appointment-{visit.id}"
    page = text(browser.get("/"))
    assert "Noted: the patient is here." in page
    assert "/do/arrived" not in page and "/do/completed" in page
    click(browser, "completed", visit.id)
    assert Appointment.get_by_id(visit.id).completed_at is not None


def test_a_wrong_arrival_is_taken_back_on_the_visits_page(house):
    browser, _ = a_seat(house, FRONT)
    visit = an_appointment(starts_at=utcnow())
    click(browser, "arrived", visit.id)
    assert "Take back" in text(browser.get(f"/appointment/details/?id={visit.id}"))
    answer = browser.send("/do/take-back", {"key": visit.id})
    assert answer.headers["Location"].endswith(f"/appointment/details/?id={visit.id}")
    assert Appointment.get_by_id(visit.id).arrived_at is None


def test_a_visit_of_another_day_has_no_arrival_yet(house):
    browser, _ = a_seat(house, FRONT)
    visit = an_appointment(starts_at=utcnow() + dt.timedelta(days=3))
    assert "Arrived</button>" not in text(browser.get(f"/appointment/details/?id={visit.id}"))


def test_a_task_is_done_put_off_and_opened_again(house):
    browser, me = a_seat(house, FRONT)
    task = a_followup(staff=me, due_at=utcnow() - dt.timedelta(days=1))
    page = text(browser.get("/"))
    assert "/do/done" in page and "/do/put-off" in page

    click(browser, "put-off", task.id)
    assert Followup.get_by_id(task.id).due_at > utcnow()
    click(browser, "done", task.id)
    assert Followup.get_by_id(task.id).done_by_id == me.id
    assert "Open again" in text(browser.get(f"/followup/details/?id={task.id}"))
    browser.send("/do/open-again", {"key": task.id})
    assert Followup.get_by_id(task.id).done_at is None


def test_an_inquiry_is_answered_in_place(house):
    rights = {"lead": "all", "contact": "all create", "card": "all", "inquiry_source": "all"}
    browser, me = a_seat(house, rights)
    lead = a_lead(inquiry_at=utcnow() - dt.timedelta(hours=1))
    assert "/do/called" in text(browser.get("/"))

    click(browser, "called", lead.id)

    assert Lead.get_by_id(lead.id).first_response_at is not None
    assert Contact.get(Contact.lead == lead).by_id == me.id
    assert "/do/called" not in text(browser.get("/"))


def test_a_refusal_is_said_in_words_and_nothing_happens(house):
    browser, _ = a_seat(house, FRONT)
    visit = an_appointment(starts_at=utcnow())
    click(browser, "completed", visit.id)
    assert "Mark the arrival first" in text(browser.get("/"))
    assert Appointment.get_by_id(visit.id).completed_at is None


@pytest.mark.parametrize("act", ["arrived", "done", "called", "take", "resume"])
def test_who_may_not_is_offered_nothing_and_refused(house, act):
    rights = {"appointment": "all", "followup": "all", "lead": "all", "hold": "all"}
    browser, me = a_seat(house, {**rights, "patient": "all"})
    an_appointment(starts_at=utcnow())
    a_followup(staff=me, due_at=utcnow())
    a_lead(inquiry_at=utcnow())
    assert "/do/" not in text(browser.get("/"))
    assert click(browser, act, 1).status_code == 403


def test_a_column_that_is_fixed_for_a_role_is_not_written_by_a_click(house):
    browser, _ = a_seat(house, FRONT, fixes="appointment.arrived_at")
    visit = an_appointment(starts_at=utcnow())
    assert "/do/arrived" not in text(browser.get("/"))
    assert click(browser, "arrived", visit.id).status_code == 403


def test_rows_beyond_the_right_are_absent_and_those_only_read_are_closed(house):
    browser, me = a_seat(house, {"followup": "own edit", "staff": "all"})
    others = a_followup(staff=a_person(), due_at=utcnow())
    assert click(browser, "done", others.id).status_code == 404
    assert click(browser, "done", 987_654_321).status_code == 404
    assert click(browser, "nothing", others.id).status_code == 404
    assert Followup.get_by_id(others.id).done_at is None


def test_a_click_without_its_token_does_nothing(house):
    browser, me = a_seat(house, FRONT)
    task = a_followup(staff=me, due_at=utcnow())
    assert browser.post("/do/done", data={"key": task.id}).status_code == 400
    assert Followup.get_by_id(task.id).done_at is None


def test_more_lines_take_no_more_questions(house, caplog):
    browser, me = a_seat(house, {**FRONT, "followup": "own edit"})

    def questions():
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            browser.get("/")
        return sum(record.name == "peewee" for record in caplog.records)

    a_followup(staff=me, due_at=utcnow())
    an_appointment(starts_at=utcnow())
    questions()
    few = questions()
    for _ in range(5):
        a_followup(staff=me, due_at=utcnow())
        an_appointment(starts_at=utcnow())
    assert questions() == few


def test_a_technician_takes_a_free_work_as_it_was_seen(clinic):
    me = somebody("technician")
    way = a_pipeline("scanning", "cad", "done", kind="track")
    order = an_order(patient=Patient.get(), dentist=somebody("dentist"))
    track = a_track(order=order, pipeline=way)
    a_skill(staff=me, stage_code="scanning")
    browser, seen = a_web(clinic).as_(me), track.card.step_count

    stale = browser.send(f"/do/take?seen={seen + 1}", {"key": track.id, "from": "today"})
    assert stale.headers["Location"] == f"/#track-{track.id}"
    assert "gone on meanwhile" in text(browser.get("/"))
    browser.send(f"/do/take?seen={seen}", {"key": track.id, "from": "today"})

    assert Assignment.get(Assignment.track == track).technician_id == me.id


def test_a_supervisor_lets_a_held_work_go_on(clinic):
    supervisor = somebody("lab_supervisor")
    held = next(one for one in Hold.select().where(Hold.ended_at.is_null()))
    browser = a_web(clinic).as_(supervisor)
    assert "/do/resume" in text(browser.get("/"))

    browser.send("/do/resume", {"key": held.id, "from": "today"})

    assert Hold.get_by_id(held.id).ended_at is not None
