"""Rows of many keys are found by one text, however many keys there are."""

from __future__ import annotations

import pytest

from schema.among import among
from schema.patients import Patient
from tests.factories.patients import a_patient

pytestmark = pytest.mark.usefixtures("house")


def found(*tests) -> set[int]:
    return {key for (key,) in Patient.select(Patient.id).where(*tests).tuples()}


def test_the_rows_of_the_keys_are_found_and_no_others():
    first, second, _ = (a_patient().id for _ in range(3))
    assert found(among(Patient.id, {first, second, 987_654_321})) == {first, second}


def test_no_key_is_no_row():
    a_patient()
    assert found(among(Patient.id, [])) == set()


def test_the_test_goes_with_others():
    first, second, third = (a_patient().id for _ in range(3))
    assert found(~among(Patient.id, [first]), Patient.id != second) == {third}
    assert found(among(Patient.id, [first]) | among(Patient.id, [third])) == {first, third}


def test_the_text_is_the_same_for_any_number_of_keys_and_takes_more_than_an_engine_has_marks():
    one, many = (Patient.select().where(among(Patient.id, range(end))) for end in (1, 100_000))
    assert one.sql()[0] == many.sql()[0] and one.count() == 0
    patient = a_patient()
    assert found(among(Patient.id, range(100_000))) == {patient.id}
