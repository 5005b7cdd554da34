"""What makes no sense is shown again as it was typed, with the reason, and can be put right."""

from __future__ import annotations

import re

import pytest

from schema.patients import Patient
from tests.admin_views.nasty import every_name
from tests.factories.patients import a_patient
from tests.pages import posted

AMBIGUOUS = "2026-10-25T03:30"


@pytest.fixture
def appointment(manager):
    """The form of an appointment, and what pressing Save on it would send."""
    return manager, posted(manager.get("/appointment/edit/?id=1").text)


def saved(appointment, **typed):
    manager, good = appointment
    return manager.send("/appointment/edit/?id=1", good | {name: [typed[name]] for name in typed})


@pytest.mark.parametrize("typed", ["31.02.2026", "tomorrow", AMBIGUOUS, "2027-03-28T03:30"])
def test_a_moment_that_is_none_stands_in_a_plain_box(appointment, typed):
    page = saved(appointment, starts_at=typed, ends_at="").text
    box = re.search(r'<input[^>]*name="starts_at"[^>]*>', page)[0]
    assert f'value="{typed}"' in box and 'type="text"' in box


def test_an_hour_that_happens_twice_asks_which_and_takes_the_answer(appointment):
    page = saved(appointment, starts_at=AMBIGUOUS).text
    assert "25.10.2026 03:30 happens twice" in page
    for answer in ("25.10.2026 03:30 +03:00", f"{AMBIGUOUS}+02:00"):
        told = saved(appointment, starts_at=answer)
        assert told.status_code == 302 or "happens twice" not in told.text


@pytest.mark.parametrize("typed", ["Popescu", "9" * 30, "²"])
def test_what_is_no_row_stays_in_the_pickers_box(appointment, typed):
    page = saved(appointment, patient=typed).text
    assert "Choose a row from the list" in page
    assert re.search(rf'name="patient" value="">\s*<input[^>]*value="{typed}"', page)


def test_a_picked_row_keeps_its_key_and_its_name(appointment):
    key = appointment[1]["patient"][0]
    page = saved(appointment, starts_at="never").text
    box = re.search(rf'name="patient" value="{key}"><input[^>]*value="([^"]+)"', page)
    assert box and Patient.get_by_id(key).last_name in box[1]


@pytest.mark.parametrize("typed", ["Popescu", "9" * 30, "0", "999999999"])
def test_a_choice_that_is_none_empties_no_column(appointment, typed):
    answer = saved(appointment, type=typed)
    assert answer.status_code == 422 and "Choose a value from the list" in answer.text


def test_text_is_kept_composed_and_without_what_nobody_sees(desk):
    patient = a_patient()
    path = f"/patient/edit/?id={patient.id}"
    good = every_name(desk.get(path).text)
    typed = {"last_name": "\u202eS\u0326tefan\u200b\ufeff", "first_name": "👩\u200d⚕️ Ana\x01"}

    answer = desk.send(path, {n: v for n, v in good.items() if "-7" not in n} | typed)

    kept = Patient.get_by_id(patient.id)
    assert (answer.status_code, kept.last_name, kept.first_name) == (302, "Ștefan", "👩\u200d⚕️ Ana")
    assert "Ștefan" in desk.get("/patient/?search=ștefan").text
