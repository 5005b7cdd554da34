"""The audit on the screen: what one act changed, by rights, and the proof of the chain."""

from __future__ import annotations

from html import unescape

import pytest

from schema.audit import AuditChange, AuditEntry
from schema.database import is_sqlite, one_act
from schema.patients import Patient
from schema.workflow.audit import take_in
from tests.admin_views.seats import a_seat
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.refusals import raw
from tests.web import a_web


def text(answer):
    return unescape(answer.get_data(as_text=True))


@pytest.fixture
def admin(house):
    """The admin's browser, with the right to read the audit."""
    browser, staff = a_seat(house, {"audit_entry": "all", "patient": "all", "staff": "all"})
    del browser
    held = a_person("admin")
    for role in staff.roles:
        type(role).create(staff=held, role=role.role)
    return a_web(house).as_(held)


def newest():
    return AuditEntry.select().order_by(AuditEntry.id.desc()).get()


def test_an_act_is_told_with_its_changes(desk):
    patient = a_patient(notes="old")
    with one_act():
        patient.notes = "new"
        patient.save()

    page = text(desk.get(f"/audit/entry/?id={newest().id}"))

    assert f"Patient: {patient.last_name} {patient.first_name}" in page
    assert "<del>old</del>" in page and "<ins>new</ins>" in page


def test_what_is_not_for_the_role_is_only_counted(house):
    browser, _ = a_seat(house, {"audit_entry": "all", "patient": "own", "staff": "all"})
    patient = a_patient(notes="a secret")
    with one_act():
        Patient.update(notes="x").where(Patient.id == patient.id).execute()

    page = text(browser.get(f"/audit/entry/?id={newest().id}"))

    assert "secret" not in page and "One more change is not shown" in page
    assert browser.get("/audit/entry/?id=987654321").status_code == 404


def test_the_admin_proves_the_audit_and_reads_what_was_found(admin):
    patient = a_patient()
    take_in("The tests made these rows.")

    page = text(admin.send("/audit/"))
    assert "Everything fits together." in page

    lift_the_guard()
    raw("UPDATE patient SET last_name = 'Forged' WHERE id = ?", patient.id)
    page = text(admin.send("/audit/"))
    assert "Everything fits together." not in page
    assert f"/patient/details/?id={patient.id}" in page


def lift_the_guard():
    """From now on changes of patients leave no trace, as an intruder would have it."""
    if is_sqlite():
        raw("DROP TRIGGER patient_is_recorded_update")
    else:
        raw("ALTER TABLE patient DISABLE TRIGGER ALL")


def test_nobody_but_the_admin_proves(house):
    browser, _ = a_seat(house, {"audit_entry": "all"})

    assert browser.get("/audit/").status_code == 403
    assert browser.send("/audit/").status_code == 403


def test_the_list_of_changes_shows_nobody_what_the_columns_held(house):
    browser, _ = a_seat(house, {"audit_change": "all export"})
    a_patient(notes="a secret")

    newest_change = AuditChange.select().order_by(AuditChange.id.desc()).get()
    details = f"details/?id={newest_change.id}"
    assert browser.get(f"/audit-change/{details}").status_code == 200

    for path in ("", details, "?columns=before,after", "?flt.after.has=secret", "?search=secret"):
        assert "a secret" not in text(browser.get(f"/audit-change/{path}"))
    assert "does not exist here" in text(browser.get("/audit-change/?flt.after.has=secret"))
    assert "a secret" not in browser.get("/audit-change/export/csv/").text


def test_acts_of_others_open_for_those_who_may_read_all(house):
    browser, _ = a_seat(house, {"audit_entry": "own"})
    a_patient()
    take_in("The tests made these rows.")

    assert browser.get(f"/audit/entry/?id={newest().id}").status_code == 404
