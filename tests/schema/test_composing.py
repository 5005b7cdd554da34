"""A query is composed in one pass, however deep its subqueries lie; nothing is among nothing."""

from __future__ import annotations

import pytest
from peewee import SQL, Context

from schema.patients import Patient
from tests.factories.patients import a_patient

pytestmark = pytest.mark.usefixtures("house")


class Counted(SQL):
    """A piece of SQL that counts how often it is composed."""

    times = 0

    def __sql__(self, ctx: Context) -> Context:
        self.times += 1
        return super().__sql__(ctx)


def test_a_subquery_is_composed_once_however_deep_it_lies():
    patient, test = a_patient(), Counted("1 = 1")
    found = Patient.select(Patient.id).where(test)
    for _ in range(5):
        found = Patient.select(Patient.id).where(Patient.id.in_(found))
    assert [one.id for one in found] == [patient.id]
    assert test.times == 1


@pytest.mark.parametrize("nothing", [[], (), set()], ids=["list", "tuple", "set"])
def test_nothing_is_among_nothing(nothing):
    a_patient()
    assert not Patient.select().where(Patient.id.in_(nothing)).exists()


def test_everything_is_outside_of_nothing():
    a_patient()
    assert Patient.select().where(Patient.id.not_in([])).exists()
