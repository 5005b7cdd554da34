"""Lists by name stand as a Romanian reader expects, whatever the engine sorts by."""

from __future__ import annotations

import random
import sqlite3

import pytest

from schema.alphabet import PLACES, place_in_alphabet
from schema.base import rules_of
from schema.database import database, is_sqlite
from schema.patients import Patient
from tests.admin_views.test_lists import names
from tests.factories.patients import a_patient
from tests.factories.skills import a_skill
from tests.factories.staff import a_person

NAMES = [
    "Aanei", "Álvarez", "Azoiței", "Ăsta", "Babeș", "Iordan", "Izvoranu", "Îndrei", "Jianu",
    "Sabău", "Szabó", "Șandru", "Ştefan", "Tudor", "Tzara", "Țăranu", "Udrea", "ursu", "Zamfir",
]  # fmt: skip


@pytest.fixture
def named(house):
    """Patients with these names, made in no order."""
    mixed = random.Random(7).sample(NAMES, len(NAMES))
    return [a_patient(last_name=name, first_name="Ana") for name in mixed]


@pytest.mark.usefixtures("named")
def test_names_stand_in_the_order_of_the_alphabet():
    order = [
        row.last_name for row in Patient.select().order_by(place_in_alphabet(Patient.last_name))
    ]
    assert order == NAMES


@pytest.mark.usefixtures("named")
def test_the_list_of_patients_stands_in_that_order(desk):
    assert names(desk, "") == NAMES
    assert names(desk, "sort=last_name") == NAMES
    assert names(desk, "sort=-last_name") == NAMES[::-1]
    assert names(desk, "search=Ana") == NAMES


def test_what_refers_to_people_is_sorted_by_their_names_alike(desk):
    for name in ("Zamfir", "Șandru", "Sabău"):
        a_patient(last_name=name, first_name=name, dentist=a_person(last_name=name))
    assert names(desk, "sort=dentist") == ["Sabău", "Șandru", "Zamfir"]


def test_the_index_keeps_that_order(house):
    """Nothing is sorted: the plan of the page walks the index."""
    columns = (Patient.last_name, Patient.first_name)
    terms = (*(place_in_alphabet(column) for column in columns), Patient.id)
    text, values = Patient.select(Patient.id).order_by(*terms).limit(50).sql()
    with database.atomic():
        if not is_sqlite():
            database.execute_sql("SET LOCAL enable_sort = off")
        explain = "EXPLAIN QUERY PLAN " if is_sqlite() else "EXPLAIN "
        plan = str(database.execute_sql(explain + text, values).fetchall())
    assert "patient_in_alphabet" in plan and "SORT" not in plan.upper() and "B-TREE" not in plan


def test_tools_of_older_libraries_can_read_the_file():
    """Python's own library is often older than ours, as are the tools of an operating system."""
    statement = next(rule for rule in rules_of(Patient) if rule.name == "patient_in_alphabet")
    with sqlite3.connect(":memory:") as older:
        older.execute("CREATE TABLE patient (id, last_name, first_name)")
        older.execute(statement.statement("patient"))
    assert len(PLACES) <= 26


def test_technicians_stand_in_that_order_where_works_are_given_out(desk):
    names = ["Sabău", "Șandru", "Tudor"]
    for name in names[::-1]:
        a_skill(staff=a_person("technician", last_name=name, first_name="Ana"))
    page = desk.get("/queue/").text
    places = [page.index(f">Ana {name}</option>") for name in names]
    assert places == sorted(places)
