"""Two people change one record: both versions side by side, nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest

from schema.cards import Card
from schema.leads import Lead
from schema.patients import Patient, PatientTag
from tests.admin_views.seats import a_seat
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.pages import posted


def text(answer):
    return unescape(answer.get_data(as_text=True))


def opened(desk, path):
    return posted(desk.get(path).get_data(as_text=True))


def sides(page, label):
    """What the merge page says of one field: as opened, as saved; the tick; whether it clashes."""
    legend = page.index(f"<legend>{label}")
    block = page[legend : page.index("</fieldset>", legend)]
    first, theirs = re.findall(r'<span class="value">(.*?)</span>', block, re.S)
    picked = re.search(r'value="(theirs|mine)"[^>]* checked', block)
    return first, theirs, picked and picked[1], "Both changed it" in block


@pytest.fixture
def patient(house):
    return a_patient(last_name="Popa", first_name="Ana", notes="old", address="Old street")


@pytest.fixture
def path(patient):
    return f"/patient/edit/?id={patient.id}"


def clash(desk, path):
    """The first saved a name and notes; the second typed notes and an address."""
    form = opened(desk, path)
    first = form | {"last_name": "Popescu", "notes": "theirs"}
    assert desk.send(path, first).status_code == 302
    return desk.send(path, form | {"notes": "mine", "address": "New street"})


def test_the_second_editor_sees_three_values_and_single_changes_are_chosen(desk, path):
    answer = clash(desk, path)

    page = text(answer)
    assert answer.status_code == 409
    assert sides(page, "Notes") == ("old", "theirs", None, True)
    assert sides(page, "Last name") == ("Popa", "Popescu", "theirs", False)
    assert sides(page, "Address") == ("Old street", "Old street", "mine", False)
    assert "<legend>First name" not in page
    assert Patient.get().notes == "theirs"


@pytest.mark.parametrize("pick", ["theirs", "mine"])
def test_choosing_saves_both_peoples_changes(desk, path, pick):
    form = posted(clash(desk, path).get_data(as_text=True))

    assert desk.send(path, form | {"keep.notes": pick}).status_code == 302

    kept = Patient.get()
    assert (kept.last_name, kept.address, kept.notes) == ("Popescu", "New street", pick)


def test_ones_own_value_can_still_be_changed_on_the_way(desk, path):
    form = posted(clash(desk, path).get_data(as_text=True))

    desk.send(path, form | {"keep.notes": "mine", "notes": "both of us"})

    assert Patient.get().notes == "both of us"


def test_a_clash_without_a_choice_is_asked_again_and_keeps_what_was_typed(desk, path):
    form = posted(clash(desk, path).get_data(as_text=True))

    again = desk.send(path, form | {"notes": "mine, improved"})

    page = text(again)
    assert again.status_code == 409
    assert "Choose one of the two values" in page and "mine, improved" in page
    assert sides(page, "Notes") == ("old", "theirs", None, True)
    assert sides(page, "Address")[2] == "mine"
    done = posted(again.get_data(as_text=True)) | {"keep.notes": "mine"}
    assert desk.send(path, done).status_code == 302
    assert (Patient.get().notes, Patient.get().last_name) == ("mine, improved", "Popescu")


def test_a_third_editor_leads_to_the_choice_again(desk, path):
    form = posted(clash(desk, path).get_data(as_text=True))
    third = opened(desk, path) | {"notes": "the third", "first_name": "Elena"}
    assert desk.send(path, third).status_code == 302

    answer = desk.send(path, form | {"keep.notes": "mine"})

    page = text(answer)
    assert answer.status_code == 409
    assert sides(page, "Notes") == ("theirs", "the third", None, True)
    assert sides(page, "First name") == ("Ana", "Elena", "theirs", False)
    done = posted(answer.get_data(as_text=True)) | {"keep.notes": "mine"}
    assert desk.send(path, done).status_code == 302
    kept = Patient.get()
    assert (kept.last_name, kept.first_name, kept.notes) == ("Popescu", "Elena", "mine")


def test_without_the_first_values_every_difference_is_a_clash(desk, path):
    form = opened(desk, path)
    desk.send(path, form | {"last_name": "Popescu"})

    page = text(desk.send(path, form | {"notes": "mine", "seen": "forged"}))

    assert sides(page, "Notes")[2:] == (None, True)
    assert sides(page, "Last name")[2:] == (None, True)
    assert "not known" in page


def test_values_sealed_for_another_record_are_not_taken(desk, path):
    other = opened(desk, f"/patient/edit/?id={a_patient(notes='of another').id}")
    form = posted(clash(desk, path).get_data(as_text=True))

    desk.send(path, form | {"keep.notes": "theirs", "seen": other["seen"]})

    assert Patient.get(Patient.address == "New street").notes == "mine"


def test_the_same_change_twice_asks_nothing(desk, path):
    form = opened(desk, path)
    for answer in (302, 409):
        said = desk.send(path, form | {"notes": "the same"})
        assert said.status_code == answer
    assert "Both of you wrote the same" in text(said)
    assert desk.send(path, posted(said.get_data(as_text=True))).status_code == 302


def test_a_mistake_on_the_way_keeps_the_choice(desk, path):
    form = posted(clash(desk, path).get_data(as_text=True))

    wrong = desk.send(path, form | {"keep.notes": "theirs", "phone": "12"})

    page = posted(wrong.get_data(as_text=True))
    assert wrong.status_code == 422 and page["notes"] == ["theirs"]
    assert desk.send(path, page | {"phone": ""}).status_code == 302
    assert (Patient.get().notes, Patient.get().address) == ("theirs", "New street")


def test_child_rows_are_compared_and_added_ones_are_kept(desk, patient, path):
    tag = PatientTag.create(patient=patient, tag="VIP")
    form = opened(desk, path)
    first = form | {"tags-0-tag": "calm", "tags-1-tag": "new there"}
    assert desk.send(path, first).status_code == 302

    answer = desk.send(path, form | {"tags-0-tag": "anxious", "tags-1-tag": "new here"})

    page = text(answer)
    assert answer.status_code == 409
    assert sides(page, "Tag of a patient: calm · Tag") == ("VIP", "calm", None, True)
    assert "<li>Tag of a patient: new there</li>" in page
    assert "<li>Tag of a patient: new here</li>" in page
    done = posted(answer.get_data(as_text=True)) | {"keep.tags-0-tag": "mine"}
    assert desk.send(path, done).status_code == 302
    assert {one.tag for one in PatientTag.select()} == {"anxious", "new there", "new here"}
    assert PatientTag.get_by_id(tag.id).tag == "anxious"


def test_a_child_row_that_only_the_other_changed_stays_as_saved(desk, patient, path):
    PatientTag.create(patient=patient, tag="VIP")
    form = opened(desk, path)
    desk.send(path, form | {"tags-0-tag": "calm"})

    answer = desk.send(path, form | {"notes": "mine"})

    assert desk.send(path, posted(answer.get_data(as_text=True))).status_code == 302
    assert (PatientTag.get().tag, Patient.get().notes) == ("calm", "mine")


def test_a_card_and_its_lead_are_merged_as_one_record(desk):
    lead = a_lead(card=a_card("lead"), name="Radu")
    path = f"/lead/edit/?id={lead.id}"
    form = opened(desk, path)
    assert desk.send(path, form | {"card__priority": "urgent"}).status_code == 302

    answer = desk.send(path, form | {"name": "Radu Ion", "card__priority": form["card__priority"]})

    assert answer.status_code == 409
    assert sides(text(answer), "Priority")[1:3] == ("Urgent", "theirs")
    assert desk.send(path, posted(answer.get_data(as_text=True))).status_code == 302
    assert (Lead.get().name, Card.get().priority) == ("Radu Ion", "urgent")


def test_a_column_that_may_not_be_read_is_not_compared(house, patient, path):
    patients = {"patient": "all edit", "location": "all"}
    browser, _ = a_seat(house, patients, hides="patient.notes")
    form = opened(browser, path)
    Patient.update(notes="a secret", last_name="Popescu", row_version=2).execute()

    page = text(browser.send(path, form | {"first_name": "Elena"}))

    assert "Popescu" in page and "a secret" not in page
    browser.send(path, posted(page) | {"keep.notes": "theirs", "notes": "stolen"})
    assert (Patient.get().notes, Patient.get().first_name) == ("a secret", "Elena")


def test_references_and_ticks_are_compared_in_words(desk):
    person, other = a_person(), a_person()
    patient = a_patient(dentist=person)
    path = f"/patient/edit/?id={patient.id}"
    form = opened(desk, path)
    desk.send(path, form | {"dentist": str(other.id), "language": "en"})

    page = text(desk.send(path, form | {"dentist": ""}))

    assert person.last_name in sides(page, "Dentist")[0]
    assert other.last_name in sides(page, "Dentist")[1]
    assert sides(page, "Language")[1:3] == ("English", "theirs")
