"""Papers of an order: read back as scanners do, counted, silent on what one may not see."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from peewee import fn

from schema.base import utcnow
from schema.cards import Card
from schema.codes import order_code, read_code
from schema.components import Component
from schema.lab import WorkType
from schema.movements import ComponentMovement
from schema.orders import LabOrder, OrderVisit
from schema.papers import PaperPrint
from schema.patients import Patient
from schema.staff import Staff
from seed.rights import ROLES
from tests.admin_views.eyes import Eyes
from tests.admin_views.test_matrix import somebody
from tests.factories.appointments import an_appointment
from tests.papers_read import codes_on, pages_of, sizes_of, words_of
from tests.web import a_web

OUTSIDE = "https://panel.example.ro"
SIZES = {"ticket": (148, 210), "tray": (148, 105), "labels": (54, 25)}
CODES = [role.code for role in ROLES]
PRINTERS = {
    "receptionist", "patient_manager", "dentist", "senior_dentist", "lab_supervisor", "technician",
}  # fmt: skip


def an_open_order(eyes, with_parts=False):
    """A registered order of the person's own scope."""
    rows = LabOrder.select().where(LabOrder.id.in_(sorted(eyes.rows(LabOrder))), ~LabOrder.is_draft)
    if with_parts:
        rows = rows.where(LabOrder.id.in_(Component.select(Component.order)))
    return rows.order_by(LabOrder.id.desc()).get()


def printed(browser, order, kind):
    """The PDF of a new copy, as a click on the ticket brings it."""
    answer = browser.send(f"/papers/{order.id}/{kind}")
    assert answer.status_code == 303
    paper = browser.get(answer.headers["Location"])
    assert (paper.status_code, paper.mimetype) == (200, "application/pdf")
    return paper.data


@pytest.fixture
def supervisor(clinic):
    return somebody("lab_supervisor")


@pytest.mark.parametrize("language", ["ro", "en"])
@pytest.mark.parametrize("kind", SIZES)
def test_both_codes_are_read_back_from_every_paper(clinic, supervisor, kind, language):
    Staff.update(language=language).where(Staff.id == supervisor.id).execute()
    order = an_open_order(Eyes(supervisor), with_parts=True)

    pdf = printed(a_web(clinic, OUTSIDE).as_(supervisor), order, kind)

    assert set(sizes_of(pdf)) == {SIZES[kind]}
    found = [codes_on(page) for page in pages_of(pdf)]
    code = order_code(order.ticket)
    assert found[0] == {"QRCode": f"{OUTSIDE}/scan/{code.plain}", "Code128": code.plain}
    if kind == "labels":
        bags = [read_code(one["Code128"]) for one in found[1:]]
        parts = Component.select().where(Component.order == order)
        assert {int(one.body) for one in bags if one.kind == "C"} == {part.id for part in parts}
        assert all(one["QRCode"].endswith(f"/scan/{one['Code128']}") for one in found)


def test_a_house_that_no_phone_reaches_prints_the_bare_code(clinic, supervisor):
    order = an_open_order(Eyes(supervisor))

    [front, *_] = pages_of(printed(a_web(clinic).as_(supervisor), order, "ticket"))

    assert codes_on(front)["QRCode"] == order_code(order.ticket).plain


def test_papers_speak_the_language_of_the_reader_with_its_letters(clinic, supervisor):
    order = an_open_order(Eyes(supervisor), with_parts=True)
    browser = a_web(clinic).as_(supervisor)
    english = " ".join(words_of(printed(browser, order, "ticket")))
    Staff.update(language="ro").where(Staff.id == supervisor.id).execute()
    romanian = " ".join(words_of(printed(browser, order, "ticket")))

    assert "Job ticket" in english and re.search(r"Copy \d+ · printed", english)
    assert re.search(r"Tichet de lucru · Exemplarul \d+", romanian)
    assert "Înregistrarea tichetului de lucru" in romanian


def test_the_copy_stands_on_the_paper_and_in_the_book(clinic, supervisor):
    order = an_open_order(Eyes(supervisor))
    before = order.prints.where(PaperPrint.kind == "tray").count()
    browser = a_web(clinic).as_(supervisor)

    for number in (before + 1, before + 2):
        [words] = words_of(printed(browser, order, "tray"))
        assert f"Copy {number} · printed" in words

    last = order.prints.order_by(PaperPrint.id.desc()).get()
    assert (last.kind, last.copy_number, last.by_id) == ("tray", before + 2, supervisor.id)
    page = browser.get(f"/ticket/{order.id}").get_data(as_text=True)
    assert f"Print copy {before + 3}" in page


def test_a_reload_of_a_copy_prints_no_other_and_an_old_copy_is_not_drawn_again(clinic, supervisor):
    order = an_open_order(Eyes(supervisor))
    browser = a_web(clinic).as_(supervisor)
    there = browser.send(f"/papers/{order.id}/ticket").headers["Location"]
    count = PaperPrint.select().count()

    assert browser.get(there).status_code == browser.get(there).status_code == 200
    assert PaperPrint.select().count() == count
    an_hour_ago = dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    last = order.prints.where(PaperPrint.kind == "ticket").order_by(PaperPrint.id.desc()).get()
    old = PaperPrint.create(
        order=order, kind="ticket", copy_number=last.copy_number + 1, by=supervisor, at=an_hour_ago
    )
    answer = browser.get(f"/papers/copy/{old.id}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/ticket/{order.id}")


def test_nobody_draws_the_copy_of_somebody_else(clinic, supervisor):
    order = an_open_order(Eyes(supervisor))
    there = a_web(clinic).as_(supervisor).send(f"/papers/{order.id}/ticket").headers["Location"]

    assert a_web(clinic).as_(somebody("senior_dentist")).get(there).status_code == 404


@pytest.mark.parametrize("code", CODES)
def test_each_role_prints_papers_of_its_own_orders_or_none(clinic, code):
    person = somebody(code)
    eyes, browser = Eyes(person), a_web(clinic).as_(person)
    rows = eyes.rows(LabOrder) if eyes.may("read", LabOrder) else set()
    some = LabOrder.select().where(~LabOrder.is_draft).order_by(LabOrder.id.desc())
    inside = [one for one in some if one.id in rows][:1]
    outside = [one for one in some if one.id not in rows][:1]
    for order in inside:
        answer = browser.send(f"/papers/{order.id}/ticket").status_code
        assert answer == (303 if code in PRINTERS else 403)
        offered = 'id="papers"' in browser.get(f"/ticket/{order.id}").get_data(as_text=True)
        assert offered == (code in PRINTERS)
    for number in [*(one.id for one in outside), 987_654_321]:
        answer = browser.send(f"/papers/{number}/ticket").status_code
        assert answer == (404 if code in PRINTERS else 403)


def test_the_bench_reads_no_name_no_telephone_and_no_price(clinic):
    technician, reception = somebody("technician"), somebody("receptionist")
    order = an_open_order(Eyes(technician))
    patient = Patient.get_by_id(order.patient_id)
    Card.update(location=reception.location_id).where(Card.id == order.card_id).execute()
    Patient.update(location=reception.location_id).where(Patient.id == patient.id).execute()

    mine = {kind: words_of(printed(a_web(clinic).as_(technician), order, kind)) for kind in SIZES}
    told = " ".join(word for pages in mine.values() for word in pages)
    assert patient.code in told
    for secret in (patient.last_name, patient.first_name, patient.phone[-6:], "RON", "lei"):
        assert not re.search(rf"\b{re.escape(secret)}\b", told), secret

    desk = a_web(clinic).as_(reception)
    assert patient.last_name in words_of(printed(desk, order, "ticket"))[0]
    for kind in ("tray", "labels"):
        assert patient.last_name not in " ".join(words_of(printed(desk, order, kind))), kind


def test_a_draft_is_refused_in_words(clinic, supervisor):
    draft = LabOrder.select().where(LabOrder.is_draft).get()
    browser = a_web(clinic).as_(supervisor)

    answer = browser.send(f"/papers/{draft.id}/ticket", follow_redirects=True)

    assert "register it before its papers" in answer.get_data(as_text=True)
    assert not draft.prints.count()
    assert browser.send(f"/papers/{draft.id}/poster").status_code == 302


def test_the_ticket_counts_pieces_and_names_visits_in_their_order(clinic, supervisor):
    order = an_open_order(Eyes(supervisor), with_parts=True)
    part = Component.select().where(Component.order == order).order_by(Component.id).first()
    told = {"from_holder": "patient", "to_holder": "lab", "number": 4, "by": supervisor.id}
    before = ComponentMovement.select(fn.SUM(ComponentMovement.number)).where(
        ComponentMovement.component == part, ComponentMovement.from_holder == "patient"
    )
    pieces = (before.scalar() or 0) + 4
    ComponentMovement.create(component=part, **told)
    OrderVisit.delete().where(OrderVisit.order == order).execute()
    for days, purpose in ((30, "placement"), (20, "try_in")):
        visit = an_appointment(
            patient=order.patient,
            provider=order.dentist,
            location=order.card.location,
            starts_at=utcnow() + dt.timedelta(days=days),
            ends_at=utcnow() + dt.timedelta(days=days, hours=1),
        )
        OrderVisit.create(order=order, appointment=visit, patient=order.patient, purpose=purpose)

    browser = a_web(clinic).as_(supervisor)
    ticket, labels = (words_of(printed(browser, order, kind)) for kind in ("ticket", "labels"))

    assert f"{pieces} × " in ticket[0]
    assert any(f"{pieces} × " in words for words in labels[1:])
    assert ticket[0].index("Try-in · ") < ticket[0].index("Placement · ")


def test_the_label_of_a_device_says_so_and_those_of_its_components_do_not(clinic, supervisor):
    order = an_open_order(Eyes(supervisor), with_parts=True)
    browser = a_web(clinic).as_(supervisor)
    told = {True: 1, False: 0}
    for device, labelled in told.items():
        WorkType.update(is_device=device).where(WorkType.id == order.work_type_id).execute()
        pages = words_of(printed(browser, order, "labels"))
        assert sum("Custom-made device" in words for words in pages) == labelled
        assert ("Custom-made device" in pages[0]) is device
        tray = words_of(printed(browser, order, "tray"))
        assert ("Custom-made device" in tray[0]) is device
