"""Choosing and beginning: namesakes are told apart, choices fit, a new form knows who and when."""

from __future__ import annotations

import re

import pytest

from admin_views.devices import device_text
from schema.orders import OrderVisit
from schema.skills import Skill
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories import TODAY
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_note
from tests.factories.orders import a_draft_order, an_order_tooth
from tests.factories.patients import a_patient
from tests.factories.skills import a_skill
from tests.factories.tracks import a_track, an_assignment


def offered(desk, path, **said):
    path, _, name = path.partition("?name=")
    return desk.get(path, query_string={"name": name, **said}).get_json()


@pytest.mark.parametrize("typed", ["0722 418 330", "+40 722 418 330", "0722-418-330", "P-77"])
def test_lists_and_pickers_find_a_patient_by_phone_and_code(desk, typed):
    wanted = a_patient(last_name="Albu", phone="+40722418330", code="P-77")
    a_patient(last_name="Popa", phone="+40722000418", code="P-330")

    assert [row[0] for row in offered(desk, "/appointment/ajax/lookup/?name=patient", query=typed)]
    assert "Popa" not in text(desk.get("/patient/", query_string={"search": typed}))
    assert wanted.code in text(desk.get("/patient/", query_string={"search": typed}))


def test_a_ticket_is_no_phone(desk):
    order = a_draft_order()
    assert order.ticket in text(desk.get("/lab-order/", query_string={"search": order.ticket}))


def test_namesakes_are_told_apart_by_what_the_person_may_read(house, desk):
    a_patient(last_name="Albu", first_name="Ion", code="P-77", birth_on="1961-10-05", phone=None)
    told = offered(desk, "/appointment/ajax/lookup/?name=patient", query="albu")
    assert told[0][1:] == ["Albu Ion", "P-77 · 5 Oct 1961"]

    rights = {"appointment": "create", "patient": ""}
    blind, _ = a_seat(house, rights, hides="patient.birth_on patient.code patient.phone")
    assert offered(blind, "/appointment/ajax/lookup/?name=patient", query="albu")[0][2] == ""
    assert offered(blind, "/appointment/ajax/lookup/?name=patient", query="P-77") == []


def test_a_picker_offers_what_fits_to_the_field_beside_it(desk):
    mine, others = an_appointment(), an_appointment()
    path = "/order-visit/ajax/lookup/?name=appointment"

    assert [row[0] for row in offered(desk, path, patient=mine.patient_id)] == [mine.id]
    assert {row[0] for row in offered(desk, path)} == {mine.id, others.id}


def test_a_picker_offers_only_what_makes_a_record_that_one_may_write(house):
    """A technician meets the order's card as well, and may hold only that of an own process."""
    desk, me = a_seat(
        house, {"hold": "create own", "card": "own", "lab_order": "all", "track": "all"}
    )
    work = a_track()
    skill = a_skill(staff=me, stage_code=work.card.stage.code)
    an_assignment(technician=me, track=work)
    Skill.update(ended_on=TODAY).where(Skill.id == skill.id).execute()
    cards = [row[0] for row in offered(desk, "/hold/ajax/lookup/?name=card")]

    assert desk.get(f"/card/details/?id={work.order.card_id}").status_code == 200
    assert cards == [work.card_id]


def test_a_picker_offers_all_where_all_may_be_written(house):
    desk, _ = a_seat(house, {"hold": "create", "card": "", "track": ""})
    cards = {a_track().card_id, a_track().card_id}
    assert cards <= {row[0] for row in offered(desk, "/hold/ajax/lookup/?name=card")}


def test_a_connector_joins_teeth_of_its_own_order_found_by_number(desk):
    order = a_draft_order()
    tooth = an_order_tooth(order=order, tooth=16)
    an_order_tooth(order=order, tooth=17)
    an_order_tooth(order=a_draft_order(), tooth=16)
    path = "/lab-order/ajax/lookup/?name=order_connector.first"

    assert [row[0] for row in offered(desk, path, order=order.id, query="16")] == [tooth.id]
    assert offered(desk, path, order=0) == []
    page = text(desk.get(f"/lab-order/edit/?id={order.id}"))
    assert f"order={order.id}" in page


def test_a_visit_inside_an_order_takes_the_order_s_patient(desk):
    order = a_draft_order()
    visit = an_appointment(patient=order.patient)
    address = f"/lab-order/edit/?id={order.id}"
    page = text(desk.get(address))
    assert "visits-__INDEX__-patient" not in page
    sent = {"patient": order.patient_id, "dentist": order.dentist_id}
    sent |= {"work_type": order.work_type_id, "received_on": order.received_on.isoformat()}
    sent |= {"row_version": "1", "card__row_version": "1", "card__priority": "normal"}
    sent |= {"visits-0-appointment": visit.id, "visits-0-purpose": "try_in"}

    answer = desk.send(address, sent)

    assert answer.status_code == 302, text(answer)
    assert OrderVisit.get().patient_id == order.patient_id


def test_a_new_record_begins_in_the_hands_of_whoever_may_only_have_their_own(house):
    rights = {"lab_order": "own create", "hold": "create", "staff": "", "patient": ""}
    seat, person = a_seat(house, rights, last_name="Bălan", first_name="Ana")

    page = text(seat.get("/lab-order/new/"))
    assert f'name="dentist" value="{person.id}"' in page
    assert re.search(r'<input[^>]*id="received_on"[^>]*value="\d\d\.\d\d\.20', page)
    assert f'name="by" value="{person.id}"' in text(seat.get("/hold/new/"))


def test_a_record_shows_what_hangs_on_its_card(desk):
    order = a_draft_order()
    a_note(card=order.card, text="The box is blue.")

    page = text(desk.get(f"/lab-order/details/?id={order.id}"))

    assert "The box is blue." in page
    assert f"/hold/new/?card={order.card_id}" in page


def test_names_are_made_of_words(desk):
    visit = an_appointment()
    page = text(desk.get(f"/appointment/details/?id={visit.id}"))
    title = re.search(r"<h1>([^<]*)</h1>", page)[1]

    assert re.match(r"\d\d? \w+ 20\d\d, \d\d:\d\d ", title)


def test_a_browser_is_named_in_words():
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"
    assert device_text(firefox) == "Firefox, Windows"
    assert device_text("curl/8.5") == "curl/8.5"
    assert device_text(None) == ""


def test_stages_are_offered_under_their_pipeline(desk):
    stage = a_note().card.stage
    page = text(desk.get("/assignment/new/"))
    assert re.search(rf'<optgroup label="{re.escape(stage.pipeline.name)} [^"]*">', page)


def test_a_work_says_first_how_it_stands_and_names_its_processes_once(desk):
    track = a_track()

    page = text(desk.get(f"/lab-order/details/?id={track.order_id}"))

    headings = re.findall(r"<h2>([^<]+)</h2>", page)
    assert headings[:2] == ["On its way", "Identification and deadlines"]
    assert (
        f"/track/details/?id={track.id}" in page
        and "Lab processes" in headings
        and "Cards" not in headings
    )
