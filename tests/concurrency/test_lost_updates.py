"""Eight receptionists in one patient's form: an edit is kept or refused in words, never lost."""

from __future__ import annotations

from collections import Counter
from html import unescape
from random import Random

from schema.patients import Patient
from tests.concurrency.crowd import PEOPLE, Crowd
from tests.factories.patients import a_patient
from tests.factories.rights import a_grant
from tests.factories.staff import Staff, a_clinic, a_person, a_role
from tests.pages import posted
from tests.web import Browser, a_web

EDITS = 20
Edits = Counter[tuple[int, str]]
TOLD = "Someone else changed this record while you were writing."


def a_receptionist() -> Staff:
    """Reads English and may edit patients."""
    a_grant(role=a_role("receptionist"), table_name="patient", may_edit=True)
    return a_person("receptionist", language="en")


def editing(place: int, url: str, staff: int, patients: list[int]) -> Edits:
    """Opens a patient's form, counts the number in its notes up by one, and presses Save."""
    browser = a_web(url).as_(Staff.get_by_id(staff))
    chance, tally = Random(place), Edits()
    for _ in range(EDITS):
        patient = chance.choice(patients)
        tally[patient, count_up(browser, f"/patient/edit/?id={patient}")] += 1
    return tally


def count_up(browser: Browser, form: str) -> str:
    """`kept` when the form was taken, `told` when it was refused in the right words."""
    page = posted(browser.get(form).get_data(as_text=True))
    [number] = page["notes"]
    answer = browser.send(form, page | {"notes": str(int(number) + 1)})
    if answer.status_code == 302:
        return "kept"
    assert answer.status_code == 409
    assert TOLD in unescape(answer.get_data(as_text=True))
    return "told"


def test_no_edit_is_lost_between_people_in_the_same_form(house, crowd: Crowd):
    a_clinic()
    patients = [a_patient(notes="0").id for _ in range(3)]

    edits = crowd.all_do(house.url, editing, house.url, a_receptionist().id, patients)

    tally = sum(edits, Edits())
    print(f"edits {tally.total()}: {dict(tally)}")
    assert tally.total() == PEOPLE * EDITS
    for patient in Patient.select():
        assert int(patient.notes) == tally[patient.id, "kept"] == patient.row_version - 1
        assert tally[patient.id, "kept"] and tally[patient.id, "told"]
