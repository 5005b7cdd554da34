"""Keeping a form: parent and rows in one act, refusals in words, two editors told apart."""

from __future__ import annotations

import pytest

from schema.patients import Patient, PatientTag
from schema.staff import Staff
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.pages import posted


def new_patient(**more):
    place = a_location()
    return {"last_name": "Popa", "first_name": "Ana", "language": "ro", "location": place.id} | more


def text(answer):
    return answer.get_data(as_text=True)


def test_a_bad_child_row_keeps_nothing_and_the_corrected_form_keeps_all(desk):
    form = new_patient(**{"tags-0-tag": "VIP", "tags-1-tag": "vip"})

    refused = desk.send("/patient/new/", form)

    assert refused.status_code == 422
    assert "This patient has that tag already." in text(refused)
    assert 'value="vip"' in text(refused)
    assert Patient.select().count() == PatientTag.select().count() == 0

    kept = desk.send("/patient/new/", form | {"tags-1-tag": "anxious"})

    assert kept.status_code == 302
    assert {tag.tag for tag in PatientTag.select()} == {"VIP", "anxious"}


def test_what_was_typed_stays_when_something_is_wrong(desk):
    refused = text(
        desk.send("/patient/new/", new_patient(phone="12", notes="asked for Monday", email="x"))
    )

    assert "is not a phone number" in refused
    assert "is not an e-mail address" in refused
    assert 'value="12"' in refused
    assert "asked for Monday" in refused


def test_the_second_of_two_editors_is_refused_and_nothing_is_lost(desk):
    patient = a_patient(last_name="Popa")
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))
    first = page | {"last_name": "Popescu"}
    second = page | {"first_name": "Maria"}

    assert desk.send(f"/patient/edit/?id={patient.id}", first).status_code == 302
    refused = desk.send(f"/patient/edit/?id={patient.id}", second)

    assert refused.status_code == 409
    assert "Someone else changed this record" in text(refused)
    assert 'value="Maria"' in text(refused)
    kept = Patient.get_by_id(patient.id)
    assert (kept.last_name, kept.first_name) == ("Popescu", patient.first_name)


@pytest.mark.parametrize("version", ["", "0", "7", "-1", "one", "1e9", "99999999999"])
def test_a_missing_or_forged_version_is_refused(desk, version):
    patient = a_patient(last_name="Popa")
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))

    answer = desk.send(
        f"/patient/edit/?id={patient.id}", page | {"last_name": "X", "row_version": version}
    )

    assert answer.status_code == 409
    assert Patient.get_by_id(patient.id).last_name == "Popa"


def test_a_row_of_another_patient_is_not_stolen_by_its_number(desk):
    mine, other = a_patient(), a_patient()
    tag = PatientTag.create(patient=other, tag="VIP")
    page = posted(text(desk.get(f"/patient/edit/?id={mine.id}")))

    answer = desk.send(
        f"/patient/edit/?id={mine.id}",
        page | {"tags-0-id": tag.id, "tags-0-row_version": 1, "tags-0-tag": "stolen"},
    )

    assert answer.status_code == 422
    assert PatientTag.get_by_id(tag.id).tag == "VIP"
    assert PatientTag.get_by_id(tag.id).patient_id == other.id


def test_columns_that_no_form_holds_are_not_written_by_posting_them(desk):
    patient = a_patient()
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))

    more = {"id": 99, "created_at": "2001-01-01T10:00", "first_name": "Elena"}
    assert desk.send(f"/patient/edit/?id={patient.id}", page | more).status_code == 302

    kept = Patient.get_by_id(patient.id)
    assert (kept.first_name, kept.created_at) == ("Elena", patient.created_at)


def test_nobody_sets_a_password_through_the_staff_form(desk):
    person = a_person()
    page = posted(text(desk.get(f"/staff/edit/?id={person.id}")))

    desk.send(f"/staff/edit/?id={person.id}", page | {"password_hash": "x"})

    assert "password_hash" not in page
    assert Staff.get_by_id(person.id).password_hash == person.password_hash


def test_ending_sets_the_day_and_keeps_the_row(desk):
    patient = a_patient()

    desk.send("/patient/end/", {"id": patient.id})

    assert Patient.get_by_id(patient.id).ended_on is not None


def test_ending_chosen_rows_is_all_or_nothing(desk):
    here, there = a_patient(), a_patient()

    missing = desk.send("/patient/action/", {"action": "end", "rowid": [here.id, 987654]})
    assert missing.status_code == 404
    assert Patient.select().where(Patient.ended_on.is_null(False)).count() == 0

    desk.send("/patient/action/", {"action": "end", "rowid": [here.id, there.id]})
    assert Patient.select().where(Patient.ended_on.is_null(False)).count() == 2


def test_a_reference_to_a_row_that_is_not_there_is_refused_at_its_field(desk):
    answer = desk.send("/patient/new/", new_patient(dentist=987654))

    assert answer.status_code == 422
    assert "Choose a row that exists." in text(answer)


def test_a_new_record_begins_at_the_person_s_own_place_and_with_the_row_it_came_from(desk):
    home = Staff.get(Staff.last_name.startswith("Ionescu")).location_id
    patient = a_patient()

    fresh = posted(text(desk.get("/patient/new/")))
    tag = posted(text(desk.get(f"/patient-tag/new/?patient={patient.id}")))

    assert fresh["location"] == [str(home)]
    assert tag["patient"] == [str(patient.id)]
