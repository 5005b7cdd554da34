"""One guard each: what a form may not change, however it is filled in."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.base import utcnow
from schema.cards import Card, Note
from schema.leads import Lead
from schema.patients import Patient, PatientTag
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import new_patient, text
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient, a_patient_tag
from tests.factories.staff import a_location, a_person
from tests.pages import posted

READS = {"location": "all", "staff": "all"}


def form(browser, path):
    return posted(text(browser.get(path)))


def a_tagged_patient(**columns):
    patient = a_patient(**columns)
    tag = a_patient_tag(patient=patient, tag="VIP")
    return f"/patient/edit/?id={patient.id}", tag


def as_sent(tag, word):
    return {"tags-0-id": tag.id, "tags-0-row_version": tag.row_version, "tags-0-tag": word}


def tags():
    return [tag.tag for tag in PatientTag.select().order_by(PatientTag.id)]


def test_child_rows_that_one_may_only_read_are_not_in_the_form(house):
    browser, _ = a_seat(house, READS | {"patient": "edit", "patient_tag": "all"})
    path, tag = a_tagged_patient()
    page = text(browser.get(path))

    assert 'data-prefix="tags"' not in page and "tags-" not in page
    sent = posted(page) | as_sent(tag, "changed") | {"tags-1-tag": "new"}
    assert browser.send(path, sent).status_code == 302
    assert tags() == ["VIP"]


@pytest.mark.parametrize(
    ("rights", "fixes"), [("create", ""), ("edit", "patient_tag.tag")], ids=["create", "fixed"]
)
def test_a_child_column_that_one_may_not_edit_stays(house, rights, fixes):
    browser, _ = a_seat(house, READS | {"patient": "edit", "patient_tag": rights}, fixes=fixes)
    path, tag = a_tagged_patient()
    page = form(browser, path)

    assert "tags-0-tag" not in page
    browser.send(path, page | as_sent(tag, "changed"))
    assert tags() == ["VIP"]


def test_who_may_only_edit_child_rows_adds_none(house):
    browser, _ = a_seat(house, READS | {"patient": "edit", "patient_tag": "edit"})
    path, tag = a_tagged_patient()
    page = form(browser, path)

    assert page["tags-0-tag"] == ["VIP"]
    browser.send(path, page | {"tags-1-tag": "new"})
    assert tags() == ["VIP"]
    assert browser.send(path, page | as_sent(tag, "changed")).status_code == 302
    assert tags() == ["changed"]


def test_child_rows_out_of_the_childs_scope_are_neither_shown_nor_changed(house):
    rights = READS | {"patient": "edit", "patient_tag": "own edit"}
    browser, _ = a_seat(house, rights)
    path, tag = a_tagged_patient(dentist=a_person())
    page = form(browser, path)

    assert "tags-0-id" not in page
    assert browser.send(path, page | as_sent(tag, "changed")).status_code == 422
    assert tags() == ["VIP"]


@pytest.mark.parametrize("cards", ["", "all edit"])
def test_the_card_of_a_lead_is_changed_by_those_who_may_edit_cards(house, cards):
    browser, _ = a_seat(house, READS | {"lead": "edit", "card": cards, "inquiry_source": "all"})
    lead = a_lead(card=a_card("lead"))
    path = f"/lead/edit/?id={lead.id}"
    page = form(browser, path)

    assert ("card__priority" in page) == bool(cards)
    sent = page | {"card__priority": "urgent", "name": "Radu"}
    assert browser.send(path, sent).status_code == 302
    assert Lead.get().name == "Radu"
    assert Card.get().priority == ("urgent" if cards else "normal")


def test_a_chosen_row_is_one_that_the_person_knows(house):
    rights = {"patient": "create edit", "location": "all", "staff": "own"}
    browser, staff = a_seat(house, rights)
    other = a_person()

    refused = browser.send("/patient/new/", new_patient(dentist=other.id))

    assert refused.status_code == 422 and "Choose a row that exists." in text(refused)
    assert other.last_name not in text(refused)
    assert browser.send("/patient/new/", new_patient(dentist=staff.id)).status_code == 302


def test_a_chosen_value_stands_in_the_list(house):
    rights = {"patient": "create", "location": "location"}
    browser, staff = a_seat(house, rights, location=a_location())
    other = a_location()

    assert browser.send("/patient/new/", new_patient(location=other.id)).status_code == 422
    mine = new_patient(location=staff.location_id)
    assert browser.send("/patient/new/", mine).status_code == 302
    assert Patient.get().location_id == staff.location_id


def test_a_new_row_is_ones_own_or_is_not_kept(house):
    browser, staff = a_seat(house, READS | {"patient": "own create"})

    refused = browser.send("/patient/new/", new_patient())

    assert refused.status_code == 422 and "one of your own records" in text(refused)
    assert not Patient.select().exists()
    assert browser.send("/patient/new/", new_patient(dentist=staff.id)).status_code == 302


def test_a_stale_form_is_refused_even_when_it_changes_nothing(desk):
    patient = a_patient()
    path = f"/patient/edit/?id={patient.id}"
    page = form(desk, path)
    Patient.update(row_version=2).execute()

    answer = desk.send(path, page)

    assert answer.status_code == 409 and "Someone else changed this record" in text(answer)


def test_a_stale_card_is_refused_with_its_lead(desk):
    lead = a_lead(card=a_card("lead"))
    path = f"/lead/edit/?id={lead.id}"
    page = form(desk, path)
    Card.update(row_version=2).execute()

    answer = desk.send(path, page | {"card__priority": "urgent", "name": "Radu"})

    assert answer.status_code == 409 and "Someone else changed this record" in text(answer)
    assert (Lead.get().name, Card.get().priority) == (lead.name, "normal")


def test_a_note_is_its_writers_and_of_this_moment(house):
    browser, staff = a_seat(house, {"note": "create", "card": "all", "lead": "all", "staff": "all"})
    other, card = a_person(), a_card("lead")
    page = form(browser, "/note/new/")

    assert "by" not in page and "at" not in page
    sent = {"card": card.id, "text": "Called.", "by": other.id, "at": "2001-01-01T10:00"}
    assert browser.send("/note/new/", sent).status_code == 302
    kept = Note.get()
    assert kept.by_id == staff.id
    assert utcnow() - kept.at < dt.timedelta(minutes=5)
