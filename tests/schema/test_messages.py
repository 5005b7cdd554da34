"""The truths of the outbox, seen to refuse on both engines."""

from __future__ import annotations

import time
from threading import Event, Thread
from typing import Any

import pytest

from schema.database import database, one_act
from schema.messages import Message
from tests.factories import later
from tests.factories import messages as make
from tests.factories.leads import a_lead
from tests.factories.patients import a_consent, a_patient
from tests.factories.staff import a_person
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

STATE = "UPDATE message SET state = ? WHERE id = ?"
CLAIMED: dict[str, Any] = {"state": "claimed", "claimed_by": "relay 1", "fence": 1, "attempts": 1}
SENDING: dict[str, Any] = CLAIMED | {"state": "sending"}
SENT: dict[str, Any] = CLAIMED | {"state": "sent", "sent_at": later()}
TO_PATIENT = (
    "INSERT INTO message (key, event, channel, address, patient_id, body, automatic, state, "
    "not_before, fence, attempts) VALUES (?, 'news', ?, 'x', ?, 'News', {}, 'pending', "
    "'2026-11-20 09:00:00', 0, 0)"
)


def test_one_wording_is_in_use_per_event_channel_and_language():
    wording = make.a_wording()
    make.a_wording(event=wording.event, language="en")
    spare = make.a_wording(event=wording.event, active=False)

    with refuses("wording_one_in_use"):
        raw("UPDATE wording SET active = TRUE WHERE id = ?", spare.id)


def test_an_email_has_a_subject():
    wording = make.a_wording(channel="email", subject="Your visit")

    with refuses("wording_of_email_has_a_subject"):
        raw("UPDATE wording SET subject = NULL WHERE id = ?", wording.id)


def test_a_message_is_written_once():
    message = make.a_message()
    raw(TO_PATIENT.format("TRUE"), "another key", "sms", message.patient_id)

    with refuses("message_key_is_new"):
        raw(TO_PATIENT.format("TRUE"), message.key, "sms", message.patient_id)


def test_a_message_has_one_reader():
    message = make.a_message()
    make.a_message(lead=a_lead())
    make.a_message(staff=a_person())

    with refuses("message_has_one_reader"):
        raw("UPDATE message SET patient_id = NULL WHERE id = ?", message.id)
    with refuses("message_has_one_reader"):
        raw("UPDATE message SET staff_id = ? WHERE id = ?", a_person().id, message.id)


def test_a_sent_message_and_only_that_has_its_time():
    message = make.a_message(**SENDING)

    with refuses("message_sent_has_its_time"):
        raw(STATE, "sent", message.id)
    with refuses("message_sent_has_its_time"):
        raw("UPDATE message SET sent_at = '2026-11-20 09:01:00' WHERE id = ?", message.id)

    raw(
        "UPDATE message SET state = 'sent', sent_at = '2026-11-20 09:01:00' WHERE id = ?",
        message.id,
    )


@pytest.mark.parametrize("state", ["claimed", "sending"])
def test_a_message_in_hand_names_its_sender(state: str):
    message = make.a_message()

    with refuses("message_in_hand_names_its_sender"):
        raw(STATE, state, message.id)

    raw(
        "UPDATE message SET state = ?, claimed_by = 'relay 1', fence = fence + 1 WHERE id = ?",
        state,
        message.id,
    )


def test_attempts_and_fences_are_not_negative():
    message = make.a_message()

    with refuses("message_counts_up"):
        raw("UPDATE message SET attempts = -1 WHERE id = ?", message.id)


def test_a_fence_never_falls():
    message = make.a_message(**CLAIMED)
    raw("UPDATE message SET fence = 2 WHERE id = ?", message.id)

    with refuses("message_fence_never_falls"):
        raw("UPDATE message SET fence = 1 WHERE id = ?", message.id)


@pytest.mark.parametrize("state", ["pending", "claimed", "sending", "failed", "cancelled"])
def test_a_sent_message_never_returns(state: str):
    message = make.a_message(**SENT)

    with refuses("message_sent_stays"):
        raw("UPDATE message SET state = ?, sent_at = NULL WHERE id = ?", state, message.id)


def test_a_sent_message_keeps_its_words_and_is_not_removed():
    message = make.a_message(**SENT)
    waiting = make.a_message()

    with refuses("message_sent_stays"):
        raw("UPDATE message SET body = 'Something else' WHERE id = ?", message.id)
    with refuses("message_sent_stays"):
        raw("UPDATE message SET patient_id = ? WHERE id = ?", a_patient().id, message.id)
    with refuses("message_sent_is_kept"):
        raw("DELETE FROM message WHERE id = ?", message.id)

    raw("UPDATE message SET provider_ref = 'queue-7' WHERE id = ?", message.id)
    raw("DELETE FROM message WHERE id = ?", waiting.id)


def test_a_cancelled_message_stays_cancelled():
    message = make.a_message(state="cancelled")

    with refuses("message_cancelled_stays"):
        raw(STATE, "pending", message.id)


def test_a_parked_message_may_be_tried_again():
    message = make.a_message(state="parked")

    raw(STATE, "pending", message.id)

    assert Message.get_by_id(message.id).state == "pending"


def test_an_automatic_message_is_not_written_to_who_said_no():
    patient = a_patient()
    a_consent(patient=patient, purpose="sms")
    a_consent(patient=patient, purpose="sms", given=False, at=later(hours=1))
    raw(TO_PATIENT.format("TRUE"), "by mail", "email", patient.id)
    raw(TO_PATIENT.format("FALSE"), "by hand", "sms", patient.id)

    with refuses("message_respects_opt_out"):
        raw(TO_PATIENT.format("TRUE"), "automatic", "sms", patient.id)
    with refuses("message_respects_opt_out"):
        raw("UPDATE message SET channel = 'sms' WHERE key = 'by mail'")
    with refuses("message_respects_opt_out"):
        raw("UPDATE message SET automatic = TRUE WHERE key = 'by hand'")


def test_who_changed_a_no_into_a_yes_gets_messages_again():
    patient = a_patient()
    a_consent(patient=patient, purpose="sms", given=False)
    a_consent(patient=patient, purpose="sms", at=later(hours=1))

    raw(TO_PATIENT.format("TRUE"), "automatic", "sms", patient.id)

    assert patient.messages.count() == 1


def test_a_no_between_writing_and_sending_holds_the_message_back():
    message, wanted = make.a_message(**CLAIMED), make.a_message(**CLAIMED)
    a_consent(patient=message.patient, purpose="sms", given=False)

    with refuses("message_leaves_only_if_wanted"):
        raw(STATE, "sending", message.id)
    with refuses("message_leaves_only_if_wanted"):
        raw(
            "UPDATE message SET state = 'sent', sent_at = '2026-11-20 09:01:00' WHERE id = ?",
            message.id,
        )

    raw(STATE, "cancelled", message.id)
    raw(STATE, "sending", wanted.id)


def test_a_no_that_is_just_being_written_holds_the_message_back():
    message, begun = make.a_message(**CLAIMED), Event()

    def say_no() -> None:
        with database.connection_context(), one_act():
            a_consent(patient=message.patient_id, purpose="sms", given=False)
            begun.set()
            time.sleep(0.3)

    patient = Thread(target=say_no)
    patient.start()
    begun.wait()

    with refuses("message_leaves_only_if_wanted"):
        raw(STATE, "sending", message.id)
    patient.join()


def test_a_message_that_left_before_the_no_is_written_down_as_sent():
    message = make.a_message(**SENDING)
    a_consent(patient=message.patient, purpose="sms", given=False)

    raw(
        "UPDATE message SET state = 'sent', sent_at = '2026-11-20 09:01:00' WHERE id = ?",
        message.id,
    )

    assert Message.get_by_id(message.id).state == "sent"


def test_deliveries_are_counted_from_one():
    message = make.a_delivery(attempt=1).message

    with refuses("delivery_is_of_an_attempt"):
        raw(
            "INSERT INTO delivery (message_id, attempt, result) VALUES (?, 0, 'accepted')",
            message.id,
        )


def test_what_a_provider_answered_stays():
    delivery = make.a_delivery(result="bounced")

    with refuses("delivery_is_history"):
        raw("UPDATE delivery SET result = 'delivered' WHERE id = ?", delivery.id)
