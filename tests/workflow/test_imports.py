"""Bringing in a list: judged row by row, written wholly or not at all."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io

import pytest

from schema.patients import Patient
from schema.workflow import Refused
from schema.workflow.imports import (
    Applied,
    apply_import,
    plan_import,
    refused_csv,
)
from schema.workflow.sheets import read_sheet
from tests.conftest import House
from tests.factories import NOW
from tests.factories.staff import a_location
from tests.refusals import raw
from tests.workflow.tables import outcomes, planned

HEADER = "Nume;Prenume;Data nașterii;Telefon;E-mail"
ANA = "Şerban;Ana;30.08.1991;0722 418 330;Ana.Serban@Exemplu.ro"
ION = "Țicu;Ion;1980-01-01;+40 733 000 111;"


@pytest.fixture(autouse=True)
def floreasca(house: House) -> None:
    """The clinic has one location, where patients belong when the file names none."""
    a_location(name="Floreasca")


def test_new_patients_are_written() -> None:
    plan = planned("patients", HEADER, ANA, ION)
    assert not Patient.select().exists()
    assert apply_import(plan) == Applied(created=2, left=0, refused=0)
    ana = Patient.get(Patient.first_name == "Ana")
    assert (ana.last_name, ana.birth_on) == ("Șerban", dt.date(1991, 8, 30))
    assert (ana.phone, ana.email) == ("+40722418330", "ana.serban@exemplu.ro")
    assert (ana.code, ana.location.name, ana.created_at) == ("P-000001", "Floreasca", NOW)


def test_the_same_file_twice_changes_nothing() -> None:
    lines = (HEADER, ANA, ION, "Radu;Vlad;;;", "Pop;Eva;1.1.1990;;", "Pop;Eva;1.1.1991;;")
    apply_import(planned("patients", *lines))
    before = list(Patient.select().order_by(Patient.id).dicts())
    again = planned("patients", *lines, create="all")
    assert outcomes(again) == ["known"] * 5
    assert apply_import(again) == Applied(created=0, left=5, refused=0)
    assert list(Patient.select().order_by(Patient.id).dicts()) == before


def test_one_bad_row_of_5000_writes_nothing_and_is_named() -> None:
    lines = [f"Pop{n};Ana;1.1.1990;0722{n:06d};" for n in range(5_000)]
    lines[3_210] = "Pop;Ana;31.02.1990;;"
    plan = planned("patients", HEADER, *lines)
    with pytest.raises(Refused, match="Row 3212: Data nașterii: «31.02.1990» is not a day"):
        apply_import(plan)
    assert not Patient.select().exists()
    assert not any(result.written for result in plan.results)
    assert apply_import(plan, skip_refused=True) == Applied(created=4_999, left=0, refused=1)
    assert Patient.select().count() == 4_999


def test_what_only_the_database_refuses_is_named_too() -> None:
    raw("CREATE UNIQUE INDEX patient_address_is_free ON patient (address)")
    lines = ("Nume;Prenume;Adresa", "A;A;Iași", "B;B;Cluj", "C;C;Iași")
    with pytest.raises(Refused, match="Row 4: Adresa: Address: this value is already taken"):
        apply_import(planned("patients", *lines))
    assert not Patient.select().exists()
    plan = planned("patients", *lines)
    assert apply_import(plan, skip_refused=True) == Applied(created=2, left=0, refused=1)
    assert b"Iasi" not in refused_csv(plan) and "C,C,Iași,4".encode() in refused_csv(plan)


def test_headings_are_guessed_in_romanian_and_english() -> None:
    for header in (
        "NUME,prenume,Data nasterii,Nr. telefon,Adresa de e-mail,Cod numeric personal",
        "Last name,First name,Date of birth,Phone,E-mail,CNP",
        "last_name,first_name,birth_on,phone,email,national_id",
    ):
        names = list(planned("patients", header, "a,b").mapping.values())
        assert names == ["last_name", "first_name", "birth_on", "phone", "email", "national_id"]


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({0: "last_name"}, "Choose the column for: First name"),
        ({0: "last_name", 1: "last_name"}, "two columns"),
        ({0: "last_name", 9: "first_name"}, "Column 10"),
        ({0: "password_hash", 1: "first_name"}, "Column 1"),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: dict[int, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        planned("patients", HEADER, ANA, mapping=mapping)


def test_a_mapping_may_be_chosen_by_hand() -> None:
    plan = planned("patients", "x;y;z", "Ana;Pop;1", mapping={1: "last_name", 0: "first_name"})
    assert plan.results[0].values["last_name"] == "Pop"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="no import of «teeth»"):
        planned("teeth", HEADER, ANA)


def test_refused_rows_come_back_safe_and_can_be_sent_again() -> None:
    plan = planned("patients", HEADER, ANA, '=cmd|x;Ana;31.02.1990;+40722000111;"@ana"', ION)
    data = refused_csv(plan)
    assert data.startswith(codecs.BOM_UTF8)
    [header, row] = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert header == [*HEADER.split(";"), "Row", "Reason"]
    assert row[:6] == ["'=cmd|x", "Ana", "31.02.1990", "'+40722000111", "'@ana", "3"]
    assert "Data nașterii: «31.02.1990» is not a day" in row[6]
    corrected = read_sheet("r.csv", data.replace(b"31.02", b"28.02").replace(b"'@ana", b""))
    again = plan_import("patients", corrected, by=None, now=NOW).run()
    assert again.results[0].values["phone"] == "+40722000111"
    assert outcomes(again) == ["new"]


def test_progress_can_be_followed_row_by_row() -> None:
    sheet = read_sheet("list.csv", f"{HEADER}\n{ANA}\n{ION}".encode())
    plan = plan_import("patients", sheet, by=None, now=NOW)
    assert [result.number for result in plan] == [2, 3]
    assert plan.counts()["new"] == 2
