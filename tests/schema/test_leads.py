"""The truths of inquiries, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.factories import later
from tests.factories import leads as make
from tests.factories.cards import a_card
from tests.factories.patients import a_patient
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

LEAD = (
    "INSERT INTO lead (card_id, source_id, name, phone, language, currency, inquiry_at) "
    "VALUES (?, ?, 'Radu', '+40722418330', 'ro', 'RON', '2026-11-20 09:00:00')"
)
LOST = "UPDATE lead SET lost_at = '2026-11-20 10:00:00', loss_reason_id = ? WHERE id = ?"
CONVERTED = "UPDATE lead SET converted_at = '2026-11-20 10:00:00', patient_id = ? WHERE id = ?"


def test_names_in_the_lists_of_inquiries_are_free():
    source, reason = make.an_inquiry_source(), make.an_inquiry_reason()
    loss = make.a_loss_reason()

    with refuses("inquiry_source_code_is_free"):
        raw("INSERT INTO inquiry_source (code, name) VALUES (?, 'Web')", source.code)
    with refuses("inquiry_reason_name_is_free"):
        raw("INSERT INTO inquiry_reason (name) VALUES (?)", reason.name)
    with refuses("loss_reason_name_is_free"):
        raw("INSERT INTO loss_reason (name, kind) VALUES (?, 'lost')", loss.name)


def test_a_patient_is_a_referrer_once():
    patient = a_patient()
    make.a_referrer(patient=patient)
    other = make.a_referrer()

    with refuses("referrer_patient_once"):
        raw("UPDATE referrer SET patient_id = ? WHERE id = ?", patient.id, other.id)


def test_a_lead_has_a_card_to_itself():
    lead = make.a_lead()
    raw(LEAD, a_card().id, lead.source_id)

    with refuses("lead_has_its_own_card"):
        raw(LEAD, lead.card_id, lead.source_id)


def test_a_lead_needs_a_card_of_its_kind():
    claim, source = a_card("claim"), make.an_inquiry_source()

    with refuses("lead_card_fits"):
        raw(LEAD, claim.id, source.id)


def test_a_lead_keeps_its_card():
    lead, card = make.a_lead(), a_card()

    with refuses("lead_card_stays"):
        raw("UPDATE lead SET card_id = ? WHERE id = ?", card.id, lead.id)


def test_a_lead_can_be_reached():
    lead = make.a_lead()
    raw("UPDATE lead SET phone = NULL, email = 'radu@example.test' WHERE id = ?", lead.id)

    with refuses("lead_can_be_reached"):
        raw("UPDATE lead SET email = NULL WHERE id = ?", lead.id)


def test_the_currency_of_a_lead_is_three_capital_letters():
    lead = make.a_lead()
    raw("UPDATE lead SET currency = 'EUR' WHERE id = ?", lead.id)

    with refuses("lead_currency_has_three_letters"):
        raw("UPDATE lead SET currency = 'lei' WHERE id = ?", lead.id)


def test_the_first_answer_is_not_before_the_inquiry():
    lead = make.a_lead(inquiry_at=later(), first_response_at=later(minutes=5))

    with refuses("lead_answered_after_inquiry"):
        raw("UPDATE lead SET first_response_at = '2026-11-20 08:59:59' WHERE id = ?", lead.id)


def test_the_last_contact_is_not_before_the_inquiry():
    lead = make.a_lead(inquiry_at=later(), last_contacted_at=later(days=1))

    with refuses("lead_contacted_after_inquiry"):
        raw("UPDATE lead SET last_contacted_at = '2026-11-20 08:59:59' WHERE id = ?", lead.id)


def test_an_inquiry_ends_after_it_was_made():
    lost = make.a_lead(lost_at=later(), loss_reason=make.a_loss_reason())
    converted = make.a_lead(converted_at=later(), patient=a_patient())

    with refuses("lead_ends_after_inquiry"):
        raw("UPDATE lead SET lost_at = '2026-11-19 09:00:00' WHERE id = ?", lost.id)
    with refuses("lead_ends_after_inquiry"):
        raw("UPDATE lead SET converted_at = '2026-11-19 09:00:00' WHERE id = ?", converted.id)


def test_a_lost_lead_has_a_reason():
    lead, reason = make.a_lead(), make.a_loss_reason()

    with refuses("lead_lost_has_a_reason"):
        raw(LOST, None, lead.id)
    with refuses("lead_lost_has_a_reason"):
        raw("UPDATE lead SET loss_reason_id = ? WHERE id = ?", reason.id, lead.id)

    raw(LOST, reason.id, lead.id)


def test_a_converted_lead_has_a_patient():
    lead = make.a_lead()

    with refuses("lead_converted_has_a_patient"):
        raw(CONVERTED, None, lead.id)

    raw(CONVERTED, a_patient().id, lead.id)


def test_a_lead_is_not_lost_and_converted():
    lead = make.a_lead(lost_at=later(hours=1), loss_reason=make.a_loss_reason())

    with refuses("lead_ends_one_way"):
        raw(CONVERTED, a_patient().id, lead.id)
