"""One guard each: what the page of a card tells, column by column and row by row."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.workflow.holding import hold, resume
from schema.workflow.notes import add_note
from schema.workflow.steps import move
from schema.workflow.ticks import tick
from tests.admin_views.seats import a_seat
from tests.admin_views.test_card_page import text
from tests.admin_views.test_card_story import TALK, story
from tests.admin_views.test_order_on_its_card import READS, page_of, part
from tests.factories import NOW, later
from tests.factories.automation_runs import an_automation_run
from tests.factories.bridges import an_external_record, an_external_system
from tests.factories.cards import a_card, a_card_step
from tests.factories.components import a_component, a_component_kind
from tests.factories.contacts import a_contact, a_contact_outcome
from tests.factories.followups import a_followup
from tests.factories.lab import a_subcontractor
from tests.factories.messages import a_message
from tests.factories.orders import an_order
from tests.factories.patients import a_consent, a_patient
from tests.factories.photos import a_shot, a_shot_requirement
from tests.factories.pipelines import a_control_point, a_pipeline, an_automation, stage_of
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold, a_track, an_assignment, an_outsourcing

# What the timeline says of each column.
TOLD = {
    "contact.channel": "Call:",
    "contact.direction": "We contacted them",
    "contact.outcome": "No answer",
    "contact.note": "Voicemail is full",
    "contact.by": "Olaru",
    "message.event": "Message:",
    "message.channel": "SMS",
    "hold.started_at": "On hold",
    "hold.reason": "Patient",
    "hold.note": "On holiday",
    "hold.by": "Zamfir",
    "hold.ended_at": "Off hold",
    "tick.control_point": "Bite is usable",
    "tick.by": "Neagu",
    "note.text": "Prefers mornings",
    "note.by": "Codreanu",
    "followup.subject": "Ring the firm",
    "card_step.to_stage": "New → Working",
    "card_step.forced": "Forced:",
    "card_step.reason": "Travels today",
    "card_step.by": "Tudose",
}
ROWS = ("contact", "message", "hold", "tick", "note", "followup", "card_step")


def a_told_card() -> Card:
    """A card on which something of each kind happened, by people who have nothing else there."""
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "new"), name="Bite is usable")
    a_control_point(stage=stage_of(way, "new"))
    card = a_card(pipeline=way)
    names = ("Olaru", "Zamfir", "Neagu", "Codreanu", "Tudose")
    ana, dan, eva, ion, ada = (a_person(last_name=name) for name in names)
    outcome = a_contact_outcome(name="No answer", reached=False)
    a_contact(card=card, by=ana, note="Voicemail is full", outcome=outcome)
    a_message(card=card)
    a_followup(card=card, subject="Ring the firm")
    tick(card.id, point.id, by=eva.id, now=NOW)
    add_note(card.id, "Prefers mornings", by=ion.id, now=NOW)
    hold(card.id, reason="patient", clock="patient", by=dan.id, now=NOW, note="On holiday")
    resume(card.id, by=dan.id, now=later(minutes=5))
    told = {"forced": True, "reason": "Travels today"}
    move(card.id, stage_of(way, "working").id, by=ada.id, now=later(minutes=9), **told)
    return card


def told_in(browser, card: Card) -> set[str]:
    page = story(browser, card)
    return {place for place, words in TOLD.items() if words in page}


def test_all_of_a_timeline_is_told_to_who_may_read_it(house):
    card = a_told_card()
    browser, _ = a_seat(house, TALK)
    assert told_in(browser, card) == set(TOLD)


# Without these columns there is no line at all.
LINES = [
    *("contact.channel", "message.event", "hold.started_at", "tick.control_point", "note.text"),
    *("followup.subject", "card_step.to_stage"),
]


@pytest.mark.parametrize("hidden", [LINES, [place for place in TOLD if place not in LINES]])
def test_columns_that_may_not_be_read_are_not_in_the_timeline(house, hidden):
    card = a_told_card()
    browser, _ = a_seat(house, TALK, hides=" ".join(hidden))
    assert told_in(browser, card).isdisjoint(hidden)


def test_rows_beyond_the_own_are_not_in_the_timeline(house):
    card = a_told_card()
    browser, _ = a_seat(house, TALK | dict.fromkeys(ROWS, "own"))
    assert told_in(browser, card) == set()


# What the table of the works above and below says of each column.
KIN = {
    "track.name": "Bridge 12–22",
    "assignment.technician": "Tănase",
    "card.responsible": "Lungu",
    "card.due_at": "2028",
    "card.opened_at": "2024",
    "card_step.to_stage": "2025",
    "hold.started_at": "on hold",
}
BELOW = ("track", "assignment", "card_step", "hold")


def a_family() -> LabOrder:
    """An order with a process that waits and one that moved, in hands that nobody else has."""
    order = an_order()
    waits, moved = a_track(order=order, name="Bridge 12–22"), a_track(order=order)
    maker = a_skill(stage_code=waits.card.stage.code, staff=a_person(last_name="Tănase")).staff
    an_assignment(track=waits, technician=maker)
    a_hold(card=waits.card)
    facts = {"opened_at": later(days=-800), "due_at": later(days=500)}
    Card.update(facts).where(Card.id == waits.card_id).execute()
    holder = a_person(last_name="Lungu")
    Card.update(responsible=holder).where(Card.id == moved.card_id).execute()
    a_card_step(moved.card, at=later(days=-400))
    return order


def kin_in(browser, order: LabOrder) -> set[str]:
    told = part(page_of(browser, order), "kin")
    assert "New" in told, "the works stand there"
    return {place for place, words in KIN.items() if words in told}


def test_all_of_the_works_below_is_told_to_who_may_read_it(house):
    order = a_family()
    browser, _ = a_seat(house, READS)
    assert kin_in(browser, order) == set(KIN)


def test_columns_that_may_not_be_read_are_not_told_of_works_below(house):
    order = a_family()
    hidden = [place for place in KIN if not place.startswith("hold")]
    browser, _ = a_seat(house, READS, hides=" ".join(hidden))
    assert kin_in(browser, order) == {"hold.started_at"}


def test_rows_beyond_the_own_are_not_told_of_works_below(house):
    order = a_family()
    browser, _ = a_seat(house, READS | dict.fromkeys(BELOW, "own"))
    assert kin_in(browser, order) == {"card.responsible", "card.due_at", "card.opened_at"}


# What the heading of a card says of each column.
HEAD = {
    "card.priority": "Urgent",
    "card.at_risk": "At risk",
    "card.opened_at": "2024",
    "hold.reason": "Supplier",
    "hold.started_at": "2023",
    "hold.note": "Paid by us",
    "lab_order.patient": "Zebrescu",
}


def an_urgent_order() -> LabOrder:
    order = an_order(patient=a_patient(last_name="Zebrescu"))
    facts = {"priority": "urgent", "at_risk": True, "opened_at": later(days=-800)}
    Card.update(facts).where(Card.id == order.card_id).execute()
    began = later(days=-1100)
    a_hold(card=order.card, reason="supplier", note="Paid by us", started_at=began)
    return order


def head_in(browser, order: LabOrder) -> set[str]:
    head = page_of(browser, order).split('<div class="two card-two">')[0]
    return {place for place, words in HEAD.items() if words in head}


def test_all_of_the_heading_is_told_to_who_may_read_it(house):
    order = an_urgent_order()
    browser, _ = a_seat(house, READS)
    assert head_in(browser, order) == set(HEAD)


def test_columns_that_may_not_be_read_are_not_in_the_heading(house):
    order = an_urgent_order()
    browser, _ = a_seat(house, READS, hides=" ".join(HEAD))
    assert head_in(browser, order) == set()


def test_a_hold_beyond_the_own_is_not_in_the_heading(house):
    order = an_urgent_order()
    browser, _ = a_seat(house, READS | {"hold": "own"})
    assert not {place for place in head_in(browser, order) if place.startswith("hold")}


def test_components_and_consents_beyond_the_own_are_not_told(house):
    order = an_order()
    a_component(order=order, kind=a_component_kind(name="Transfer screw"))
    a_consent(patient=order.patient)
    browser, _ = a_seat(house, READS | {"component": "own", "consent": "own"})

    page = page_of(browser, order)

    assert "Transfer screw" not in page
    assert "Treatment not asked yet" in part(page, "consents")


def test_the_photo_protocol_is_told_to_who_may_read_its_shots(house):
    order = an_order()
    shot = a_shot_requirement(work_type=order.work_type, shot=a_shot(name="Retracted")).shot
    browser, _ = a_seat(house, {table: verbs for table, verbs in READS.items() if table != "shot"})
    assert shot.name not in page_of(browser, order)


def scanned() -> LabOrder:
    order = an_order()
    record = {"system": an_external_system(name="Scan store"), "external_id": "P-77"}
    an_external_record(patient=None, card=order.card, **record)
    return order


def test_what_other_systems_hold_beyond_the_own_is_not_told(house):
    order = scanned()
    rights = READS | {"external_system": "all", "external_record": "own"}
    browser, _ = a_seat(house, rights)
    assert "P-77" not in page_of(browser, order)


@pytest.mark.parametrize(
    ("hidden", "gone"), [("system", ["Scan store"]), ("kind", ["P-77", "Folder"])]
)
def test_columns_that_may_not_be_read_are_not_told_of_other_systems(house, hidden, gone):
    order = scanned()
    rights = READS | {"external_system": "all", "external_record": "all"}
    browser, _ = a_seat(house, rights, hides=f"external_record.{hidden}")
    page = page_of(browser, order)
    assert not any(words in page for words in gone)


def test_the_order_of_a_process_is_told_within_its_rows(house):
    order = an_order(patient=a_patient(last_name="Zebrescu"))
    track = a_track(order=order)
    browser, _ = a_seat(house, READS | {"lab_order": "own"})

    page = text(browser.get(f"/cards/{track.card_id}"))

    assert "Zebrescu" not in page and part(page_of(browser, order), "work") == ""


def test_an_order_is_edited_from_its_card_by_who_may_edit_it(house):
    browser, _ = a_seat(house, READS)
    order = an_order()
    assert f"/lab-order/edit/?id={order.id}" not in page_of(browser, order)


@pytest.mark.parametrize("limit", [{"outsourcing": "own"}, {"subcontractor": ""}])
def test_a_firm_that_has_a_work_is_told_within_the_rights(house, limit):
    order = an_order()
    firm = a_subcontractor(name="Frezaj Central")
    an_outsourcing(track=a_track(order=order), subcontractor=firm)
    rights = READS | {"subcontractor": "all", "outsourcing": "all"} | limit
    browser, _ = a_seat(house, {table: verbs for table, verbs in rights.items() if verbs})
    assert "Frezaj Central" not in page_of(browser, order)


@pytest.mark.parametrize("hidden", ["card_step.forced", "card_step.reason"])
def test_why_a_step_was_forced_is_told_within_the_rights(house, hidden):
    card = a_told_card()
    browser, _ = a_seat(house, TALK, hides=hidden)
    page = text(browser.get(f"/cards/{card.id}")).split("Timeline</h2>")[0]
    assert "Travels today" not in page


@pytest.mark.parametrize(("limit", "told"), [("all", True), ("own", False), ("", False)])
def test_the_checklist_is_told_to_who_may_read_its_ticks(house, limit, told):
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "new"), name="Bite is usable")
    card = a_card(pipeline=way)
    tick(card.id, point.id, by=a_person().id, now=NOW)
    rights = TALK | {"tick": limit}
    browser, _ = a_seat(house, {table: verbs for table, verbs in rights.items() if verbs})
    main = text(browser.get(f"/cards/{card.id}")).split("<main")[1].split("Timeline</h2>")[0]
    assert "Working" in main and ("Bite is usable" in main) is told


@pytest.mark.parametrize(("limit", "told"), [("all", True), ("own", False)])
def test_what_a_stage_will_do_is_told_within_the_rows(house, limit, told):
    run = an_automation_run(automation=an_automation(text="Ring the firm"))
    browser, _ = a_seat(house, TALK | {"automation_run": limit})
    assert ("Ring the firm" in text(browser.get(f"/cards/{run.card_id}"))) is told
