"""A medical alert strikes the eye where the patient is met, of those who may read it."""

from __future__ import annotations

from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.patients import a_patient

ALERT = "Penicillin allergy"
RIGHTS = {"patient": "all", "appointment": "all"}


def test_an_alert_stands_above_all_facts_of_the_patient(house):
    browser, _ = a_seat(house, RIGHTS)
    patient = a_patient(medical_alert=ALERT)

    page = text(browser.get(f"/patient/details/?id={patient.id}"))

    assert 0 < page.index(ALERT) < page.index("<dl")


def test_an_alert_stands_above_an_appointment_of_the_patient_and_names_them(house):
    browser, _ = a_seat(house, RIGHTS)
    visit = an_appointment(patient=a_patient(last_name="Albu", medical_alert=ALERT))

    page = text(browser.get(f"/appointment/details/?id={visit.id}"))

    assert 0 < page.index("Medical alert of Albu") < page.index(ALERT) < page.index("<dl")


def test_an_alert_is_told_to_nobody_who_may_not_read_it(house):
    browser, _ = a_seat(house, RIGHTS, hides="patient.medical_alert")
    visit = an_appointment(patient=a_patient(medical_alert=ALERT))

    for page in (f"appointment/details/?id={visit.id}", f"patient/details/?id={visit.patient_id}"):
        assert ALERT not in text(browser.get(f"/{page}"))


def test_an_alert_of_a_patient_beyond_ones_rows_is_not_told(house):
    browser, _ = a_seat(house, {"patient": "read own", "appointment": "all"})
    visit = an_appointment(patient=a_patient(medical_alert=ALERT))

    assert ALERT not in text(browser.get(f"/appointment/details/?id={visit.id}"))


def test_headings_under_which_nothing_is_known_stay_away(house):
    browser, _ = a_seat(house, RIGHTS)
    visit = an_appointment()

    page = text(browser.get(f"/appointment/details/?id={visit.id}"))

    assert "When and where" in page and "How it went" not in page
