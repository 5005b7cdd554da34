"""What is noted in one click: visits, tasks and answers, with a way back from a wrong click."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.contacts import Contact
from schema.followups import Followup
from schema.leads import Lead
from schema.messages import Message
from schema.workflow import Refused, followups, visits
from schema.workflow.answering import answer
from tests.factories import NOW, later
from tests.factories.appointments import an_appointment
from tests.factories.contacts import a_contact
from tests.factories.followups import a_followup
from tests.factories.leads import a_lead
from tests.factories.messages import a_message
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")

SOON = NOW + dt.timedelta(minutes=5)


def test_a_visit_is_noted_step_by_step_and_each_step_once():
    visit, me = an_appointment(starts_at=NOW), a_person().id
    assert visits.arrive(visit.id, by=me, now=NOW).arrived_at == NOW
    assert visits.arrive(visit.id, by=me, now=SOON).arrived_at == NOW
    assert visits.complete(visit.id, by=me, now=SOON).completed_at == SOON


def test_a_wrong_click_on_a_visit_is_taken_back_the_newest_first():
    visit, me = an_appointment(starts_at=NOW), a_person().id
    visits.arrive(visit.id, by=me, now=NOW)
    visits.complete(visit.id, by=me, now=SOON)
    again = visits.take_back(visit.id, by=me, now=SOON)
    assert (again.arrived_at, again.completed_at) == (NOW, None)
    assert visits.take_back(visit.id, by=me, now=SOON).arrived_at is None


def test_a_visit_is_not_over_before_the_patient_came():
    visit, me = an_appointment(starts_at=NOW), a_person().id
    with pytest.raises(Refused, match="Mark the arrival first"):
        visits.complete(visit.id, by=me, now=NOW)


def test_a_visit_is_confirmed_once_and_missed_after_its_start():
    visit, me = an_appointment(starts_at=NOW), a_person().id
    assert visits.confirm(visit.id, by=me, now=NOW).confirmed_at == NOW
    assert visits.confirm(visit.id, by=me, now=SOON).confirmed_at == NOW
    with pytest.raises(Refused, match="missed after its start"):
        visits.miss(visit.id, by=me, now=NOW - dt.timedelta(minutes=1))
    assert visits.miss(visit.id, by=me, now=SOON).missed_at == SOON
    assert visits.take_back(visit.id, by=me, now=SOON).missed_at is None


def test_a_cancelled_visit_says_by_whom_for_whom_and_why_and_frees_its_time():
    visit, me = an_appointment(starts_at=NOW), a_person()
    gone = visits.cancel(visit.id, wish_of="patient", reason=" Ill ", by=me.id, now=NOW)
    assert (gone.cancelled_at, gone.cancelled_by_id) == (NOW, me.id)
    assert (gone.cancelled_for, gone.cancel_reason) == ("patient", "Ill")
    with pytest.raises(Refused, match="cancelled"):
        visits.cancel(visit.id, wish_of="clinic", reason="Again", by=me.id, now=SOON)
    assert an_appointment(starts_at=NOW, provider=visit.provider).id != visit.id


def test_nobody_is_reminded_of_a_cancelled_visit_and_what_has_left_stays():
    visit, other, me = an_appointment(starts_at=NOW), an_appointment(starts_at=NOW), a_person()
    waiting, theirs = (a_message(patient=one.patient, appointment=one) for one in (visit, other))
    sent = a_message(patient=visit.patient, appointment=visit, state="sent", sent_at=NOW)

    visits.cancel(visit.id, wish_of="patient", reason="Ill", by=me.id, now=NOW)

    states = [Message.get_by_id(one.id).state for one in (waiting, theirs, sent)]
    assert states == ["cancelled", "pending", "sent"]
    assert Message.get_by_id(waiting.id).problem == "Ill"


@pytest.mark.parametrize(
    ("wish_of", "reason", "says"),
    [("patient", " ", "Write the reason"), ("nobody", "Ill", "on whose wish")],
)
def test_a_visit_is_not_cancelled_without_a_word(wish_of, reason, says):
    visit, me = an_appointment(starts_at=NOW), a_person().id
    with pytest.raises(Refused, match=says):
        visits.cancel(visit.id, wish_of=wish_of, reason=reason, by=me, now=NOW)


def test_a_visit_that_was_held_is_not_cancelled():
    visit, me = an_appointment(starts_at=NOW), a_person().id
    visits.arrive(visit.id, by=me, now=NOW)
    visits.complete(visit.id, by=me, now=SOON)
    with pytest.raises(Refused, match="only one of them"):
        visits.cancel(visit.id, wish_of="patient", reason="Ill", by=me, now=SOON)


def test_nobody_arrives_at_a_cancelled_visit():
    me = a_person()
    told = {"cancelled_at": NOW, "cancelled_by": me, "cancelled_for": "patient"}
    visit = an_appointment(starts_at=NOW, cancel_reason="Ill", **told)
    with pytest.raises(Refused, match="cancelled"):
        visits.arrive(visit.id, by=me.id, now=NOW)


def test_a_task_is_done_once_and_says_by_whom():
    task, me = a_followup(), a_person()
    followups.finish(task.id, by=me.id, now=NOW)
    followups.finish(task.id, by=a_person().id, now=SOON)
    done = Followup.get_by_id(task.id)
    assert (done.done_at, done.done_by_id, done.outcome) == (NOW, me.id, "Done")


def test_a_task_done_by_mistake_waits_again():
    task, me = a_followup(), a_person().id
    followups.finish(task.id, by=me, now=NOW)
    again = followups.open_again(task.id, by=me, now=SOON)
    assert (again.done_at, again.done_by_id, again.outcome) == (None, None, None)


def test_a_task_is_put_off_to_a_time_to_come_and_only_while_it_waits():
    task, me = a_followup(due_at=NOW), a_person().id
    assert followups.put_off(task.id, later(days=1), by=me, now=NOW).due_at == later(days=1)
    with pytest.raises(Refused, match="still to come"):
        followups.put_off(task.id, NOW, by=me, now=NOW)
    followups.finish(task.id, by=me, now=NOW)
    with pytest.raises(Refused, match="done already"):
        followups.put_off(task.id, later(days=2), by=me, now=NOW)


def test_a_task_that_is_no_longer_needed_is_not_done():
    task = a_followup(cancelled_at=NOW, cancel_reason="Came by himself")
    with pytest.raises(Refused, match="no longer needed"):
        followups.finish(task.id, by=a_person().id, now=NOW)


def test_an_answer_is_in_the_log_and_the_inquiry_keeps_its_first_one():
    lead, me = a_lead(inquiry_at=NOW), a_person()
    answer(lead.id, by=me.id, now=NOW)
    answer(lead.id, by=me.id, now=SOON)
    again = Lead.get_by_id(lead.id)
    assert (again.first_response_at, again.last_contacted_at) == (NOW, SOON)
    assert {(one.channel, one.by_id) for one in Contact.select()} == {("call", me.id)}


def test_only_what_we_sent_after_the_inquiry_answers_it():
    lead = a_lead(inquiry_at=NOW)
    a_contact(lead=lead, direction="in", started_at=SOON)
    a_contact(lead=lead, started_at=NOW - dt.timedelta(days=1))
    assert Lead.get_by_id(lead.id).first_response_at is None
    a_contact(lead=lead, started_at=SOON)
    assert Lead.get_by_id(lead.id).first_response_at == SOON


def test_an_older_contact_noted_late_does_not_move_the_last_one_back():
    lead = a_lead(inquiry_at=NOW)
    a_contact(lead=lead, started_at=later(days=2))
    a_contact(lead=lead, started_at=later(days=1))
    again = Lead.get_by_id(lead.id)
    assert again.last_contacted_at == later(days=2)
