"""One guard each: pages and acts that are not for everybody, and who meets them."""

from __future__ import annotations

import io
import re

import pytest

from schema.appointments import Appointment
from schema.patients import Patient
from schema.rights import Grant
from schema.sessions import SignIn
from schema.staff import Role, StaffRole
from tests.admin_views.seats import a_role_with, a_seat
from tests.admin_views.test_writing import new_patient, text
from tests.factories.appointments import an_appointment
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_location, a_person
from tests.web import a_web

STAFF_LIST = "Nume;Prenume;Email;Rol\nPop;Ana;ana.pop@clinic.test;watcher\n"


def upload(browser, kind, data):
    fields = {"kind": kind, "file": (io.BytesIO(data.encode()), "list.csv")}
    return browser.send("/imports/file", fields, content_type="multipart/form-data")


def test_nothing_opens_for_those_who_may_not_read(house):
    browser, _ = a_seat(house, {"location": "all"})

    for page in ("", "new/", "details/?id=1", "edit/?id=1", "export/csv/", "ajax/lookup/?name=x"):
        assert browser.get(f"/patient/{page}").status_code == 403, page
    for page in ("end/", "action/"):
        assert browser.send(f"/patient/{page}", {"id": 1}).status_code == 403, page


def test_readers_do_nothing_but_read(house):
    browser, _ = a_seat(house, {"patient": "all", "location": "all", "staff": "all"})
    patient = a_patient()

    for page in ("new/", f"edit/?id={patient.id}", "export/csv/", "export/xlsx/"):
        assert browser.get(f"/patient/{page}").status_code == 403, page
    assert browser.get("/patient/ajax/lookup/?name=dentist").status_code == 403
    assert browser.send("/patient/new/", new_patient()).status_code == 403
    edited = browser.send(f"/patient/edit/?id={patient.id}", {"row_version": 1})
    assert edited.status_code == 403
    page = text(browser.get("/patient/")) + text(browser.get(f"/patient/details/?id={patient.id}"))
    for address in ("/patient/new/", "/patient/edit/", "/patient/export/", "/patient/end/"):
        assert address not in page


@pytest.mark.parametrize(
    ("verb", "opened"), [("create", "new/"), ("edit", "edit/?id={}"), ("export", "export/csv/")]
)
def test_each_right_opens_its_own_page_only(house, verb, opened):
    browser, _ = a_seat(house, {"patient": verb})
    key = a_patient().id

    for page in ("new/", "edit/?id={}", "export/csv/"):
        expected = 200 if page == opened else 403
        assert browser.get(f"/patient/{page.format(key)}").status_code == expected, page


def test_only_references_of_the_form_are_looked_up(house):
    rights = {"patient": "create", "staff": "all", "location": "all"}
    browser, _ = a_seat(house, rights, fixes="patient.dentist")

    for name in ("dentist", "location", "password_hash", "id", ""):
        assert browser.get(f"/patient/ajax/lookup/?name={name}").status_code == 404, name


def test_rows_are_ended_by_those_who_may_edit_them(house):
    browser, _ = a_seat(house, {"patient": "all", "location": "all"})
    key = a_patient().id

    assert browser.send("/patient/end/", {"id": key}).status_code == 403
    many = {"action": "end", "rowid": [key]}
    assert browser.send("/patient/action/", many).status_code == 403
    assert Patient.get().ended_on is None


def test_rows_are_not_ended_by_those_who_may_not_write_the_day(house):
    rights = {"patient": "edit", "location": "all"}
    browser, _ = a_seat(house, rights, fixes="patient.ended_on")
    key = a_patient().id

    assert browser.send("/patient/end/", {"id": key}).status_code == 403
    many = {"action": "end", "rowid": [key]}
    assert browser.send("/patient/action/", many).status_code == 403
    assert Patient.get().ended_on is None


def test_only_rows_of_ones_own_are_ended(house):
    browser, staff = a_seat(house, {"patient": "own edit", "location": "all"})
    mine, other = a_patient(dentist=staff), a_patient()

    assert browser.send("/patient/end/", {"id": other.id}).status_code == 404
    many = {"action": "end", "rowid": [mine.id, other.id]}
    assert browser.send("/patient/action/", many).status_code == 404
    unknown = {"action": "erase", "rowid": [mine.id]}
    assert browser.send("/patient/action/", unknown).status_code == 403
    assert not Patient.select().where(Patient.ended_on.is_null(False)).exists()


def test_what_does_not_end_by_hand_is_not_ended(desk):
    key = an_appointment().id

    assert desk.send("/appointment/end/", {"id": key}).status_code == 404
    many = {"action": "end", "rowid": [key]}
    assert desk.send("/appointment/action/", many).status_code == 403
    assert Appointment.get().cancelled_at is None
    held = StaffRole.get().role_id
    desk.send("/role/end/", {"id": held})
    assert StaffRole.get().role.ended_on is None  # somebody works in it: a rule refuses


def test_the_button_for_password_links_is_for_admins(house):
    role = a_role_with({"staff": "all"}, code="admin")
    browser, staff = a_seat(house, {"staff": "all"})
    admin = a_web(house).as_(a_person(role.code))
    path = f"/staff/details/?id={staff.id}"

    assert "/password-link" in text(admin.get(path))
    assert "/password-link" not in text(browser.get(path))


def test_the_rights_page_is_for_admins_who_look_as_themselves(house):
    admin_role = a_role_with({"role_grant": "edit"}, code="admin")
    browser, staff = a_seat(house, {"role_grant": "edit create"})
    assert browser.get("/rights/").status_code == 403
    assert browser.send("/rights/", {"role": staff.roles.get().role_id}).status_code == 403

    other_role = a_role_with({"patient": "all"}, code="other")
    admin = a_web(house).as_(a_person(admin_role.code))
    assert admin.get("/rights/").status_code == 200
    SignIn.update(seen_as_role=other_role).execute()
    assert admin.get("/rights/").status_code == 403


def test_the_admin_is_not_locked_out_of_the_rights(house):
    role = a_role_with({"role_grant": "edit"}, code="admin")
    admin = a_web(house).as_(a_person(role.code, language="en"))

    answer = admin.send("/rights/", {"role": role.id}, follow_redirects=True)

    assert "must keep reading and editing" in text(answer)
    assert Grant.select().count() == 1


def test_a_waiting_file_waits_for_those_who_may_still_write_it(house):
    browser, _ = a_seat(house, {"patient": "create", "appointment": "create", "location": "all"})
    assert upload(browser, "patients", "Nume;Prenume\nPop;Ana\n").location == "/imports/columns"

    Grant.update(may_create=False).where(Grant.table_name == "patient").execute()

    assert browser.get("/imports/columns").status_code == 403
    assert browser.send("/imports/check", {"column.0": "last_name"}).status_code == 403
    assert browser.send("/imports/write").status_code == 403


@pytest.mark.parametrize("rights", ["", "create"])
def test_imported_people_get_roles_from_those_who_may_give_roles(house, rights):
    browser, _ = a_seat(
        house, {"staff": "create", "role": "all", "staff_role": rights}, location=a_location()
    )
    assert upload(browser, "staff", STAFF_LIST).location == "/imports/columns"
    names = ("last_name", "first_name", "email", "roles")
    columns = {f"column.{place}": name for place, name in enumerate(names)}

    checked = browser.send("/imports/check", columns)

    assert checked.status_code == (200 if rights else 403)
    assert ('"roles"' in text(browser.get("/imports/columns"))) == bool(rights)


def test_no_list_leads_to_a_page_that_is_not_open(house):
    tables = [
        "lead",
        "card",
        "pipeline",
        "stage",
        "role",
        "location",
        "audit_entry",
        "opening_hours",
    ]
    browser, _ = a_seat(house, dict.fromkeys(tables, "all"), hides="card.stage")
    stage = a_pipeline().stages.get()
    rows = {"pipeline": stage.pipeline_id, "stage": stage.id, "role": Role.get().id}
    rows["location"] = a_location().id
    pages = [f"/{table.replace('_', '-')}/" for table in tables]
    pages += [f"/{table}/details/?id={key}" for table, key in rows.items()]

    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        ways = set(re.findall(r'href="(/[a-z-]+/)', answer.text))
        assert ways.isdisjoint({"/board/", "/pipelines/", "/rights/", "/hours/", "/audit/"}), page
