"""Who looked at whose health data: every opening, list, search and export is written down."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest

from admin_views import reading
from schema.audit import ReadEntry
from schema.database import database, is_sqlite
from schema.patients import Patient
from schema.working_time import clinic_zone
from tests.admin_views.seats import a_seat
from tests.factories.orders import an_order
from tests.factories.patients import a_patient
from tests.factories.staff import a_location
from tests.pages import posted
from tests.refusals import raw


def entries():
    """The reading log: (act, table, patient, ids), oldest first."""
    return [
        (one.act, one.table_name, one.patient_id, one.ids)
        for one in ReadEntry.select().order_by(ReadEntry.id)
    ]


def text(answer):
    return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    ("page", "act"), [("details", "detail"), ("edit", "form"), ("history", "history")]
)
def test_opening_a_record_is_an_entry_for_its_patient(desk, page, act):
    order = an_order(patient=a_patient())

    desk.get(f"/lab-order/{page}/?id={order.id}")

    assert entries() == [(act, "lab_order", order.patient_id, f",{order.id},")]
    entry = ReadEntry.get()
    assert entry.staff_id and (entry.role, entry.address) == ("everything", "127.0.0.1")
    assert len(entry.request) == 8


def test_a_record_of_two_patients_is_an_entry_for_each(desk):
    child, mother = a_patient(), a_patient()
    guardian = child.guardians.model.create(patient=child, guardian=mother, relation="mother")

    desk.get(f"/guardian/details/?id={guardian.id}")

    assert {patient for _, _, patient, _ in entries()} == {child.id, mother.id}


def test_patients_named_by_groups_are_noted(desk):
    order = an_order(patient=a_patient())

    desk.get("/lab-order/?group=patient")

    assert ("list", "patient", None, f",{order.patient_id},") in entries()


def test_a_list_a_search_and_a_picker_are_one_entry_each_with_the_rows_shown(desk):
    first, second = a_patient(last_name="Albu"), a_patient(last_name="Popa")

    desk.get("/patient/")
    desk.get("/patient/?search=popa")
    desk.get("/appointment/ajax/lookup/?name=patient&query=popa")

    assert entries() == [
        ("list", "patient", None, f",{first.id},{second.id},"),
        ("search", "patient", None, f",{second.id},"),
        ("search", "patient", None, f",{second.id},"),
    ]


def test_what_the_search_field_found_is_noted(desk):
    patient = a_patient(last_name="Popa")

    desk.get("/find/?search=popa")

    assert ("search", "patient", None, f",{patient.id},") in entries()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_tells_which_rows_went_out(desk, kind):
    patient = a_patient()

    desk.get(f"/patient/export/{kind}/").get_data()

    assert entries() == [("export", "patient", None, f",{patient.id},")]


def test_a_preview_of_many_changes_is_a_look_at_each_record(desk):
    first, second = a_patient(), a_patient()
    rows = f"{first.id}:{first.row_version},{second.id}:{second.row_version}"
    asked = {"table": "patient", "rows": rows, "change": "language", "language": "en"}

    desk.send("/bulk/", asked | {"step": "preview"})

    assert entries() == [("list", "patient", None, f",{first.id},{second.id},")]


def test_patients_below_a_record_of_another_kind_are_a_list(desk):
    patient = a_patient()

    desk.get(f"/location/details/?id={patient.location_id}")

    assert ("list", "patient", None, f",{patient.id},") in entries()


def test_what_tells_of_nobody_is_not_logged(desk):
    desk.get("/location/")
    desk.get(f"/location/details/?id={a_location().id}")
    desk.get("/patient/")

    assert entries() == []


def test_a_refused_page_is_no_reading(house):
    browser, _ = a_seat(house, {"patient": "own"})
    patient = a_patient()

    assert browser.get(f"/patient/details/?id={patient.id}").status_code == 404
    assert entries() == []


def test_a_merge_page_shows_the_record_too(desk):
    patient = a_patient()
    path = f"/patient/edit/?id={patient.id}"
    form = posted(desk.get(path).get_data(as_text=True))
    Patient.update(row_version=2).execute()

    assert desk.send(path, form).status_code == 409
    assert [act for act, *_ in entries()] == ["form", "form"]


def fill_the_disk():
    """From now on no entry can be written."""
    if is_sqlite():
        body = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        raw(f"CREATE TRIGGER full_disk BEFORE INSERT ON read_entry {body}")
        return
    raw(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE 'disk full' USING ERRCODE = '53100'; END $$"
    )
    raw(
        "CREATE TRIGGER full_disk BEFORE INSERT ON read_entry "
        "FOR EACH ROW EXECUTE FUNCTION full_disk()"
    )


def test_a_log_that_cannot_be_written_keeps_nobody_from_reading(desk, caplog):
    patient = a_patient()
    fill_the_disk()

    assert desk.get(f"/patient/details/?id={patient.id}").status_code == 200
    assert "who looked could not be written" in caplog.text

    raw("DROP TRIGGER full_disk" if is_sqlite() else "DROP TRIGGER full_disk ON read_entry")
    reading.write_waiting()
    assert entries() == [("detail", "patient", patient.id, f",{patient.id},")]


def test_a_list_stays_as_quick_as_it_was(desk):
    a_patient()
    desk.get("/patient/")
    asked = []
    database.obj.query_hooks.append(lambda event: asked.append(event.sql))
    answer = desk.get("/patient/", buffered=False)
    waited_for = len(asked)
    answer.close()
    database.obj.query_hooks.clear()

    written = [place for place, sql in enumerate(asked) if "read_entry" in sql]
    assert len(written) == 1 and written[0] >= waited_for


def test_who_looked_is_one_click_from_the_patient(desk):
    patient, order = a_patient(), an_order(patient=a_patient())
    desk.get(f"/patient/details/?id={order.patient_id}")
    desk.get(f"/lab-order/details/?id={order.id}")
    desk.get(f"/patient/details/?id={patient.id}")

    record = text(desk.get(f"/patient/details/?id={order.patient_id}"))
    page = text(desk.get(f"/looked/?id={order.patient_id}"))

    assert f'href="/looked/?id={order.patient_id}"' in record
    assert "Record · Patient" in page and f"/lab-order/details/?id={order.id}" in page
    assert "Everything" in page and "127.0.0.1" in page
    assert f"/patient/details/?id={patient.id}" not in page


def test_lists_are_found_for_chosen_days(desk):
    patient = a_patient(last_name="Popa")
    an_order(patient=patient)
    desk.get("/patient/?search=popa")
    desk.get("/lab-order/")
    today = dt.datetime.now(clinic_zone()).date()

    found = text(desk.get(f"/looked/?id={patient.id}&from={today}"))
    before = text(desk.get(f"/looked/?id={patient.id}&from=2020-01-01&to=2020-01-31"))
    long = text(desk.get(f"/looked/?id={patient.id}&from=2020-01-01&to=2021-01-31"))

    assert "Search · Patient" in found and "List · Lab order" in found
    assert "In no list" in before
    assert "at most 31 days" in long


def test_only_those_with_the_right_may_ask(house):
    browser, _ = a_seat(house, {"patient": "all"})
    patient = a_patient()

    assert browser.get(f"/looked/?id={patient.id}").status_code == 403
    assert "/looked/" not in text(browser.get(f"/patient/details/?id={patient.id}"))


def test_somebody_who_opens_no_patients_asks_by_code_and_learns_no_name(house):
    browser, _ = a_seat(house, {"read_entry": "all", "staff": "all"})
    patient = a_patient(last_name="Popescu")

    page = text(browser.get(f"/looked/?code={patient.code}"))

    assert f"#{patient.id}" in page and "Popescu" not in page
    assert browser.get("/looked/?code=none").status_code == 404


def test_a_patient_out_of_scope_is_not_asked_about(house):
    browser, staff = a_seat(house, {"read_entry": "all", "patient": "own", "staff": "all"})
    mine, other = a_patient(dentist=staff), a_patient()

    assert browser.get(f"/looked/?id={mine.id}").status_code == 200
    assert browser.get(f"/looked/?id={other.id}").status_code == 404
