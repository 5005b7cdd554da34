"""A dentist's preference is said once, says something, and stays with its dentist."""

from __future__ import annotations

import pytest

from schema.preferences import DentistPreference
from tests.copies import insert_like
from tests.factories import TODAY
from tests.factories.lab import a_material
from tests.factories.preferences import a_dentist_preference
from tests.factories.staff import a_person
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_preference_stands_once_for_what_it_is_for():
    wish = a_dentist_preference()
    with refuses("dentist_preference_said_once"):
        insert_like(wish)
    insert_like(wish, material_id=a_material().id)
    raw("UPDATE dentist_preference SET ended_on = ? WHERE id = ?", str(TODAY), wish.id)
    insert_like(wish, ended_on=None)
    assert DentistPreference.select().count() == 3


def test_a_preference_says_something_and_stays_with_its_dentist():
    wish = a_dentist_preference()
    with refuses("dentist_preference_says_something"):
        raw("UPDATE dentist_preference SET wish = ' a ' WHERE id = ?", wish.id)
    with refuses("dentist_preference_stays_with_its_dentist"):
        other = a_person("dentist").id
        raw("UPDATE dentist_preference SET dentist_id = ? WHERE id = ?", other, wish.id)
