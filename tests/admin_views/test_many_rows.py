"""A list that very many rows answer: found from the newest back, it is the same list."""

from __future__ import annotations

import re

import pytest

from admin_views import asking, counting, newest
from schema.database import is_sqlite
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.orders import a_draft_order
from tests.factories.patients import a_patient
from tests.factories.staff import a_person

MOST = 6


@pytest.fixture
def few_are_many(monkeypatch):
    """Limits so low that a dozen orders are very many."""
    monkeypatch.setattr(newest, "FURTHEST", 10)
    monkeypatch.setattr(counting, "COUNTED_ROUGHLY", MOST)
    monkeypatch.setattr(asking, "PAGE_SIZES", (2, 100))


@pytest.fixture
def orders(house):
    """Twelve orders, in turn of two Popescus, of two Popas, and of one Ionescu."""
    names = ("Popescu", "Popa", "Popescu", "Popa", "Ionescu")
    people = [a_patient(last_name=name) for name in names]
    return [a_draft_order(patient=people[number % 5]) for number in range(12)]


def page_of(desk, query):
    page = text(desk.get(f"/lab-order/?page_size=2&{query}"))
    keys = re.findall(r'<td class="name"><a href="[^"]*id=(\d+)"', page)
    count = re.search(r'<h1>[^<]*</h1><span class="muted">([^<]*)<', page)
    return [int(key) for key in keys], count[1]


@pytest.mark.parametrize("word", ["pop", "popescu", "popa", "ionescu", "nobody", "po"])
def test_a_common_name_has_the_same_pages_as_a_rare_one(house, few_are_many, orders, word):
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    named = [row.id for row in reversed(orders) if word in row.patient.last_name.lower()]

    pages = [page_of(desk, f"search={word}&page={number}") for number in range(7)]

    assert [key for keys, _ in pages for key in keys] == named
    exact = str(len(named))
    assert {count for _, count in pages} <= {exact, f"more than {MOST}"}
    if is_sqlite() or word != "po":
        assert pages[0][1] == (f"more than {MOST}" if len(named) > MOST else exact)


def test_a_row_that_holds_the_word_in_two_places_stands_once(house, few_are_many, orders):
    desk, _ = a_seat(house, dict.fromkeys(("lab_order", "patient", "staff"), "all"))
    both, patient = orders[0], orders[4].patient
    type(patient).update(last_name="Zgâmbău").where(type(patient).id == patient.id).execute()
    of_both = type(both).id << [both.id, orders[4].id]
    type(both).update(dentist=a_person(last_name="Zgâmbău")).where(of_both).execute()

    assert page_of(desk, "search=zgambau") == ([orders[9].id, orders[4].id], "3")
    assert page_of(desk, "search=zgambau&page=1") == ([both.id], "3")


def test_a_name_with_the_first_and_last_letters_of_a_common_one_is_another(house, few_are_many):
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    names = ("Popescu", "Popovescu", "POPÉSCU-Marin", "Pop", "Escu")
    people = [a_patient(last_name=name, first_name="Popescu"[:3]) for name in names]
    made = [a_draft_order(patient=people[number % 5]) for number in range(20)]
    wanted = [row.id for row in reversed(made) if row.patient in (people[0], people[2])]

    pages = [page_of(desk, f"search=popescu&page={number}") for number in range(4)]

    assert [key for keys, _ in pages for key in keys] == wanted
    assert pages[0][1] == f"more than {MOST}"


def test_a_changed_name_is_found_by_its_new_letters_alone(house, few_are_many, orders):
    desk, _ = a_seat(house, {"lab_order": "all", "patient": "all"})
    patient = orders[4].patient
    patient.last_name = "Țîrlea"
    patient.save()

    assert page_of(desk, "search=ionescu") == ([], "0")
    assert page_of(desk, "search=tirlea") == ([orders[9].id, orders[4].id], "2")


@pytest.mark.parametrize(
    "asked", ["flt.card.priority.is=normal", "flt.received_on.from=2000-01-01"]
)
def test_a_filter_that_many_rows_fit_has_the_same_pages(house, few_are_many, orders, asked):
    desk, _ = a_seat(house, dict.fromkeys(("lab_order", "patient", "card"), "all"))

    pages = [page_of(desk, f"{asked}&page={number}") for number in range(7)]

    assert [key for keys, _ in pages for key in keys] == [row.id for row in reversed(orders)]
    assert pages[0][1] == (f"more than {MOST}" if is_sqlite() else "12")


def test_many_rows_outside_of_the_scope_are_neither_found_nor_counted(house, few_are_many, orders):
    desk, me = a_seat(house, {"lab_order": "own", "patient": "all"})
    mine = a_draft_order(patient=orders[0].patient, dentist=me)

    assert page_of(desk, "search=popescu") == ([mine.id], "1")
    assert page_of(desk, "search=popa") == ([], "0")


def test_a_name_that_may_not_be_read_finds_nothing_however_common(house, few_are_many, orders):
    rights = {"lab_order": "all", "patient": "all"}
    desk, _ = a_seat(house, rights, hides="patient.last_name patient.first_name")

    assert page_of(desk, "search=popescu") == ([], "0")
