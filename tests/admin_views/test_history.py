"""What happened to a record, in words: who, when, what before and after; by the person's rights."""

from __future__ import annotations

import re
from html import unescape

import pytest

from schema.audit import AuditChange
from schema.patients import Patient, PatientTag
from tests.admin_views.seats import a_seat
from tests.factories.cards import a_card
from tests.factories.custom import a_custom_field, a_custom_value
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.pages import posted


def text(answer):
    return unescape(answer.get_data(as_text=True))


def history(browser, row, table="patient", **more):
    query = "".join(f"&{name}={value}" for name, value in more.items())
    return text(browser.get(f"/{table}/history/?id={row.id}{query}"))


def facts(page):
    """Every column of every change on the page: (label, before, after), newest first."""
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(?:<del>(.*?)</del>.*?)?<ins>(.*?)</ins>", page, re.S)
    return [tuple(fact) for fact in found]


def save(browser, path, **changes):
    form = posted(browser.get(path).get_data(as_text=True))
    answer = browser.send(path, form | changes)
    assert answer.status_code == 302, text(answer)


def test_a_change_is_told_in_words_newest_first(desk):
    there = a_location()
    patient = a_patient(notes="old", dentist=None)
    other = a_person()
    path = f"/patient/edit/?id={patient.id}"
    save(desk, path, notes="first")
    save(
        desk, path, birth_on="1991-08-30", phone="0722 418 330", language="en",
        dentist=str(other.id), location=str(there.id),
    )  # fmt: skip

    page = facts(history(desk, patient))

    assert page[:5] == [
        ("Born on", page[0][1], "30 Aug 1991"),
        ("Phone", page[1][1], "0722 418 330"),
        ("Language", "Romanian", "English"),
        ("Location", page[3][1], there.name),
        ("Dentist", "–", f"{other.last_name} {other.first_name}"),
    ]
    assert page[5] == ("Notes", "old", "first")
    assert ("Last name", "", patient.last_name) in page[6:]


def test_child_rows_and_the_card_stand_in_the_history_of_their_record(desk):
    patient = a_patient()
    lead = a_lead(card=a_card("lead"))
    save(desk, f"/patient/edit/?id={patient.id}", **{"tags-0-tag": "VIP"})
    save(desk, f"/lead/edit/?id={lead.id}", card__priority="urgent")

    assert "Tag of a patient: VIP" in history(desk, patient)
    assert ("Priority", "Normal", "Urgent") in facts(history(desk, lead, "lead"))


def test_what_a_person_may_not_read_is_not_in_the_history(house):
    rights = {"patient": "all edit", "location": "all"}
    browser, _ = a_seat(house, rights, hides="patient.phone patient.notes")
    patient = a_patient(phone="+40722418330", notes="a secret", dentist=a_person())
    PatientTag.create(patient=patient, tag="a secret tag")
    Patient.update(phone="+40722418331", notes="another secret").execute()
    Patient.update(last_name="Popescu").execute()

    page = history(browser, patient)

    assert facts(page)[0][2] == "Popescu"
    for word in ("0722", "secret", "Phone", "Notes", "Dentist"):
        assert word not in page
    assert page.count("<li class") == 2


def test_rows_of_others_have_no_history(house):
    browser, staff = a_seat(house, {"patient": "own", "staff": "all"})
    mine, other = a_patient(dentist=staff), a_patient()

    assert browser.get(f"/patient/history/?id={mine.id}").status_code == 200
    assert browser.get(f"/patient/history/?id={other.id}").status_code == 404


def test_a_long_history_has_pages(desk):
    patient = a_patient()
    for count in range(60):
        Patient.update(notes=f"note {count}.").execute()

    first, second = history(desk, patient), history(desk, patient, page=1)

    assert "note 59." in first and "note 5." not in first and 'rel="next"' in first
    assert "note 5." in second and 'rel="next"' not in second and 'rel="prev"' in second


@pytest.mark.parametrize("page", ["details", "edit"])
def test_pages_of_a_record_lead_to_its_history(desk, page):
    patient = a_patient()

    body = text(desk.get(f"/patient/{page}/?id={patient.id}"))

    assert f'href="/patient/history/?id={patient.id}"' in body
    assert "Last changed" in body


def test_what_is_not_recorded_has_no_history(desk):
    change = AuditChange.get()

    assert desk.get(f"/audit-change/history/?id={change.id}").status_code == 404
    assert "/history/" not in text(desk.get(f"/audit-change/details/?id={change.id}"))


def test_a_field_of_the_clinic_s_own_is_told_like_any_other(desk):
    lead = a_lead(card=a_card("lead"))
    value = a_custom_value(card=lead.card, field=a_custom_field(label="Favourite colour"))
    value.text_value = "Green"
    value.save()

    told = facts(history(desk, lead, "lead"))

    assert ("Favourite colour", "Blue", "Green") in told
    assert ("Favourite colour", "–", "Blue") in told
