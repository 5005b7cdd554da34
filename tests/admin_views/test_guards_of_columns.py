"""One guard each: a column that may not be read or written, and the ways by which it might be."""

from __future__ import annotations

import pytest

from admin_views.columns import columns_of
from admin_views.forms import form_columns
from admin_views.picked_words import codes_in
from admin_views.policy import can
from schema import TABLES
from schema.base import option
from schema.patients import Patient
from schema.staff import Clinic, Staff, StaffRole
from tests.admin_views.seats import a_role_with, a_seat, sitting
from tests.admin_views.test_lists import names
from tests.admin_views.test_matrix import heads
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.billing import a_draft_invoice
from tests.factories.leads import a_lead
from tests.factories.patients import a_guardian, a_patient, a_patient_tag
from tests.factories.pipelines import a_pipeline, stage_of
from tests.factories.staff import a_location, a_person
from tests.pages import posted

WHOLE = "create edit export"


def test_a_hidden_column_is_on_no_page_and_in_no_file(house):
    browser, _ = a_seat(house, {"patient": WHOLE, "location": ""}, hides="patient.phone")
    key = a_patient(phone="0722333444").id

    for page in ("", "new/", f"details/?id={key}", f"edit/?id={key}", "export/csv/"):
        said = text(browser.get(f"/patient/{page}"))
        assert "0722 333 444" not in said and "+40722333444" not in said, page
        assert "Phone" not in said, page


def test_a_hidden_column_is_no_oracle(house):
    browser, _ = a_seat(house, {"patient": "all", "location": ""}, hides="patient.phone")
    a_patient(last_name="Albu", phone="0722333444")
    a_patient(last_name="Barbu", phone="0722111222")
    usual = names(browser, "")

    for query in ("flt.phone.is=0722111222", "flt.phone.has=111", "sort=phone", "sort=-phone"):
        assert names(browser, query) == usual == ["Albu", "Barbu"], query
    assert names(browser, "search=111222") == []
    assert names(browser, "search=barbu") == ["Barbu"]


def test_nobody_finds_by_a_hidden_reference(house):
    rights = {"patient": "all", "staff": "all"}
    browser, _ = a_seat(house, rights, hides="patient.dentist")
    a_patient(last_name="Albu", dentist=a_person(last_name="Vasilescu"))

    assert names(browser, "search=vasilescu") == []
    assert names(browser, "search=albu") == ["Albu"]


def test_a_reference_to_an_unreadable_table_is_not_there(house):
    browser, _ = a_seat(house, {"patient": WHOLE})
    key = a_patient(last_name="Albu", dentist=a_person(last_name="Vasilescu")).id

    assert "Dentist" not in heads(text(browser.get("/patient/")))
    assert "Dentist" not in text(browser.get(f"/patient/edit/?id={key}"))
    assert names(browser, "flt.dentist.empty=") == ["Albu"]


def test_secret_columns_are_nobodys(manager):
    secrets = [(model, name) for model in TABLES for name in option(model, "secret", ())]

    assert (Staff, "password_hash") in secrets
    with sitting(manager):
        for model, name in secrets:
            assert not can("read", model, name)
            assert name not in columns_of(model)
            assert name not in form_columns(model)


def test_columns_that_verbs_own_are_in_no_form(desk):
    owned = [(model, name) for model in TABLES for name in option(model, "verb_owned", ())]

    assert (Clinic, "rights_stamp") in owned
    with sitting(desk):
        for model, name in owned:
            assert not can("edit", model, name)
            assert name not in form_columns(model)


@pytest.mark.parametrize("limit", ["hides", "fixes"])
def test_a_read_only_column_is_not_written(house, limit):
    rights = {"patient": "edit", "location": "all"}
    browser, _ = a_seat(house, rights, **{limit: "patient.notes"})
    key = a_patient(notes="as it was").id
    page = posted(text(browser.get(f"/patient/edit/?id={key}")))

    assert "notes" not in page
    sent = page | {"notes": "changed", "first_name": "Elena"}
    assert browser.send(f"/patient/edit/?id={key}", sent).status_code == 302
    kept = Patient.get_by_id(key)
    assert (kept.notes, kept.first_name) == ("as it was", "Elena")


@pytest.mark.parametrize("limit", ["hides", "fixes"])
def test_a_role_that_only_reads_frees_no_column_of_a_role_that_writes(house, limit):
    browser, staff = a_seat(house, {"patient": "edit"}, **{limit: "patient.notes"})
    StaffRole.create(staff=staff, role=a_role_with({"patient": "all"}, code="reader"))
    key = a_patient(notes="as it was").id

    assert "as it was" in text(browser.get(f"/patient/details/?id={key}"))
    assert "notes" not in posted(text(browser.get(f"/patient/edit/?id={key}")))


def test_who_may_not_read_names_meets_codes(house):
    rights = {"patient": "all", "appointment": "all"}
    browser, _ = a_seat(house, rights, hides="patient.last_name patient.first_name")
    for code, name in (("P-000001", "Zamfir"), ("P-000002", "Albu")):
        an_appointment(patient=a_patient(code=code, last_name=name))

    page = text(browser.get("/appointment/?sort=patient"))

    assert "Albu" not in page and "Zamfir" not in page
    assert 0 < page.index("P-000001") < page.index("P-000002")


def test_the_usual_order_tells_nothing_of_names_that_may_not_be_read(house):
    browser, _ = a_seat(house, {"patient": "all"}, hides="patient.last_name")
    for code, name in (("P-000001", "Albu"), ("P-000002", "Zamfir")):
        a_patient(code=code, last_name=name)

    page = text(browser.get("/patient/"))

    assert 0 < page.index("P-000002") < page.index("P-000001")


def test_columns_of_a_card_are_not_there_without_its_key(house):
    rights = {"lead": "all export", "card": "all", "stage": "all"}
    browser, _ = a_seat(house, rights, hides="lead.card")
    key = a_lead().id

    for page in ("", f"details/?id={key}", "export/csv/"):
        assert "Priority" not in text(browser.get(f"/lead/{page}")), page


def test_child_rows_show_only_what_may_be_read(house):
    rights = {"patient": "all", "guardian": "all", "appointment": "all"}
    browser, _ = a_seat(house, rights, hides="guardian.name appointment.patient")
    patient = a_patient(location=a_location())
    a_guardian(patient=patient, name="Elena Popescu", relation="mother")
    an_appointment(patient=patient)

    page = text(browser.get(f"/patient/details/?id={patient.id}"))

    main = page[page.index("<main") :]
    assert "Mother" in main and "Elena" not in main
    assert "Appointments" not in main


def test_a_table_of_which_nothing_may_be_read_breaks_no_page(house):
    rights = {"patient": "all", "patient_tag": "all export"}
    browser, _ = a_seat(house, rights, hides="patient_tag.tag patient_tag.patient")
    key = a_patient_tag(tag="anxious").patient_id

    for page in ("patient-tag/", "patient-tag/export/csv/", f"patient/details/?id={key}"):
        answer = browser.get(f"/{page}")
        assert answer.status_code == 200 and "anxious" not in text(answer), page


@pytest.mark.parametrize(
    ("right", "hides", "told"),
    [("all", "", 1), ("all", "stage.name", 0), ("all", "stage.code", 0), ("own", "", 0)],
)
def test_codes_are_offered_by_names_that_may_be_read(house, right, hides, told):
    stage_of(a_pipeline(), "working")
    browser, _ = a_seat(house, {"stage": right}, hides=hides)
    with sitting(browser):
        assert len([code for code, _ in codes_in("stage.code")[""] if code == "working"]) == told


def test_a_row_without_a_number_is_named_by_what_may_be_read(house):
    rights = {"invoice": "all", "patient": "all"}
    browser, _ = a_seat(house, rights, hides="invoice.patient")
    key = a_draft_invoice(patient=a_patient(last_name="Zebrescu")).id

    page = text(browser.get(f"/invoice/details/?id={key}"))

    assert "Draft invoice" in page and "Zebrescu" not in page
