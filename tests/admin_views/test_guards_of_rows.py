"""One guard each: rows that a person may not know of, and the places where they might turn up."""

from __future__ import annotations

import re

import pytest

from admin_views import exporting
from admin_views.policy import can, can_see_table, scope
from admin_views.ways import reaches, stands_at
from schema import TABLES
from schema.base import utcnow
from schema.patients import Patient
from schema.rights import Grant
from schema.staff import Location, Staff, StaffRole
from schema.workflow.sign_in import begin_session
from tests.admin_views.seats import a_role_with, a_seat, sitting
from tests.admin_views.test_lists import names
from tests.admin_views.test_matrix import listed
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person


def keys_in(browser, model, page):
    return listed(text(browser.get(page)))


def test_without_a_right_on_a_table_it_is_not_there(house):
    browser, _ = a_seat(house, {"location": "all"})
    key = a_patient().id

    for page in ("", "new/", f"details/?id={key}", f"edit/?id={key}", "export/csv/"):
        assert browser.get(f"/patient/{page}").status_code == 403, page
    with sitting(browser):
        assert not can("read", Patient) and not can_see_table(Patient)
        assert not Patient.select().where(scope(Patient)).exists()


def test_own_rows_are_all_that_there_is(house):
    browser, staff = a_seat(house, {"patient": "own edit export"})
    mine = a_patient(last_name="Albu", dentist=staff)
    other = a_patient(last_name="Barbu", dentist=a_person())
    a_patient(last_name="Codru", dentist=None)

    for query in ("", "search=u", "flt.last_name.has=u", "sort=-last_name"):
        assert names(browser, query) == ["Albu"], query
    assert text(browser.get("/patient/export/csv/")).count("\n") == 2
    for page in ("details", "edit"):
        assert browser.get(f"/patient/{page}/?id={mine.id}").status_code == 200
        assert browser.get(f"/patient/{page}/?id={other.id}").status_code == 404


def test_own_cards_are_all_that_there_is(house):
    browser, staff = a_seat(house, {"lead": "own", "card": "all"})
    mine = a_lead(card=a_card("lead", responsible=staff))
    other = a_lead(card=a_card("lead", responsible=a_person()))

    assert browser.get(f"/lead/details/?id={mine.id}").status_code == 200
    assert browser.get(f"/lead/details/?id={other.id}").status_code == 404


@pytest.mark.parametrize("limit", ["own", "location"])
def test_rows_that_have_no_owner_are_nobodys_own(house, limit):
    browser, _ = a_seat(house, {"referrer": limit, "role": limit}, location=a_location())

    answer = browser.get("/role/")
    assert answer.status_code == 200 and not text(answer).count("<td")


def test_somebody_without_a_place_has_not_the_rows_without_one(house):
    browser, staff = a_seat(house, {"staff": "location"}, location=None)
    a_person(location=None)

    assert keys_in(browser, Staff, "/staff/") == set()
    Staff.update(location=a_location()).where(Staff.id == staff.id).execute()
    assert keys_in(browser, Staff, "/staff/") == {staff.id}


def test_a_right_that_was_taken_away_is_gone_at_once(house):
    browser, _ = a_seat(house, {"patient": "all"})
    assert browser.get("/patient/").status_code == 200

    Grant.delete().execute()

    assert browser.get("/patient/").status_code == 403


def test_names_of_foreign_rows_are_neither_told_nor_found(house):
    browser, staff = a_seat(house, {"patient": "own", "appointment": "all"})
    mine = an_appointment(patient=a_patient(last_name="Albuleanu", dentist=staff))
    other = a_patient(last_name="Barbulescu")
    an_appointment(patient=other)

    page = text(browser.get("/appointment/"))
    assert "Albuleanu" in page and "Barbulescu" not in page
    for words in ("albuleanu", "al"):
        assert keys_in(browser, type(mine), f"/appointment/?search={words}") == {mine.id}
    for query in (
        "search=barbulescu",
        "search=ba",
        "flt.patient.has=barbulescu",
        f"flt.patient.is={other.id}",
    ):
        assert keys_in(browser, type(mine), f"/appointment/?{query}") == set(), query


def test_sorting_tells_nothing_of_the_names_of_foreign_rows(house):
    browser, _ = a_seat(house, {"patient": "own", "appointment": "all"})
    last = an_appointment(patient=a_patient(last_name="Zamfir"))
    first = an_appointment(patient=a_patient(last_name="Albu"))

    page = text(browser.get("/appointment/?sort=patient"))

    shown = re.findall(r"details/\?id=(\d+)", page[page.index("<tbody>") :])
    assert list(dict.fromkeys(map(int, shown))) == sorted((last.id, first.id))


def test_two_people_of_the_same_role_find_different_rows(house):
    browser, staff = a_seat(house, {"patient": "own", "appointment": "all"})
    colleague = a_person("watcher", language="en")
    mine, theirs = (
        an_appointment(patient=a_patient(last_name="Popescu", dentist=who))
        for who in (staff, colleague)
    )
    other = another_browser(browser, colleague)

    assert keys_in(browser, type(mine), "/appointment/?search=popescu") == {mine.id}
    assert keys_in(other, type(mine), "/appointment/?search=popescu") == {theirs.id}


def another_browser(browser, staff):
    """Another browser over the same application, which keeps what it remembers."""
    other = browser.application.test_client()
    return other.take(begin_session(staff, "127.0.0.1", "A test", utcnow()))


def test_a_picker_offers_twenty_rows_of_ones_own(house):
    browser, staff = a_seat(house, {"patient": "own", "appointment": "create"})
    mine = {a_patient(dentist=staff).id for _ in range(22)}
    a_patient(last_name="Aaa")

    url = "/appointment/ajax/lookup/?name=patient&limit=500&query="
    offered = {row[0] for row in browser.get(url).json}

    assert len(offered) == 20 and offered <= mine


def test_a_picker_serves_those_who_may_only_edit(house):
    browser, _ = a_seat(house, {"patient": "all", "appointment": "edit"})
    patient = a_patient()

    answer = browser.get("/appointment/ajax/lookup/?name=patient&query=")

    assert [row[0] for row in answer.json] == [patient.id]


def test_a_picker_tells_namesakes_apart_by_what_may_be_read(house):
    rights = {"patient": "all", "appointment": "create"}
    browser, _ = a_seat(house, rights, hides="patient.phone")
    patient = a_patient(last_name="Popescu", code="P-000777", phone="0722333444")

    answer = text(browser.get("/appointment/ajax/lookup/?name=patient&query="))

    assert patient.code in answer and "333" not in answer


def test_a_picker_narrows_its_offer_by_what_may_be_read(house):
    rights = {"order_visit": "create", "appointment": "all", "patient": "all"}
    browser, _ = a_seat(house, rights, hides="appointment.patient")
    mine, other = an_appointment(), an_appointment()

    url = f"/order-visit/ajax/lookup/?name=appointment&patient={mine.patient_id}"

    assert {row[0] for row in browser.get(url).json} == {mine.id, other.id}


def test_a_select_offers_rows_of_ones_own_place(house):
    browser, staff = a_seat(
        house, {"patient": "all create", "location": "location"}, location=a_location()
    )
    other = a_location(name="Elsewhere")

    page = text(browser.get("/patient/new/"))

    assert f'<option value="{staff.location_id}"' in page
    assert f'<option value="{other.id}"' not in page and "Elsewhere" not in page


def test_a_file_holds_so_many_rows_at_most(house, monkeypatch):
    monkeypatch.setattr(exporting, "MOST_ROWS", 2)
    browser, _ = a_seat(house, {"location": "export"})
    for _ in range(4):
        a_location()

    assert Location.select().count() == 4
    assert len(text(browser.get("/location/export/csv/")).splitlines()) == 3


def test_a_role_that_reads_all_does_not_widen_what_another_role_edits_and_exports(house):
    browser, staff = a_seat(house, {"patient": "own edit export create"})
    reader = a_role_with({"patient": "all"}, code="reader")
    StaffRole.create(staff=staff, role=reader)
    mine, other = a_patient(dentist=staff), a_patient(last_name="Barbu")

    assert keys_in(browser, Patient, "/patient/") == {mine.id, other.id}
    assert browser.get(f"/patient/details/?id={other.id}").status_code == 200
    assert f"/patient/edit/?id={other.id}" not in text(
        browser.get(f"/patient/details/?id={other.id}")
    )
    assert browser.get(f"/patient/edit/?id={mine.id}").status_code == 200
    assert browser.get(f"/patient/edit/?id={other.id}").status_code == 403
    assert browser.send("/patient/end/", {"id": other.id}).status_code == 403
    several = browser.send("/patient/action/", {"action": "end", "rowid": [mine.id, other.id]})
    assert several.status_code == 403
    assert Patient.select().where(Patient.ended_on.is_null(False)).count() == 0
    file = text(browser.get("/patient/export/csv/"))
    assert mine.code in file and other.code not in file


def test_asking_each_row_where_it_stands_finds_what_gathering_all_places_finds(clinic):
    for model in TABLES:
        for path in getattr(model._meta, "place", None) or ():
            for location in Location.select(Location.id):
                asked, gathered = (
                    {row._pk for row in model.select(model._meta.primary_key).where(way)}
                    for way in (
                        stands_at(model, path.split("."), location.id),
                        reaches(model, path.split("."), location.id),
                    )
                )
                assert asked == gathered, (model, path)
