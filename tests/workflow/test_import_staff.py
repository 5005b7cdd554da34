"""Bringing in staff: people and their roles, without passwords."""

from __future__ import annotations

import pytest

from schema.staff import Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.imports import (
    apply_import,
)
from tests.conftest import House
from tests.factories.staff import a_location, a_person, a_role
from tests.workflow.tables import outcomes, planned


@pytest.fixture(autouse=True)
def floreasca(house: House) -> None:
    """The clinic has one location, where patients belong when the file names none."""
    a_location(name="Floreasca")


def test_staff_come_with_their_roles_and_without_a_password() -> None:
    a_role("dentist"), a_role("receptionist")
    header = "Nume;Prenume;E-mail;Rol;Locatia"
    lines = (header, "Pop;Ana;Ana@Clinic.test;dentist, Receptionist;Floreasca")
    apply_import(planned("staff", *lines))
    ana = Staff.get(Staff.email == "ana@clinic.test")
    assert (ana.password_hash, ana.location.name) == (None, "Floreasca")
    assert {held.role.code for held in ana.roles} == {"dentist", "receptionist"}
    assert outcomes(planned("staff", *lines)) == ["known"]


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
    plan = planned("staff", "Nume;Prenume;E-mail;Rol", line)
    assert says in plan.results[0].reason
    with pytest.raises(Refused):
        apply_import(plan)
    assert not StaffRole.select().exists()


def test_one_e_mail_is_one_member_of_staff() -> None:
    a_person(last_name="Pop", first_name="Ana", email="ana@clinic.test")
    plan = planned(
        "staff",
        "Nume;Prenume;E-mail",
        "Alt;Om;ana@clinic.test",
        "B;B;b@clinic.test",
        "C;C;b@clinic.test",
        create="all",
    )
    assert outcomes(plan) == ["changed", "new", "double"]
    assert apply_import(plan).created == 1
