"""Statements on the screen: who signs, who reads, what is missing, and the paper itself."""

from __future__ import annotations

import re

import pytest

from admin_views.catalogues import first_rows_of
from schema.audit import AuditChange, ReadEntry
from schema.device_statements import DeviceStatement
from schema.orders import LabOrder
from schema.papers import PaperPrint
from schema.staff import Clinic, Staff
from schema.workflow.device_statements import document_of, in_force
from seed.demo.romanian import SPOKEN
from seed.rights import ROLES
from tests.admin_views.eyes import Eyes
from tests.admin_views.test_matrix import somebody
from tests.papers_read import pages_of, sizes_of, words_of
from tests.web import a_web

CODES = [role.code for role in ROLES]
READERS = {
    "receptionist", "patient_manager", "dentist", "senior_dentist", "lab_supervisor", "technician",
    "manager",
}  # fmt: skip


@pytest.fixture
def supervisor(clinic):
    return somebody("lab_supervisor")


def stated():
    """An order whose newest statement is a correction."""
    return DeviceStatement.select().where(DeviceStatement.version == 2).get().order


def signed(browser, order, person, **said):
    good = {
        "language": "ro", "implantable": "yes", "conformity": "fully", "function": "Șef",
        "signed": f"{person.first_name} {person.last_name}", "reason": "Lotul era greșit.",
    }  # fmt: skip
    return browser.send(f"/statement/{order.id}", good | said)


def test_the_supervisor_signs_and_the_document_opens(clinic, supervisor):
    order, browser = stated(), a_web(clinic).as_(supervisor)

    answer = signed(browser, order, supervisor)

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/statement/{order.id}")
    made = in_force(order)
    assert (made.version, made.by_id) == (3, supervisor.id)
    page = browser.get(f"/statement/{order.id}").get_data(as_text=True)
    assert page.count("In force") == 1 and page.count("Replaced") == 2
    paper = browser.get(f"/statement/document/{made.id}")
    assert (paper.mimetype, paper.data) == ("application/pdf", document_of(made))
    assert set(sizes_of(paper.data)) == {(210, 297)}


@pytest.mark.parametrize(("language", "word"), [("ro", "Declarație"), ("en", "Statement on")])
def test_it_is_signed_in_the_language_that_is_chosen_whatever_the_reader_speaks(
    clinic, supervisor, language, word
):
    order, browser = stated(), a_web(clinic).as_(supervisor)

    signed(browser, order, supervisor, language=language)

    words = " ".join(words_of(document_of(in_force(order))))
    assert word in words and order.patient.code in words
    said = SPOKEN.get(order.work_type.name) if language == "ro" else order.work_type.name
    assert said in words
    assert order.patient.last_name not in words


def test_a_wrong_name_is_refused_and_what_was_typed_stays(clinic, supervisor):
    order, browser = stated(), a_web(clinic).as_(supervisor)

    answer = signed(browser, order, supervisor, signed="Somebody Else", unmet="Why", function="Me")

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Sign with your own name" in page and 'value="Somebody Else"' in page
    assert ">Why</textarea>" in page and 'value="Me"' in page
    assert in_force(order).version == 2


def test_showing_what_it_says_signs_nothing(clinic, supervisor):
    order, browser = stated(), a_web(clinic).as_(supervisor)

    answer = signed(
        browser, order, supervisor, act="show", language="en", conformity="partly",
        unmet="Annex I, 23.2", inside="medicine", substances="Gentamicin",
    )  # fmt: skip

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200 and in_force(order).version == 2
    assert "with the grounds: Annex I, 23.2" in page
    assert "a medicinal substance: Gentamicin" in page


def test_what_is_missing_leads_to_where_it_is_put_right(clinic, supervisor):
    order = LabOrder.select().where(LabOrder.is_draft).get()
    Clinic.update(address=None).execute()
    browser = a_web(clinic).as_(supervisor)

    page = browser.get(f"/statement/{order.id}").get_data(as_text=True)

    assert "the order is registered" in page
    assert re.search(r'<button class="btn main" disabled>', page)
    order = stated()
    page = browser.get(f"/statement/{order.id}").get_data(as_text=True)
    assert "the clinic&#39;s address, as the maker&#39;s" in page
    assert signed(browser, order, supervisor).status_code == 422


@pytest.mark.parametrize("code", CODES)
def test_each_role_reads_its_own_orders_statements_or_none(clinic, code):
    person = somebody(code)
    eyes, browser = Eyes(person), a_web(clinic).as_(person)
    rows = eyes.rows(DeviceStatement) if eyes.may("read", DeviceStatement) else set()
    for one in DeviceStatement.select():
        answer = browser.get(f"/statement/document/{one.id}").status_code
        wanted = 200 if one.id in rows else 404
        assert answer == (wanted if code in READERS else 403)
    order = stated()
    answer = signed(browser, order, person)
    if code != "lab_supervisor":
        assert answer.status_code in (403, 404)
        assert in_force(order).version == 2


def test_whoever_only_reads_is_offered_no_form(clinic):
    person = somebody("manager")

    page = a_web(clinic).as_(person).get(f"/statement/{stated().id}").get_data(as_text=True)

    assert 'id="versions"' in page and 'id="sign"' not in page


def test_opening_a_document_is_noted_as_reading_of_the_patient(clinic, supervisor):
    statement = in_force(stated())
    patient = statement.order.patient_id
    read = ReadEntry.select().where(ReadEntry.patient == patient, ReadEntry.staff == supervisor)
    before = read.count()

    a_web(clinic).as_(supervisor).get(f"/statement/document/{statement.id}")

    assert read.count() > before


def test_the_print_is_the_signed_document_and_is_counted(clinic, supervisor):
    order, browser = stated(), a_web(clinic).as_(supervisor)
    assert "Custom-made device statement" in browser.get(f"/ticket/{order.id}").get_data(True)

    answer = browser.send(f"/papers/{order.id}/statement")
    paper = browser.get(answer.headers["Location"])

    assert paper.data == document_of(in_force(order))
    printed = order.prints.where(PaperPrint.kind == "statement").get()
    assert (printed.copy_number, printed.by_id) == (1, supervisor.id)


def test_an_order_without_a_statement_offers_and_prints_none(clinic, supervisor):
    done = DeviceStatement.select(DeviceStatement.order)
    order = LabOrder.select().where(~LabOrder.is_draft, LabOrder.id.not_in(done)).get()
    browser = a_web(clinic).as_(supervisor)

    page = browser.get(f"/ticket/{order.id}").get_data(as_text=True)
    answer = browser.send(f"/papers/{order.id}/statement", follow_redirects=True)

    assert f"/papers/{order.id}/statement" not in page
    assert "No statement of this order is issued yet." in answer.get_data(as_text=True)
    assert not order.prints.where(PaperPrint.kind == "statement").exists()


def test_the_audit_tells_of_a_statement_without_its_document(clinic, supervisor):
    order, browser = stated(), a_web(clinic).as_(supervisor)
    signed(browser, order, supervisor)

    rows = AuditChange.select().where(AuditChange.table_name == "device_statement")
    last = rows.where(AuditChange.row_id == in_force(order).id).get()

    assert '"hidden"' in last.after and "%PDF" not in last.after
    assert in_force(order).sha256 in last.after


def test_a_long_bridge_with_six_lots_stays_inside_its_pages(clinic, supervisor):
    order = stated()
    long = "Țesătorilor-Constantinescu " * 4
    Clinic.update(name=long[:110], address=long + "București").execute()
    Staff.update(last_name=long[:55].strip()).where(Staff.id == order.dentist_id).execute()
    browser = a_web(clinic).as_(supervisor)
    signed(browser, order, supervisor, conformity="partly", unmet="Anexa I punctul 23.2. " * 90)

    pages = pages_of(document_of(in_force(order)), dpi=100)

    assert len(pages) > 1
    for page in pages:
        ink = page.point(lambda shade: 255 * (shade < 200)).getbbox()
        width, height = page.size
        assert ink[0] > width * 0.05 and ink[2] < width * 0.95
        assert ink[1] > height * 0.03 and ink[3] < height * 0.98
    for words in words_of(document_of(in_force(order))):
        assert order.ticket in words and order.patient.code in words


def test_the_demo_speaks_on_paper_as_on_the_screen():
    known = first_rows_of("ro").phrases

    assert {text: known[text][0] for text in SPOKEN if text in known}.items() <= SPOKEN.items()
    assert {"Crown", "Bridge", "Zirconia, monolithic"} <= known.keys() & SPOKEN.keys()
