"""The timeline of a card: calls, messages, holds and edits beside its steps, within rights."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.workflow.holding import hold, resume
from schema.workflow.reassigning import reassign
from schema.workflow.steps import move
from tests.admin_views.seats import a_seat
from tests.admin_views.test_card_page import RIGHTS, text
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.factories.contacts import a_contact, a_contact_outcome
from tests.factories.leads import a_lead
from tests.factories.messages import a_message
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_person

TALK = RIGHTS | {"contact": "all", "contact_outcome": "all", "message": "all", "lead": "all"}


@pytest.fixture
def card():
    return a_card()


def story(browser, card: Card) -> str:
    return text(browser.get(f"/cards/{card.id}")).split("Timeline</h2>")[1]


def test_calls_and_messages_of_the_card_are_told(house, card):
    browser, me = a_seat(house, TALK)
    no_answer = a_contact_outcome(name="No answer", reached=False)
    a_contact(card=card, by=me, note="Voicemail is full", outcome=no_answer)
    a_message(card=card, event="work_ready", state="sent", sent_at=later(minutes=5))

    told = story(browser, card)

    assert "Call: We contacted them · No answer" in told and "Voicemail is full" in told
    assert "SMS · Sent" in told and "See you soon." not in told


def test_the_recording_of_a_call_is_linked_for_who_may_hear_it(house, card):
    link = "https://calls.example.ro/17"
    a_contact(card=card, recording_link=link)
    browser, _ = a_seat(house, TALK)

    assert f'href="{link}"' in story(browser, card)


def test_the_recording_of_a_call_is_hidden_from_who_may_not_hear_it(house, card):
    a_contact(card=card, recording_link="https://calls.example.ro/17")
    browser, _ = a_seat(house, TALK, hides="contact.recording_link")

    assert "calls.example.ro" not in story(browser, card)


def test_a_talk_with_an_inquiry_is_told_on_its_card(house):
    browser, _ = a_seat(house, TALK)
    lead, other = a_lead(), a_lead()
    a_contact(lead=lead, note="Asked for a price")
    a_contact(lead=other, note="Asked for a date")

    told = story(browser, lead.card)

    assert "Asked for a price" in told and "Asked for a date" not in told


def test_a_hold_is_told_when_it_began_and_when_it_ended(house, card):
    browser, me = a_seat(house, TALK)
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW, note="On holiday")
    resume(card.id, by=me.id, now=later(minutes=60))

    told = story(browser, card)

    assert told.index("Off hold") < told.index("On hold") and "On holiday" in told


def test_an_edit_is_told_with_before_and_after_and_a_step_is_told_once(house, card):
    browser, me = a_seat(house, TALK)
    ana, dan = a_person(last_name="Olaru"), a_person(last_name="Zamfir")
    reassign([card.id], ana.id, by=me.id, now=NOW)
    move(card.id, stage_of(card.pipeline, "working").id, by=me.id, now=NOW)
    reassign([card.id], dan.id, by=me.id, now=NOW)

    told = story(browser, card)

    assert "Changed: Responsible" in told and "Olaru" in told and "Zamfir" in told
    assert "Changed: Stage" not in told


def test_what_may_not_be_read_is_not_told(house, card):
    hides = "contact.note message.state card.responsible"
    browser, me = a_seat(house, TALK | {"hold": ""}, hides=hides)
    a_contact(card=card, note="Voicemail is full")
    a_message(card=card)
    reassign([card.id], a_person(last_name="Olaru").id, by=me.id, now=NOW)

    told = story(browser, card)

    assert "We contacted them" in told and "Message:" in told
    assert "Voicemail" not in told and "Waiting" not in told and "Changed:" not in told


def test_who_may_not_read_the_log_hears_nothing_of_it(house, card):
    browser, _ = a_seat(house, RIGHTS)
    a_contact(card=card, note="Voicemail is full")
    a_message(card=card)

    told = story(browser, card)

    assert "We contacted them" not in told and "Message:" not in told
