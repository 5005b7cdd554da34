"""The truths of saved views, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.staff import Clinic
from tests.factories import views as make
from tests.factories.staff import a_clinic, a_person
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_person_gives_a_name_once_for_a_list():
    somebody = a_person()
    make.a_view(name="Mine", owner=somebody)
    other = make.a_view(name="Other", owner=somebody)

    with refuses("saved_view_name_is_free"):
        raw("UPDATE saved_view SET name = 'Mine' WHERE id = ?", other.id)
    make.a_view(name="Mine", owner=a_person())
    make.a_view(name="Mine", owner=somebody, table_name="lead")
    make.a_view(name="Mine", owner=somebody, ended_on=dt.date(2026, 1, 1))


def test_the_clinic_gives_a_name_once_for_a_list():
    make.a_view(name="Late", owner=None)
    other = make.a_view(name="Other", owner=None)

    with refuses("saved_view_name_is_free"):
        raw("UPDATE saved_view SET name = 'Late' WHERE id = ?", other.id)


def test_a_question_is_not_endless():
    view = make.a_view()

    with refuses("saved_view_question_is_short"):
        raw("UPDATE saved_view SET question = ? WHERE id = ?", "x" * 2001, view.id)


@pytest.mark.parametrize("place", [0, 1000])
def test_a_view_has_a_place_among_the_others(place):
    view = make.a_view()

    with refuses("saved_view_has_a_place"):
        raw("UPDATE saved_view SET position = ? WHERE id = ?", place, view.id)


def test_a_view_stays_with_its_list():
    view = make.a_view()

    with refuses("saved_view_list_stays"):
        raw("UPDATE saved_view SET table_name = 'lead' WHERE id = ?", view.id)


def test_a_view_is_shared_with_a_role_once():
    shared = make.a_shared_view()

    with refuses("saved_view_role_shared_once"):
        raw(
            "INSERT INTO saved_view_role (view_id, role_id) VALUES (?, ?)",
            shared.view_id,
            shared.role_id,
        )


def test_a_person_chooses_once_for_a_view():
    one = make.a_view_choice()
    two = make.a_view_choice(staff=one.staff)

    with refuses("view_choice_once"):
        raw("UPDATE view_choice SET view_id = ? WHERE id = ?", one.view_id, two.id)


def test_a_list_opens_with_one_view():
    one = make.a_view_choice(is_start=True)
    two = make.a_view_choice(staff=one.staff)

    with refuses("view_choice_has_one_start"):
        raw("UPDATE view_choice SET is_start = TRUE WHERE id = ?", two.id)


def test_a_choice_is_of_the_list_of_its_view():
    choice = make.a_view_choice()

    with refuses("view_choice_of_its_list"):
        raw("UPDATE view_choice SET table_name = 'lead' WHERE id = ?", choice.id)


def test_views_move_the_stamp_that_lists_are_remembered_by():
    before = a_clinic().rights_stamp
    make.a_shared_view()
    choice = make.a_view_choice()
    choice.delete_instance()

    assert Clinic.get().rights_stamp == before + 5
