"""A CNP typed in a form: its check digit and its date are verified where it is typed."""

from __future__ import annotations

import pytest

from schema.patients import Patient
from tests.admin_views.test_writing import text
from tests.factories.patients import a_patient
from tests.pages import posted

GOOD = "1901130703841"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("123", "A CNP has 13 digits"),
        ("1901130703842", "its check digit fails"),
        ("1901330703849", "holds no possible birth day"),
    ],
)
def test_a_mistyped_cnp_is_told_at_its_field(desk, typed, said):
    patient = a_patient()
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))

    answer = desk.send(f"/patient/edit/?id={patient.id}", page | {"national_id": typed})

    assert answer.status_code == 422
    assert said in text(answer) and f'value="{typed}"' in text(answer)
    assert Patient.get_by_id(patient.id).national_id is None


def test_a_cnp_may_be_typed_with_blanks(desk):
    patient = a_patient()
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))

    desk.send(f"/patient/edit/?id={patient.id}", page | {"national_id": "190 1130 703841"})

    assert Patient.get_by_id(patient.id).national_id == GOOD


def test_a_doubtful_cnp_of_earlier_days_keeps_nobody_from_saving_the_rest(desk):
    patient = a_patient(national_id="1901130703842")
    page = posted(text(desk.get(f"/patient/edit/?id={patient.id}")))

    desk.send(f"/patient/edit/?id={patient.id}", page | {"first_name": "Elena"})

    kept = Patient.get_by_id(patient.id)
    assert (kept.first_name, kept.national_id) == ("Elena", "1901130703842")
