"""The truths of rights, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.staff import Clinic
from tests.factories import rights as make
from tests.factories.staff import a_clinic, a_staff_role
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_change_of_rights_is_stamped():
    clinic = a_clinic()
    make.a_grant()
    make.a_field_grant()
    a_staff_role()

    assert Clinic.get().rights_stamp == clinic.rights_stamp + 3


def test_a_role_has_one_right_per_table():
    make.a_grant(table_name="patient")
    other = make.a_grant(table_name="lead")

    with refuses("grant_once_per_table"):
        raw("UPDATE role_grant SET table_name = 'patient' WHERE id = ?", other.id)


def test_a_role_has_one_right_per_column():
    make.a_field_grant(column="phone")
    other = make.a_field_grant(column="email")

    with refuses("field_grant_once_per_column"):
        raw("UPDATE field_grant SET \"column\" = 'phone' WHERE id = ?", other.id)
