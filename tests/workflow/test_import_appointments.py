"""Bringing in appointments: whose, with whom and when; a clash is a refused row."""

from __future__ import annotations

import datetime as dt

import pytest
from peewee import IntegrityError

from schema.appointments import Appointment
from schema.database import one_act
from schema.patients import Patient
from schema.staff import Location, Staff
from schema.workflow import Refused
from schema.workflow.imports import Applied, apply_import
from tests.conftest import House
from tests.factories import NOW
from tests.factories.appointments import a_chair, an_appointment, an_appointment_type
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.workflow.tables import outcomes, planned

VISITS = "Cod pacient;Medic;Data;Ora;Durata;Tip"
VISIT = "P-000500;dan@clinic.test;01.12.2026;10:00;30;control"


@pytest.fixture(autouse=True)
def floreasca(house: House) -> Location:
    """One location with a dentist, a patient and a kind of visit."""
    place = a_location(name="Floreasca")
    a_person(last_name="Ionescu", first_name="Dan", email="dan@clinic.test", location=place)
    a_patient(
        code="P-000500",
        last_name="Pop",
        first_name="Ana",
        phone="+40722000500",
        birth_on=dt.date(1990, 5, 1),
        location=place,
    )
    an_appointment_type(code="control", name="Control", minutes=20)
    return place


def test_a_visit_is_booked_in_the_clinics_time(floreasca: Location) -> None:
    assert apply_import(planned("appointments", VISITS, VISIT)).created == 1
    visit = Appointment.get()
    assert visit.starts_at == dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
    assert visit.ends_at - visit.starts_at == dt.timedelta(minutes=30)
    assert (visit.patient.code, visit.provider.email) == ("P-000500", "dan@clinic.test")
    assert (visit.location, visit.booked_by) == (floreasca, Staff.get())


def test_the_same_visits_twice_change_nothing() -> None:
    apply_import(planned("appointments", VISITS, VISIT))
    again = planned("appointments", VISITS, VISIT, VISIT, create="all")
    assert outcomes(again) == ["known", "known"]
    assert apply_import(again) == Applied(created=0, left=2, refused=0)
    longer = planned("appointments", VISITS, VISIT.replace(";30;", ";45;"), create="all")
    assert (outcomes(longer), apply_import(longer).created) == (["changed"], 0)


@pytest.mark.parametrize(
    "header, line",
    [
        ("Telefon;Medic;Data;Tip", "0722 000 500;Ionescu Dan;01.12.2026 10:00;Control"),
        (
            "Pacient;Data nașterii;Medic;Data;Tip",
            "ana POP;1.5.1990;dr. Dan Ionescu;2026-12-01 10:00;control",
        ),
        (
            "Telefon;Pacient;Medic;Data;Ora;Tip",
            "+40722000500;Pop Ana;Dan Ionescu;1.12.2026;10.00;CONTROL",
        ),
    ],
)
def test_patient_and_provider_are_found_in_several_ways(header: str, line: str) -> None:
    plan = planned("appointments", header, line)
    assert outcomes(plan) == ["new"], plan.results[0].reason
    values = plan.results[0].values
    assert values["patient"] == Patient.get().id
    assert values["ends_at"] - values["starts_at"] == dt.timedelta(minutes=20)


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"P-000500": "P-000501"}, "Cod pacient", "No patient fits"),
        ({"P-000500": ""}, "Patient", "patient is missing"),
        ({"dan@clinic.test": "Vlad"}, "Medic", "«Vlad» is not in the list"),
        ({"dan@clinic.test": ""}, "Medic", "provider is missing"),
        ({"control": "dans"}, "Tip", "not in the list"),
        ({"control": ""}, None, ""),
        ({"10:00": ""}, "Data", "day or the time is missing"),
        ({"10:00": "25:00"}, "Ora", "not a time"),
        ({"01.12.2026": "29.03.2026", "10:00": "03:30"}, "Data", "does not exist"),
        ({"01.12.2026": "25.10.2026", "10:00": "03:30"}, "Data", "happens twice"),
        ({";30;": ";0;"}, "Data", "ends after it begins"),
        ({";30;": ";-30;"}, "Data", "ends after it begins"),
        ({";30;": ";99999;"}, "Data", "ends after it begins"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(
    changes: dict[str, str], column: str | None, says: str
) -> None:
    line = VISIT
    for old, new in changes.items():
        line = line.replace(old, new)
    [result] = planned("appointments", VISITS, line).results
    if column is None:
        assert result.outcome == "new"
    else:
        assert [remark.column for remark in result.remarks] == [column]
        assert says in result.reason


def test_a_family_telephone_needs_the_name_too(floreasca: Location) -> None:
    a_patient(last_name="Pop", first_name="Mihai", phone="+40722000500", location=floreasca)
    header = "Telefon;Pacient;Medic;Data;Tip"
    plan = planned(
        "appointments",
        header,
        "0722000500;;dan@clinic.test;1.12.2026 10:00;control",
        "0722000500;Pop Mihai;dan@clinic.test;1.12.2026 11:00;control",
    )
    assert outcomes(plan) == ["refused", "new"]
    assert "Several patients fit" in plan.results[0].reason


def test_a_name_alone_is_not_enough() -> None:
    plan = planned(
        "appointments", "Pacient;Medic;Data;Tip", "Pop Ana;dan@clinic.test;1.12.2026 9:00;control"
    )
    assert "A name alone can be several" in plan.results[0].reason


def test_a_clash_with_a_booked_visit_is_a_refused_row(floreasca: Location) -> None:
    dan, eight = Staff.get(), dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
    an_appointment(provider=dan, location=floreasca, starts_at=eight)
    plan = planned(
        "appointments", VISITS, VISIT.replace("10:00", "10:15"), VISIT.replace("10:00", "10:30")
    )
    assert outcomes(plan) == ["refused", "new"]
    assert "provider has another patient then (01.12.2026 10:00–10:30)" in plan.results[0].reason
    with pytest.raises(Refused, match="Row 2: Medic: The provider has another patient"):
        apply_import(plan)
    assert Appointment.select().count() == 1


def test_a_cancelled_visit_leaves_its_time_free(floreasca: Location) -> None:
    dan, eight = Staff.get(), dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
    an_appointment(
        provider=dan,
        location=floreasca,
        starts_at=eight,
        cancelled_at=NOW,
        cancelled_by=dan,
        cancelled_for="patient",
        cancel_reason="ill",
    )
    assert outcomes(planned("appointments", VISITS, VISIT)) == ["new"]


def test_rows_of_one_file_clash_by_provider_and_by_chair(floreasca: Location) -> None:
    a_person(last_name="Marin", first_name="Eva", email="eva@clinic.test", location=floreasca)
    a_chair(name="Unit 1", location=floreasca)
    header = VISITS + ";Scaun"
    eva = VISIT.replace("dan@", "eva@")
    plan = planned(
        "appointments",
        header,
        f"{VISIT};Unit 1",
        VISIT.replace("10:00", "10:29") + ";",
        f"{eva.replace('10:00', '9:45')};Unit 1",
        f"{eva.replace('10:00', '10:30')};Unit 1",
    )
    assert outcomes(plan) == ["new", "refused", "refused", "new"]
    assert "The provider has the patient of row 2" in plan.results[1].reason
    assert plan.results[2].reason.startswith("Scaun: The chair is taken by row 2")
    assert apply_import(plan, skip_refused=True) == Applied(created=2, left=0, refused=2)


def test_what_the_diary_lets_pass_the_database_accepts(floreasca: Location) -> None:
    lines = [
        VISIT.replace("10:00", f"{9 + n // 4}:{n % 4 * 15:02d}").replace(
            ";30;", f";{15 + n % 3 * 10};"
        )
        for n in range(40)
    ]
    plan = planned("appointments", VISITS, *lines)
    new = outcomes(plan).count("new")
    assert 13 <= new < 40
    assert apply_import(plan, skip_refused=True).created == new
    with pytest.raises(IntegrityError), one_act():
        Appointment.insert(
            {
                name: plan.results[0].values[name]
                for name in ("patient", "provider", "location", "type", "starts_at", "ends_at")
            }
        ).execute()
