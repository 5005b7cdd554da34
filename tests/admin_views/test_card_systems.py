"""The page of a card tells what other systems hold of it, its processes and its patient."""

from __future__ import annotations

from bench.questions import counted
from tests.admin_views.seats import a_seat
from tests.admin_views.test_card_page import RIGHTS, text
from tests.factories import NOW
from tests.factories.bridges import an_external_record, an_external_system
from tests.factories.orders import an_order
from tests.factories.tracks import a_track

RIGHTS = RIGHTS | dict.fromkeys(("lab_order", "track", "patient", "external_system"), "all")
SEES = RIGHTS | {"external_record": "all create"}
LINK = "https://scans.example.ro/a/17"


def told(browser, card) -> str:
    page = text(browser.get(f"/cards/{card.id}"))
    return page.split('id="systems"')[1].split("</section>")[0] if 'id="systems"' in page else ""


def test_folder_scan_and_model_are_told_with_how_far_they_are(house):
    browser, _ = a_seat(house, SEES)
    order = an_order()
    track, system = a_track(order=order), an_external_system(name="Scan store")
    patient = {"patient": order.patient, "external_id": "P-77", "kind": "patient"}
    an_external_record(system=system, made_at=NOW, **patient)
    an_external_record(
        system=system, patient=None, card=order.card, kind="scan", link=LINK, uploaded_at=NOW
    )
    an_external_record(
        patient=None, card=track.card, kind="model", file_name="b4.stl", ready_at=NOW
    )
    an_external_record(patient=an_order().patient, external_id="P-99")

    found = told(browser, order.card)

    for words in ("Scan store · Patient number", "P-77", "created there", f'href="{LINK}"'):
        assert words in found
    assert "uploaded" in found and "CAD model" in found and "b4.stl" in found and "ready" in found
    assert "P-99" not in found
    assert f"/external-record/new/?card={order.card_id}" in found
    assert "P-77" in told(browser, track.card), "a process tells what its order's patient has"


def test_columns_that_may_not_be_read_are_left_out(house):
    hides = "external_record.link external_record.external_id external_record.ready_at"
    browser, _ = a_seat(house, SEES | {"external_record": "all"}, hides=hides)
    order = an_order()
    facts = {"external_id": "P-77", "link": LINK, "ready_at": NOW, "file_name": "b4.stl"}
    an_external_record(patient=None, card=order.card, kind="scan", **facts)

    found = told(browser, order.card)

    assert "b4.stl" in found and "/external-record/new/" not in found
    assert not any(words in found for words in ("P-77", LINK, "ready"))


def test_who_may_not_know_the_patient_is_not_told_the_patients_numbers(house):
    browser, _ = a_seat(house, SEES, hides="lab_order.patient")
    order = an_order()
    an_external_record(patient=order.patient, external_id="P-77")

    assert "P-77" not in told(browser, order.card)


def test_who_may_not_read_records_of_other_systems_sees_no_such_place(house):
    browser, _ = a_seat(house, RIGHTS)
    order = an_order()
    an_external_record(patient=None, card=order.card, external_id="P-77")

    assert told(browser, order.card) == ""


def test_more_links_cost_no_more_questions(house):
    browser, _ = a_seat(house, SEES)
    few, many = an_order(), an_order()
    for order, number in ((few, 1), (many, 5)):
        for _ in range(number):
            an_external_record(patient=None, card=order.card, kind="scan", link=LINK)
    told(browser, few.card)

    assert counted(lambda: told(browser, few.card)) == counted(lambda: told(browser, many.card))
