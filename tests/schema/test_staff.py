"""The truths of the clinic, its places, people and roles, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.staff import Clinic, Staff, StaffRole
from tests.factories import staff as make
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_there_is_one_clinic():
    make.a_clinic()

    with refuses("clinic_is_one"):
        raw(
            "INSERT INTO clinic (id, name, currency, approval_threshold, is_demo, rights_stamp) "
            "VALUES (2, 'Another', 'RON', 0, FALSE, 1)"
        )

    assert Clinic.select().count() == 1


def test_a_currency_is_three_capital_letters():
    make.a_clinic()
    raw("UPDATE clinic SET currency = 'EUR'")

    with refuses("clinic_currency_has_three_letters"):
        raw("UPDATE clinic SET currency = 'eur'")
    with refuses("clinic_currency_has_three_letters"):
        raw("UPDATE clinic SET currency = 'EU'")


def test_two_locations_do_not_share_a_name():
    make.a_location(name="Centre")
    other = make.a_location(name="North")

    with refuses("location_name_is_free"):
        raw("UPDATE location SET name = 'Centre' WHERE id = ?", other.id)


def test_two_people_do_not_sign_in_with_one_email():
    ana, other = make.a_person(), make.a_person()
    raw("UPDATE staff SET email = 'new@clinic.test' WHERE id = ?", other.id)

    with refuses("staff_email_is_free"):
        raw("UPDATE staff SET email = ? WHERE id = ?", ana.email, other.id)


def test_the_last_admin_does_not_leave():
    make.a_clinic()
    first, second = make.a_person("admin"), make.a_person("admin")
    raw("UPDATE staff SET ended_on = '2026-11-20' WHERE id = ?", first.id)

    with refuses("staff_keeps_an_admin"):
        raw("UPDATE staff SET ended_on = '2026-11-20' WHERE id = ?", second.id)


def test_an_admin_who_lost_the_role_does_not_stand_in_for_the_last_one():
    make.a_clinic()
    first, second = make.a_person("admin"), make.a_person("admin")
    raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE staff_id = ?", first.id)

    with refuses("staff_keeps_an_admin"):
        raw("UPDATE staff SET ended_on = '2026-11-20' WHERE id = ?", second.id)


def test_the_last_admin_does_not_lose_the_role_in_any_way():
    make.a_clinic()
    boss, other = make.a_person("admin"), make.a_person("receptionist")
    receptionist = make.a_role("receptionist")

    with refuses("staff_role_keeps_an_admin"):
        raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE staff_id = ?", boss.id)
    with refuses("staff_role_keeps_an_admin"):
        raw("UPDATE staff_role SET role_id = ? WHERE staff_id = ?", receptionist.id, boss.id)
    with refuses("staff_role_keeps_an_admin"):
        raw("DELETE FROM staff_role WHERE staff_id = ?", boss.id)

    raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE staff_id = ?", other.id)


def test_an_admin_of_two_may_lose_the_role():
    make.a_clinic()
    first, _ = make.a_person("admin"), make.a_person("admin")

    raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE staff_id = ?", first.id)

    assert StaffRole.select().where(StaffRole.ended_on.is_null()).count() == 1


def test_two_roles_do_not_share_a_code():
    make.a_role("dentist")
    raw("INSERT INTO role (code, name) VALUES ('technician', 'Technician')")

    with refuses("role_code_is_free"):
        raw("INSERT INTO role (code, name) VALUES ('dentist', 'Dentist')")


def test_the_code_of_a_role_stays():
    role = make.a_role("dentist")
    raw("UPDATE role SET name = 'Doctor', code = code WHERE id = ?", role.id)

    with refuses("role_code_stays"):
        raw("UPDATE role SET code = 'doctor' WHERE id = ?", role.id)


def test_a_person_holds_a_role_once_at_a_time():
    held = make.a_staff_role()
    again = "INSERT INTO staff_role (staff_id, role_id) VALUES (?, ?)"

    with refuses("staff_role_held_once"):
        raw(again, held.staff_id, held.role_id)

    raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE id = ?", held.id)
    raw(again, held.staff_id, held.role_id)


def test_an_email_is_kept_in_lower_case():
    person = make.a_person(email="Ana.POP@Clinic.TEST")

    assert Staff.get_by_id(person.id).email == "ana.pop@clinic.test"


def test_a_role_retires_when_nobody_holds_it_and_is_not_given_out_again():
    make.a_clinic()
    held = make.a_staff_role()

    with refuses("role_retires_when_nobody_holds_it"):
        raw("UPDATE role SET ended_on = '2026-11-20' WHERE id = ?", held.role_id)

    raw("UPDATE staff_role SET ended_on = '2026-11-20' WHERE id = ?", held.id)
    raw("UPDATE role SET ended_on = '2026-11-20' WHERE id = ?", held.role_id)
    with refuses("staff_role_is_in_use"):
        raw("INSERT INTO staff_role (staff_id, role_id) VALUES (?, ?)", held.staff_id, held.role_id)
    with refuses("staff_role_is_in_use"):
        raw("UPDATE staff_role SET ended_on = NULL WHERE id = ?", held.id)


def test_the_role_of_admins_does_not_retire():
    make.a_clinic()
    admin = make.a_role("admin")

    with refuses("role_of_admins_stays"):
        raw("UPDATE role SET ended_on = '2026-11-20' WHERE id = ?", admin.id)


@pytest.mark.parametrize(
    ("column", "good", "bad", "rule"),
    [
        ("time_zone", "Europe/Berlin", "Mars/Olympus", "clinic_time_zone_is_known"),
        ("phone", "+40721000901", "0721", "clinic_phone_is_e164"),
        ("email", "front@clinic.test", "Front@clinic.test", "clinic_email_is_normal"),
    ],
)
def test_the_clinic_is_reached_in_forms_that_hold(column, good, bad, rule):
    make.a_clinic()
    raw(f"UPDATE clinic SET {column} = ?", good)

    with refuses(rule):
        raw(f"UPDATE clinic SET {column} = ?", bad)
