"""The truths of the communication log, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.contacts import Contact
from tests.factories import contacts as make
from tests.factories import later
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

CONTACT = (
    "INSERT INTO contact (patient_id, channel, direction, started_at, ended_at, call_id, "
    "recording_link) VALUES (?, ?, 'in', '2026-11-20 09:00:00', ?, ?, ?)"
)
LINK = "https://calls.test/1"


def test_two_outcomes_do_not_share_a_code():
    outcome = make.a_contact_outcome()

    with refuses("contact_outcome_code_is_free"):
        raw(
            "INSERT INTO contact_outcome (code, name, reached) VALUES (?, 'Reached', TRUE)",
            outcome.code,
        )


def test_a_contact_is_with_a_patient_or_a_lead():
    assert make.a_contact(lead=a_lead()).patient_id is None
    raw(CONTACT, a_patient().id, "call", None, None, None)

    with refuses("contact_with_somebody"):
        raw(CONTACT, None, "call", None, None, None)


def test_a_contact_ends_after_it_began():
    patient = a_patient()
    raw(CONTACT, patient.id, "call", "2026-11-20 09:00:00", None, None)

    with refuses("contact_ends_after_start"):
        raw(CONTACT, patient.id, "call", "2026-11-20 08:59:59", None, None)


def test_only_a_call_has_a_recording():
    patient = a_patient()
    raw(CONTACT, patient.id, "call", None, "sip-1", LINK)

    with refuses("contact_recorded_is_a_call"):
        raw(CONTACT, patient.id, "sms", None, None, LINK)
    with refuses("contact_recorded_is_a_call"):
        raw(CONTACT, patient.id, "whatsapp", None, "sip-2", None)


def test_a_call_of_the_telephone_system_is_logged_once():
    make.a_contact(call_id="sip-7")
    make.a_contact()

    with refuses("contact_call_logged_once"):
        raw(CONTACT, a_patient().id, "call", None, "sip-7", None)


def test_a_contact_stays_as_it_was_written():
    contact = make.a_contact(note="Will call back", ended_at=later(minutes=4))

    with refuses("contact_is_history"):
        raw("UPDATE contact SET note = 'Refused' WHERE id = ?", contact.id)

    assert Contact.get_by_id(contact.id).note == "Will call back"
