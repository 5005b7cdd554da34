"""The truths of appointments, seen to refuse on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from peewee import IntegrityError

from schema.appointments import Appointment
from schema.database import database
from tests.factories import appointments as make
from tests.factories import later
from tests.factories.staff import a_location, a_person
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

MOVE = "UPDATE appointment SET starts_at = ?, ends_at = ? WHERE id = ?"
CANCEL = (
    "UPDATE appointment SET cancelled_at = '2026-11-20 10:00:00', cancelled_by_id = ?, "
    "cancelled_for = ?, cancel_reason = ? WHERE id = ?"
)


def copied(visit: Appointment, **columns: Any) -> None:
    """The same visit once more, in raw SQL."""
    same = {
        "patient_id": visit.patient_id,
        "provider_id": visit.provider_id,
        "chair_id": visit.chair_id,
        "location_id": visit.location_id,
        "type_id": visit.type_id,
        "starts_at": "2026-11-21 09:00:00",
        "ends_at": "2026-11-21 09:30:00",
        "times_moved": 0,
        "wants_sooner": False,
    } | columns
    marks = ", ".join("?" for _ in same)
    raw(f"INSERT INTO appointment ({', '.join(same)}) VALUES ({marks})", *same.values())


def test_a_location_has_one_chair_of_a_name():
    chair = make.a_chair(name="Blue")
    make.a_chair(name="Blue")

    with refuses("chair_name_is_free"):
        raw("INSERT INTO chair (name, location_id) VALUES ('Blue', ?)", chair.location_id)


def test_two_kinds_of_visit_do_not_share_a_code():
    kind = make.an_appointment_type()

    with refuses("appointment_type_code_is_free"):
        raw("INSERT INTO appointment_type (code, name, minutes) VALUES (?, 'Check', 30)", kind.code)


def test_a_visit_fits_into_a_day():
    kind = make.an_appointment_type()
    raw("UPDATE appointment_type SET minutes = 720 WHERE id = ?", kind.id)

    with refuses("appointment_type_fits_a_day"):
        raw("UPDATE appointment_type SET minutes = 721 WHERE id = ?", kind.id)
    with refuses("appointment_type_fits_a_day"):
        raw("UPDATE appointment_type SET minutes = 0 WHERE id = ?", kind.id)


def test_a_provider_has_one_patient_at_a_time():
    visit = make.an_appointment(starts_at=later(days=1))
    copied(visit, starts_at="2026-11-21 09:30:00", ends_at="2026-11-21 10:00:00")
    copied(visit, provider_id=a_person().id)

    with refuses("appointment_provider_is_free"):
        copied(visit, starts_at="2026-11-21 09:15:00", ends_at="2026-11-21 09:20:00")
    with refuses("appointment_provider_is_free"):
        raw(MOVE, "2026-11-21 09:10:00", "2026-11-21 09:40:00", visit.id)


def test_of_rivals_for_one_time_one_gets_it():
    visit = make.an_appointment(starts_at=later(days=2))
    together = Barrier(3)

    def book(_: int) -> bool:
        with database.connection_context():
            together.wait()
            try:
                copied(visit)
            except IntegrityError:
                return False
            return True

    with ThreadPoolExecutor(3) as rivals:
        booked = list(rivals.map(book, range(3)))

    assert sorted(booked) == [False, False, True]
    assert Appointment.select().count() == 2


def test_a_chair_has_one_patient_at_a_time():
    visit = make.an_appointment(chair=make.a_chair())
    someone = a_person().id
    copied(visit, provider_id=someone, chair_id=None)

    with refuses("appointment_chair_is_free"):
        copied(visit, provider_id=a_person().id)
    with refuses("appointment_chair_is_free"):
        raw("UPDATE appointment SET chair_id = ? WHERE provider_id = ?", visit.chair_id, someone)


def test_a_cancelled_visit_gives_its_time_away_and_does_not_take_it_back():
    visit = make.an_appointment()
    raw(CANCEL, a_person().id, "patient", "Has a cold", visit.id)
    copied(visit)

    with refuses("appointment_provider_is_free"):
        raw(
            "UPDATE appointment SET cancelled_at = NULL, cancelled_by_id = NULL, "
            "cancelled_for = NULL, cancel_reason = NULL WHERE id = ?",
            visit.id,
        )


def test_a_missed_visit_gives_its_time_away():
    visit = make.an_appointment()
    raw("UPDATE appointment SET missed_at = ends_at WHERE id = ?", visit.id)

    copied(visit)

    assert Appointment.select().count() == 2


def test_a_chair_stands_at_the_location_of_the_visit():
    visit = make.an_appointment(chair=make.a_chair())

    with refuses("appointment_chair_stands_there"):
        raw("UPDATE appointment SET location_id = ? WHERE id = ?", a_location().id, visit.id)
    with refuses("appointment_chair_stands_there"):
        raw("UPDATE chair SET location_id = ? WHERE id = ?", a_location().id, visit.chair_id)


def test_a_visit_ends_after_it_begins():
    visit = make.an_appointment()
    raw(MOVE, "2026-11-22 09:00:00", "2026-11-22 09:05:00", visit.id)

    with refuses("appointment_ends_after_start"):
        raw(MOVE, "2026-11-22 09:00:00", "2026-11-22 09:00:00", visit.id)
    with refuses("appointment_ends_after_start"):
        raw(MOVE, "2026-11-22 09:00:00", "2026-11-22 08:00:00", visit.id)


def test_a_visit_ends_one_way():
    done = make.an_appointment(arrived_at=later(days=1), completed_at=later(days=1, minutes=25))
    missed = make.an_appointment(missed_at=later(days=1, minutes=30))

    with refuses("appointment_ends_one_way"):
        raw(CANCEL, a_person().id, "clinic", "Doctor is ill", done.id)
    with refuses("appointment_ends_one_way"):
        raw(CANCEL, a_person().id, "clinic", "Doctor is ill", missed.id)


def test_a_completed_visit_had_its_patient():
    visit = make.an_appointment()
    complete = "UPDATE appointment SET arrived_at = ?, completed_at = ? WHERE id = ?"

    with refuses("appointment_completed_was_there"):
        raw(complete, None, "2026-11-21 09:30:00", visit.id)
    with refuses("appointment_completed_was_there"):
        raw(complete, "2026-11-21 09:30:01", "2026-11-21 09:30:00", visit.id)

    raw(complete, "2026-11-21 08:55:00", "2026-11-21 09:30:00", visit.id)


def test_a_visit_is_missed_after_its_start_and_by_someone_who_did_not_come():
    visit = make.an_appointment()
    miss = "UPDATE appointment SET missed_at = ?, arrived_at = ? WHERE id = ?"

    with refuses("appointment_missed_never_arrived"):
        raw(miss, "2026-11-21 08:59:59", None, visit.id)
    with refuses("appointment_missed_never_arrived"):
        raw(miss, "2026-11-21 09:30:00", "2026-11-21 09:00:00", visit.id)

    raw(miss, "2026-11-21 09:30:00", None, visit.id)


def test_a_cancelled_visit_says_who_and_why():
    visit, someone = make.an_appointment(), a_person().id

    with refuses("appointment_cancel_says_who_and_why"):
        raw(CANCEL, None, "patient", "Has a cold", visit.id)
    with refuses("appointment_cancel_says_who_and_why"):
        raw(CANCEL, someone, None, "Has a cold", visit.id)
    with refuses("appointment_cancel_says_who_and_why"):
        raw(CANCEL, someone, "patient", None, visit.id)
    with refuses("appointment_cancel_says_who_and_why"):
        raw("UPDATE appointment SET cancel_reason = 'Maybe' WHERE id = ?", visit.id)

    raw(CANCEL, someone, "patient", "Has a cold", visit.id)


def test_a_visit_counts_how_often_it_moved():
    visit = make.an_appointment()
    raw(MOVE, "2026-11-22 09:00:00", "2026-11-22 09:30:00", visit.id)
    raw(MOVE, "2026-11-22 09:00:00", "2026-11-22 09:45:00", visit.id)

    assert Appointment.get_by_id(visit.id).times_moved == 1


def test_hours_of_a_provider_are_on_one_of_seven_days():
    hours = make.provider_hours()
    raw("UPDATE provider_hours SET weekday = 7 WHERE id = ?", hours.id)

    with refuses("provider_hours_weekday_known"):
        raw("UPDATE provider_hours SET weekday = 8 WHERE id = ?", hours.id)


def test_hours_of_a_provider_are_within_a_day():
    hours = make.provider_hours()
    raw("UPDATE provider_hours SET until_minute = 1440 WHERE id = ?", hours.id)

    with refuses("provider_hours_within_a_day"):
        raw("UPDATE provider_hours SET until_minute = 1441 WHERE id = ?", hours.id)
    with refuses("provider_hours_within_a_day"):
        raw("UPDATE provider_hours SET from_minute = 1440 WHERE id = ?", hours.id)


def test_a_provider_works_at_one_place_at_a_time():
    hours = make.provider_hours(from_minute=480, until_minute=720)
    more = (
        "INSERT INTO provider_hours (staff_id, location_id, weekday, from_minute, until_minute) "
        "VALUES (?, ?, 1, ?, 1000)"
    )
    elsewhere = a_location().id

    with refuses("provider_hours_do_not_overlap"):
        raw(more, hours.staff_id, elsewhere, 719)

    raw(more, hours.staff_id, elsewhere, 720)
