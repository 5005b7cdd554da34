"""Bringing in patients and staff: judged row by row, written wholly or not at all."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest

from schema.patients import Patient
from schema.staff import Location, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.imports import (
    Applied,
    Plan,
    apply_import,
    import_file,
    plan_import,
    refused_csv,
)
from schema.workflow.sheets import read_sheet
from tests.conftest import House
from tests.factories import NOW
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person, a_role
from tests.refusals import raw

HEADER = "Nume;Prenume;Data nașterii;Telefon;E-mail"
ANA = "Şerban;Ana;30.08.1991;0722 418 330;Ana.Serban@Exemplu.ro"
ION = "Țicu;Ion;1980-01-01;+40 733 000 111;"


def planned(*lines: str, kind: str = "patients", **options: Any) -> Plan:
    """A judged plan for a CSV of these lines."""
    sheet = read_sheet("list.csv", "\n".join(lines).encode())
    return plan_import(kind, sheet, by=None, now=NOW, **options).run()


def outcomes(plan: Plan) -> list[str]:
    return [result.outcome for result in plan.results]


@pytest.fixture(autouse=True)
def floreasca(house: House) -> None:
    """The clinic has one location, where patients belong when the file names none."""
    a_location(name="Floreasca")


def test_new_patients_are_written() -> None:
    plan = planned(HEADER, ANA, ION)
    assert not Patient.select().exists()
    assert apply_import(plan) == Applied(created=2, left=0, refused=0)
    ana = Patient.get(Patient.first_name == "Ana")
    assert (ana.last_name, ana.birth_on) == ("Șerban", dt.date(1991, 8, 30))
    assert (ana.phone, ana.email) == ("+40722418330", "ana.serban@exemplu.ro")
    assert (ana.code, ana.location.name, ana.created_at) == ("P-000001", "Floreasca", NOW)


def test_the_same_file_twice_changes_nothing() -> None:
    lines = (HEADER, ANA, ION, "Radu;Vlad;;;", "Pop;Eva;1.1.1990;;", "Pop;Eva;1.1.1991;;")
    apply_import(planned(*lines))
    before = list(Patient.select().order_by(Patient.id).dicts())
    again = planned(*lines, create="all")
    assert outcomes(again) == ["known"] * 5
    assert apply_import(again) == Applied(created=0, left=5, refused=0)
    assert list(Patient.select().order_by(Patient.id).dicts()) == before


def test_codes_go_on_after_the_highest_and_around_those_in_the_file() -> None:
    a_patient(code="P-000007")
    apply_import(planned("Cod;Nume;Prenume;Locatia", "P-000009;A;A;Floreasca", ";B;B;Floreasca",
                         ";C;C;Floreasca"))  # fmt: skip
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
    [result] = planned(HEADER, line).results
    assert (result.number, result.outcome) == (2, "refused")
    assert [remark.column for remark in result.remarks][:1] == [column]
    assert says in result.reason


def test_every_fault_of_a_row_is_told() -> None:
    [result] = planned(HEADER, "Pop;Ana;ieri;123;ana@").results
    assert [r.column for r in result.remarks] == ["Data nașterii", "Telefon", "E-mail"]


def test_one_bad_row_of_5000_writes_nothing_and_is_named() -> None:
    lines = [f"Pop{n};Ana;1.1.1990;0722{n:06d};" for n in range(5_000)]
    lines[3_210] = "Pop;Ana;31.02.1990;;"
    plan = planned(HEADER, *lines)
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
        apply_import(planned(*lines))
    assert not Patient.select().exists()
    plan = planned(*lines)
    assert apply_import(plan, skip_refused=True) == Applied(created=2, left=0, refused=1)
    assert b"Iasi" not in refused_csv(plan) and "C,C,Iași,4".encode() in refused_csv(plan)


def test_a_duplicate_in_the_file_is_skipped_unless_wanted() -> None:
    lines = (HEADER, ANA, "Şerban;Ana;30.08.1991;;", "Serban;Mihai;1.1.2015;0722418330;")
    plan = planned(*lines)
    assert outcomes(plan) == ["new", "double", "double"]
    assert "same as row 2" in plan.results[1].reason
    assert "Phone as row 2" in plan.results[2].reason
    assert apply_import(plan).created == 1
    assert apply_import(planned(*lines, create={4})).created == 1
    assert outcomes(planned(*lines, create={4})) == ["known", "known", "known"]


def test_somebody_here_with_other_data_is_shown_and_left() -> None:
    apply_import(planned(HEADER, ANA))
    plan = planned(HEADER, "ana;SERBAN;30.08.1991;0744000111;")
    assert outcomes(plan) == ["changed"]
    assert plan.results[0].reason == "P-000001; other: Last name, First name, Phone."
    assert apply_import(plan).created == 0
    assert apply_import(planned(HEADER, "ana;SERBAN;30.08.1991;0744000111;", create="all")).created


def test_a_code_or_cnp_names_one_person_for_sure() -> None:
    a_patient(code="P-000001", national_id="1800101221144", location=Location.get())
    plan = planned(
        "Cod;Nume;Prenume;CNP", "P-000001;Alt;Om;", ";Alt;Om;1800101221144", create="all"
    )
    assert outcomes(plan) == ["changed", "changed"]
    assert apply_import(plan).created == 0


def test_a_cnp_tells_the_birth_day_and_contradicts_another() -> None:
    plan = planned(
        "Nume;Prenume;CNP;Nascut", "Pop;Ion;1800101221144;", "Pop;Dan;1800101221144;2.1.1980"
    )
    assert plan.results[0].values["birth_on"] == dt.date(1980, 1, 1)
    assert plan.results[1].reason == "Nascut: The CNP tells another day: 01.01.1980."


def test_a_full_name_is_parted_with_the_last_name_first() -> None:
    plan = planned("Nume și prenume", "Ionescu Ana Maria")
    assert plan.results[0].values["last_name"] == "Ionescu"
    assert plan.results[0].values["first_name"] == "Ana Maria"


def test_dentist_and_location_are_found_by_name() -> None:
    a_location(name="Băneasa")
    dentist = a_person(last_name="Ionescu", first_name="Dan", email="dan@clinic.test")
    header = "Nume;Prenume;Medic;Locatia"
    plan = planned(header, "A;A;Dr. Dan IONESCU;baneasa", "B;B;dan@clinic.test;Băneasa",
                   "C;C;Vlad;Băneasa", "D;D;;Cluj", "E;E;;")  # fmt: skip
    assert outcomes(plan) == ["new", "new", "refused", "refused", "refused"]
    assert plan.results[0].values["dentist"] == dentist.id
    assert plan.results[2].reason == "Medic: «Vlad» is not in the list «Staff»."
    assert "at which location" in plan.results[4].reason


def test_headings_are_guessed_in_romanian_and_english() -> None:
    for header in (
        "NUME,prenume,Data nasterii,Nr. telefon,Adresa de e-mail,Cod numeric personal",
        "Last name,First name,Date of birth,Phone,E-mail,CNP",
        "last_name,first_name,birth_on,phone,email,national_id",
    ):
        names = list(planned(header, "a,b").mapping.values())
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
        planned(HEADER, ANA, mapping=mapping)


def test_a_mapping_may_be_chosen_by_hand() -> None:
    plan = planned("x;y;z", "Ana;Pop;1", mapping={1: "last_name", 0: "first_name"})
    assert plan.results[0].values["last_name"] == "Pop"


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Refused, match="no import of «teeth»"):
        planned(HEADER, ANA, kind="teeth")


def test_refused_rows_come_back_safe_and_can_be_sent_again() -> None:
    plan = planned(HEADER, ANA, '=cmd|x;Ana;31.02.1990;+40722000111;"@ana"', ION)
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


def test_a_file_on_the_disk_is_judged_or_written(tmp_path: Path) -> None:
    file = tmp_path / "pacienți.csv"
    file.write_text(f"{HEADER}\n{ANA}\n".replace("ș", "ş"), encoding="cp1250")
    assert import_file("patients", file, dry_run=True).counts()["new"] == 1
    assert not Patient.select().exists()
    import_file("patients", file, dry_run=False)
    assert Patient.get().last_name == "Șerban"
    file.write_text(f"{HEADER}\n{ION}\nPop;Ana;x;;\n", encoding="utf-8")
    plan = import_file("patients", file, dry_run=False)
    assert (len(plan.refused()), Patient.select().count()) == (1, 1)
    import_file("patients", file, dry_run=False, skip_refused=True)
    assert Patient.select().count() == 2


def test_a_large_file_on_the_disk_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("wb") as opened:
        opened.truncate(50 * 2**20)
    with pytest.raises(Refused, match="50 MB"):
        import_file("patients", file, dry_run=True)


def test_staff_come_with_their_roles_and_without_a_password() -> None:
    a_role("dentist"), a_role("receptionist")
    header = "Nume;Prenume;E-mail;Rol;Locatia"
    lines = (header, "Pop;Ana;Ana@Clinic.test;dentist, Receptionist;Floreasca")
    apply_import(planned(*lines, kind="staff"))
    ana = Staff.get(Staff.email == "ana@clinic.test")
    assert (ana.password_hash, ana.location.name) == (None, "Floreasca")
    assert {held.role.code for held in ana.roles} == {"dentist", "receptionist"}
    assert outcomes(planned(*lines, kind="staff")) == ["known"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Pop;Ana;;", "e-mail is missing"),
        ("Pop;Ana;ana@clinic.test;admin", "Nobody becomes admin"),
        ("Pop;Ana;ana@clinic.test;pilot", "«pilot» is not in the list «Roles»"),
    ],
)
def test_staff_that_cannot_be_are_refused(line: str, says: str) -> None:
    a_role("admin")
    plan = planned("Nume;Prenume;E-mail;Rol", line, kind="staff")
    assert says in plan.results[0].reason
    with pytest.raises(Refused):
        apply_import(plan)
    assert not StaffRole.select().exists()


def test_one_e_mail_is_one_member_of_staff() -> None:
    a_person(last_name="Pop", first_name="Ana", email="ana@clinic.test")
    plan = planned("Nume;Prenume;E-mail", "Alt;Om;ana@clinic.test", "B;B;b@clinic.test",
                   "C;C;b@clinic.test", kind="staff", create="all")  # fmt: skip
    assert outcomes(plan) == ["changed", "new", "double"]
    assert apply_import(plan).created == 1
