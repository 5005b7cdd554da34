"""Bringing in patients: who is new, who is here, who looks like somebody else."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.patients import Patient
from schema.staff import Location
from schema.workflow.imports import (
    apply_import,
)
from tests.conftest import House
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.workflow.tables import outcomes, planned

HEADER = "Nume;Prenume;Data nașterii;Telefon;E-mail"
ANA = "Şerban;Ana;30.08.1991;0722 418 330;Ana.Serban@Exemplu.ro"
ION = "Țicu;Ion;1980-01-01;+40 733 000 111;"


@pytest.fixture(autouse=True)
def floreasca(house: House) -> None:
    """The clinic has one location, where patients belong when the file names none."""
    a_location(name="Floreasca")


def test_codes_go_on_after_the_highest_and_around_those_in_the_file() -> None:
    a_patient(code="P-000007")
    apply_import(
        planned(
            "patients",
            "Cod;Nume;Prenume;Locatia",
            "P-000009;A;A;Floreasca",
            ";B;B;Floreasca",
            ";C;C;Floreasca",
        )
    )
    codes = dict(Patient.select(Patient.first_name, Patient.code).tuples())
    assert codes["A"] == "P-000009"
    assert len(set(codes.values())) == 4


@pytest.mark.parametrize(
    ("line", "column", "says"),
    [
        (";Ana;;;", "Nume", "name is missing"),
        ("Pop;;;;", "Prenume", "name is missing"),
        ("Pop;Ana;31.02.1990;;", "Data nașterii", "not a day"),
        ("Pop;Ana;1/2/90;;", "Data nașterii", "four digits"),
        ("Pop;Ana;1.1.2030;;", "Data nașterii", "not in the future"),
        ("Pop;Ana;1.1.1899;;", "Data nașterii", "from 1900"),
        ("Pop;Ana;;123;", "Telefon", "not a phone number"),
        ("Pop;Ana;;;ana@", "E-mail", "not an e-mail"),
        (f"{'x' * 61};Ana;;;", "Nume", "60 characters"),
        ("Pop;Ana;;;;prea;mult", None, "more cells"),
    ],
)
def test_a_bad_row_names_its_column_and_reason(line: str, column: str | None, says: str) -> None:
    [result] = planned("patients", HEADER, line).results
    assert (result.number, result.outcome) == (2, "refused")
    assert [remark.column for remark in result.remarks][:1] == [column]
    assert says in result.reason


def test_every_fault_of_a_row_is_told() -> None:
    [result] = planned("patients", HEADER, "Pop;Ana;ieri;123;ana@").results
    assert [r.column for r in result.remarks] == ["Data nașterii", "Telefon", "E-mail"]


def test_a_duplicate_in_the_file_is_skipped_unless_wanted() -> None:
    lines = (HEADER, ANA, "Şerban;Ana;30.08.1991;;", "Serban;Mihai;1.1.2015;0722418330;")
    plan = planned("patients", *lines)
    assert outcomes(plan) == ["new", "double", "double"]
    assert "same as row 2" in plan.results[1].reason
    assert "Phone as row 2" in plan.results[2].reason
    assert apply_import(plan).created == 1
    assert apply_import(planned("patients", *lines, create={4})).created == 1
    assert outcomes(planned("patients", *lines, create={4})) == ["known", "known", "known"]


def test_somebody_here_with_other_data_is_shown_and_left() -> None:
    apply_import(planned("patients", HEADER, ANA))
    plan = planned("patients", HEADER, "ana;SERBAN;30.08.1991;0744000111;")
    assert outcomes(plan) == ["changed"]
    assert plan.results[0].reason == "P-000001; other: Last name, First name, Phone."
    assert apply_import(plan).created == 0
    assert apply_import(
        planned("patients", HEADER, "ana;SERBAN;30.08.1991;0744000111;", create="all")
    ).created


def test_a_code_or_cnp_names_one_person_for_sure() -> None:
    a_patient(code="P-000001", national_id="1800101221144", location=Location.get())
    plan = planned(
        "patients",
        "Cod;Nume;Prenume;CNP",
        "P-000001;Alt;Om;",
        ";Alt;Om;1800101221144",
        create="all",
    )
    assert outcomes(plan) == ["changed", "changed"]
    assert apply_import(plan).created == 0


def test_a_cnp_tells_the_birth_day_and_contradicts_another() -> None:
    plan = planned(
        "patients",
        "Nume;Prenume;CNP;Nascut",
        "Pop;Ion;1800101221144;",
        "Pop;Dan;1800101221144;2.1.1980",
    )
    assert plan.results[0].values["birth_on"] == dt.date(1980, 1, 1)
    assert plan.results[1].reason == "Nascut: The CNP tells another day: 01.01.1980."


def test_a_full_name_is_parted_with_the_last_name_first() -> None:
    plan = planned("patients", "Nume și prenume", "Ionescu Ana Maria")
    assert plan.results[0].values["last_name"] == "Ionescu"
    assert plan.results[0].values["first_name"] == "Ana Maria"


def test_dentist_and_location_are_found_by_name() -> None:
    a_location(name="Băneasa")
    dentist = a_person(last_name="Ionescu", first_name="Dan", email="dan@clinic.test")
    header = "Nume;Prenume;Medic;Locatia"
    plan = planned(
        "patients",
        header,
        "A;A;Dr. Dan IONESCU;baneasa",
        "B;B;dan@clinic.test;Băneasa",
        "C;C;Vlad;Băneasa",
        "D;D;;Cluj",
        "E;E;;",
    )
    assert outcomes(plan) == ["new", "new", "refused", "refused", "refused"]
    assert plan.results[0].values["dentist"] == dentist.id
    assert plan.results[2].reason == "Medic: «Vlad» is not in the list «Staff»."
    assert "at which location" in plan.results[4].reason
