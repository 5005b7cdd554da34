"""Columns of a list: chosen in the address, in the asked order, never more than may be read."""

from __future__ import annotations

import csv
import io
import re

import pytest

from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.leads import a_lead
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

USUAL = ["last_name", "first_name"]


def heads(page):
    inside = page[page.index("<thead>") : page.index("</thead>")]
    return re.findall(r'<th scope="col"[^>]*>(?:<a [^>]*>)?([^<]*)<', inside)


def chosen(page):
    return re.findall(r'name="columns" value="([^"]+)" checked', page)


def test_a_list_shows_the_chosen_columns_in_their_order(desk):
    a_patient(last_name="Popa", email="popa@example.test", dentist=a_person(last_name="Vasile"))

    page = text(desk.get("/patient/?columns=email,dentist,last_name"))

    assert heads(page) == ["E-mail", "Dentist", "Last name"]
    assert '<td class="name"><a href="/patient/details/?id=' in page
    assert "popa@example.test" in page
    assert "Vasile" in page


def test_ticked_columns_are_read_as_a_form_sends_them_and_stay_in_every_link(desk):
    a_patient()

    page = text(desk.get("/patient/?columns=phone&columns=last_name"))

    assert heads(page) == ["Phone", "Last name"]
    assert chosen(page) == ["phone", "last_name"]
    assert "columns=phone%2Clast_name&amp;page_size=100" in page


@pytest.mark.parametrize(
    ("move", "order"),
    [
        ("phone:up", "phone%2Clast_name%2Cemail"),
        ("phone:down", "last_name%2Cemail%2Cphone"),
        ("last_name:up", "last_name%2Cphone%2Cemail"),
        ("email:down", "last_name%2Cphone%2Cemail"),
        ("nonsense", "last_name%2Cphone%2Cemail"),
    ],
)
def test_a_column_moves_without_script_and_the_choice_stays_open(desk, move, order):
    answer = desk.get(f"/patient/?columns=last_name&columns=phone&columns=email&move={move}")

    assert answer.status_code == 302
    assert f"columns={order}" in answer.headers["Location"]
    assert "choosing=1" in answer.headers["Location"]


def test_the_usual_columns_need_no_words_in_the_address(desk):
    a_patient()
    usual = chosen(text(desk.get("/patient/")))

    page = text(desk.get(f"/patient/?columns={','.join(usual)}"))

    assert not re.search('href="[^"]*columns=', page)


def test_what_a_card_knows_can_be_a_column_of_what_stands_on_it(desk):
    a_track()

    page = text(desk.get("/track/?columns=card.closed_at,order,card.pipeline"))

    assert heads(page) == ["Closed", "Order", "Pipeline"]


def test_a_column_that_may_not_be_read_is_left_out_like_one_that_does_not_exist(house):
    browser, _ = a_seat(house, {"patient": "all"}, hides="patient.phone")
    a_patient(phone="0722418330")

    pages = [text(browser.get(f"/patient/?columns=last_name,{n}")) for n in ("phone", "nonsense")]

    for page in pages:
        assert heads(page) == ["Last name"]
        assert "does not exist here" in page
        assert "0722" not in page
    assert "Phone" not in pages[0]


def test_an_export_has_the_chosen_columns_and_all_of_them_when_none_is_chosen(desk):
    a_patient(last_name="Popa", phone="0722418330")

    def lines(query):
        return list(csv.reader(io.StringIO(text(desk.get(f"/patient/export/csv/?{query}")))))

    assert lines("columns=phone,last_name") == [
        ["\ufeffPhone", "Last name"],
        ["0722 418 330", "Popa"],
    ]
    assert len(lines("")[0]) > 10


def test_a_table_that_names_columns_of_its_card_shows_no_others_of_it(house):
    rights = dict.fromkeys(("lead", "card", "staff", "inquiry_source", "stage"), "all")
    browser, _ = a_seat(house, rights)
    a_lead(name="Popa Ana", phone="+40722000111")

    page = text(browser.get("/lead/"))

    assert heads(page)[-2:] == ["Stage", "Responsible"]
    assert "Due" not in heads(page) and "Priority" not in heads(page)
    assert "Due" in heads(text(browser.get("/lead/?columns=name,card.due_at")))


def test_days_and_telephones_of_a_list_stay_on_one_line(house):
    browser, _ = a_seat(house, {"lead": "all"})
    a_lead(name="Popa Ana", phone="+40722000111")
    page = text(browser.get("/lead/?columns=name,phone,inquiry_at,email"))
    assert re.search(r'<table class="rows[^"]* one-2 one-3"', page)
