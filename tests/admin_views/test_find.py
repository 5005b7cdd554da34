"""Find anything: what people type finds what they mean, the best first, and nothing else."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from admin_views import find_rows
from admin_views.find import answer
from bench.questions import counted
from schema.base import utcnow
from tests.admin_views.seats import a_seat, sitting
from tests.factories.appointments import an_appointment
from tests.factories.leads import a_lead
from tests.factories.orders import a_draft_order
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.factories.treatment import a_plan

ALL = dict.fromkeys(
    [
        "patient",
        "lab_order",
        "lead",
        "treatment_plan",
        "staff",
        "card",
        "stage",
        "appointment",
        "work_type",
    ],
    "all",
)


def found(browser, typed):
    """Names of the rows that answer, by kind, in their order; and the counts."""
    with sitting(browser):
        page = answer(typed, 20, utcnow())
    groups = {group["name"]: [row["title"] for row in group["rows"]] for group in page["groups"]}
    return groups, {group["name"]: group["count"] for group in page["groups"]}


@pytest.fixture
def people(house):
    """Ștefan Popescu and two others; one of them has left."""
    popescu = a_patient(
        last_name="Popescu", first_name="Ștefan", code="P-000417", phone="+40722418330",
        email="stefan.p@example.test", birth_on=dt.date(1980, 3, 12),
    )  # fmt: skip
    a_patient(last_name="Ion", first_name="Popa", code="P-000500", phone="+40744555666", email=None)
    a_patient(
        last_name="Antipop", first_name="Dan", code="P-000501", phone=None, email=None,
        ended_on=dt.date(2026, 1, 1),
    )  # fmt: skip
    return popescu


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("stefan", ["Popescu Ștefan"]),
        ("ȘTEFAN", ["Popescu Ștefan"]),
        ("Stefan Popescu", ["Popescu Ștefan"]),
        ("popescu stef", ["Popescu Ștefan"]),
        ("0722 418", ["Popescu Ștefan"]),
        ("0722418330", ["Popescu Ștefan"]),
        ("+40 722 418 330", ["Popescu Ștefan"]),
        ("0040722418330", ["Popescu Ștefan"]),
        ("(0722) 418-330", ["Popescu Ștefan"]),
        ("418330", ["Popescu Ștefan"]),
        ("popescu 0722", ["Popescu Ștefan"]),
        ("12.03.1980", ["Popescu Ștefan"]),
        ("1980-03-12 popescu", ["Popescu Ștefan"]),
        ("P-000417", ["Popescu Ștefan"]),
        ("417", ["Popescu Ștefan"]),
        ("stefan.p@", ["Popescu Ștefan"]),
        ("ion popa", ["Ion Popa"]),
        ("po", ["Popescu Ștefan"]),
        ("pop", ["Popescu Ștefan", "Ion Popa", "Antipop Dan"]),
        ("nobody", []),
        ("p", []),
        ("", []),
        ("%", []),
        ('"', []),
        ("13.03.1980", []),
        ("popescu dan", []),
    ],
)
def test_what_is_typed_finds_the_patient_who_is_meant(house, people, typed, names):
    desk, _ = a_seat(house, {"patient": "all"})
    groups, _ = found(desk, typed)
    assert groups.get("patient", []) == names


def test_every_kind_answers_with_its_line(house, people):
    desk, _ = a_seat(house, ALL)
    me = a_person("dentist", last_name="Popovici", first_name="Radu", email="radu@clinic.test")
    order = a_draft_order(patient=people, dentist=me)
    a_plan(patient=people, author=me, name="Crown on 11", value=120_000)
    a_lead(name="Popescu Vlad", phone="+40733111222")
    an_appointment(patient=people, starts_at=utcnow() + dt.timedelta(days=2))

    page = desk.get("/find/?search=popescu").get_data(as_text=True)

    heads = re.findall(r'id="answers-(\w+)">', page)
    assert heads == ["patient", "lab_order", "lead", "treatment_plan"]
    for words in (
        "P-000417 · Born on ",
        " · 0722 418 330 · Next: ",
        order.ticket,
        "0733 111 222",
        "00 RON",
    ):
        assert words in page, words
    assert found(desk, order.ticket)[0] == {"lab_order": [order.ticket]}
    assert found(desk, str(int(order.ticket[3:])))[0]["lab_order"][0] == order.ticket
    assert found(desk, f"popescu {order.ticket}")[0] == {"lab_order": [order.ticket]}
    assert found(desk, "crown on popescu")[0] == {"treatment_plan": ["Crown on 11 Popescu Ștefan"]}
    assert found(desk, "popovici")[0] == {"staff": ["Popovici Radu"]}


def test_columns_that_a_role_may_not_read_find_nothing(house, people):
    hidden = "patient.phone patient.email patient.birth_on patient.last_name patient.first_name"
    desk, _ = a_seat(house, {"patient": "all", "lab_order": "all"}, hides=hidden)
    a_draft_order(patient=people)

    for typed in ("popescu", "stefan", "0722 418", "stefan.p@", "12.03.1980", "po", "popescu 417"):
        assert found(desk, typed) == ({}, {}), typed
    groups, _ = found(desk, "P-000417")
    assert groups["patient"] == ["P-000417"]
    page = desk.get("/find/answers/?search=P-000417").get_data(as_text=True)
    assert "0722" not in page and "Popescu" not in page and "1980" not in page


def test_rows_outside_of_the_scope_are_neither_found_nor_counted(house, people):
    here = a_location()
    a_patient(last_name="Popescu", first_name="Ana", location=here)
    rights = dict.fromkeys(("patient", "lab_order", "treatment_plan", "card"), "location")
    desk, _ = a_seat(house, rights, location=here)
    a_draft_order(patient=people)
    a_plan(patient=people)

    assert found(desk, "popescu") == ({"patient": ["Popescu Ana"]}, {"patient": "1"})
    assert found(desk, "stefan") == ({}, {})
    assert found(desk, "P-000417") == ({}, {})


def test_orders_of_a_patient_who_may_not_be_known_are_not_found_by_that_name(house, people):
    desk, me = a_seat(house, {"patient": "own", "lab_order": "all"})
    a_draft_order(patient=people)
    assert found(desk, "popescu") == ({}, {})
    assert found(desk, "popescu 26")[0] == {}


def test_a_table_that_a_role_may_not_read_is_no_kind(house, people):
    desk, _ = a_seat(house, {"patient": "all"})
    a_lead(name="Popescu Vlad")
    assert list(found(desk, "popescu")[0]) == ["patient"]


def test_when_very_many_answer_the_very_one_is_still_first(house, monkeypatch):
    monkeypatch.setattr(find_rows, "MOST", 3)
    monkeypatch.setattr("admin_views.find.MOST", 3)
    a_patient(last_name="Pop", first_name="Ana", code="P-000007", email=None, phone=None)
    for number in range(6):
        a_patient(last_name="Cristopop", code=f"Q-{number}0007", email=None, phone=None)
    desk, _ = a_seat(house, {"patient": "all"})

    for typed in ("pop", "000007", "7 pop"):
        groups, counts = found(desk, typed)
        assert groups["patient"][0] == "Pop Ana", typed
    assert found(desk, "pop")[1] == {"patient": "more than 3"}


def test_what_goes_on_comes_before_what_has_ended_and_new_before_old(house):
    for day, name in ((None, "Ana"), (dt.date(2026, 1, 1), "Bea"), (None, "Cora")):
        a_patient(last_name="Albu", first_name=name, ended_on=day)
    desk, _ = a_seat(house, {"patient": "all"})
    assert found(desk, "albu")[0]["patient"] == ["Albu Cora", "Albu Ana", "Albu Bea"]


def test_the_questions_to_the_database_do_not_grow_with_the_answers(house, people):
    desk, _ = a_seat(house, ALL)

    def asked():
        return counted(lambda: desk.get("/find/answers/?search=popescu"))

    def with_one_more():
        a_draft_order(patient=a_patient(last_name="Popescu"))
        asked()  # what a new person in a role makes the panel forget is learnt again
        return asked()

    few = with_one_more()
    assert with_one_more() == with_one_more() == few <= 24


def test_who_finds_nothing_is_told_what_to_do_next(house, people):
    desk, _ = a_seat(house, {"patient": "all create"})
    page = desk.get("/find/?search=qwyx").get_data(as_text=True)
    assert "Nothing found for «qwyx»." in page
    assert 'href="/patient/new/?sought=qwyx"' in page
    assert "at least two letters" in desk.get("/find/answers/?search=x").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("popescu ion 0722 418 330", {"last_name": "Popescu", "first_name": "Ion"}),
        ("0722 418 330", {"phone": "0722 418 330"}),
        ("Ionescu Ana-Maria Elena", {"last_name": "Ionescu", "first_name": "Ana-Maria Elena"}),
        ("ana@clinic.test", {"email": "ana@clinic.test", "last_name": ""}),
        ("26-000123", {"last_name": "", "phone": ""}),
        ("01.12.1980", {"last_name": "", "phone": ""}),
    ],
)
def test_a_new_record_begins_with_what_was_looked_for_in_vain(house, typed, begins):
    desk, _ = a_seat(house, {"patient": "all create"})
    page = desk.get("/patient/new/", query_string={"sought": typed}).get_data(as_text=True)
    values = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', page))
    assert {name: values.get(name) for name in begins} == begins


def test_what_is_typed_is_never_markup(house, people):
    desk, _ = a_seat(house, {"patient": "all"})
    for path in ("/find/", "/find/answers/"):
        page = desk.get(f"{path}?search=<b>x</b>").get_data(as_text=True)
        assert "<b>x" not in page
