"""The truths of shared tablets, their PINs and their sessions, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.sessions import SignIn
from schema.staff import Staff
from schema.tablets import StaffPin
from tests.factories.sessions import a_sign_in
from tests.factories.staff import a_clinic, a_location, a_person
from tests.factories.tablets import PIN_HASH, a_pin, a_tablet
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def at_work():
    """A tablet, and somebody of its location who has a PIN."""
    tablet = a_tablet()
    person = a_person(location=tablet.location)
    return tablet, person, a_pin(staff=person)


def test_a_token_is_of_one_tablet():
    first, second = a_tablet(), a_tablet()

    with refuses("shared_device_token_is_new"):
        raw(
            "INSERT INTO shared_device "
            "(name, location_id, token_sha, enrolled_by_id, idle_minutes, wrong_tries) "
            "VALUES ('Copy', ?, ?, ?, 2, 0)",
            second.location_id,
            first.token_sha,
            second.enrolled_by_id,
        )


def test_tablets_of_a_location_have_names_of_their_own():
    first = a_tablet(name="Milling room")
    second = a_tablet(location=first.location)
    a_tablet(name="Milling room")

    with refuses("shared_device_name_is_free"):
        raw("UPDATE shared_device SET name = 'Milling room' WHERE id = ?", second.id)

    raw("UPDATE shared_device SET ended_on = ? WHERE id = ?", DAY, first.id)
    raw("UPDATE shared_device SET name = 'Milling room' WHERE id = ?", second.id)


@pytest.mark.parametrize("minutes", [0, -1, 31])
def test_a_tablet_locks_within_half_an_hour(minutes):
    tablet = a_tablet(idle_minutes=30)

    with refuses("shared_device_locks_soon"):
        raw("UPDATE shared_device SET idle_minutes = ? WHERE id = ?", minutes, tablet.id)


def test_wrong_tries_are_counted_to_the_lock_and_no_further():
    tablet, pin = a_tablet(wrong_tries=20), a_pin(wrong_tries=5)

    for count in (21, -1):
        with refuses("shared_device_counts_to_its_lock"):
            raw("UPDATE shared_device SET wrong_tries = ? WHERE id = ?", count, tablet.id)
    for count in (6, -1):
        with refuses("staff_pin_counts_to_its_lock"):
            raw("UPDATE staff_pin SET wrong_tries = ? WHERE id = ?", count, pin.id)


def test_a_revoked_tablet_never_opens_again_and_never_moves():
    tablet, other = a_tablet(), a_tablet()

    for column, value in (
        ("token_sha", "a" * 64),
        ("location_id", other.location_id),
        ("enrolled_by_id", other.enrolled_by_id),
    ):
        with refuses("shared_device_stays_revoked"):
            raw(f"UPDATE shared_device SET {column} = ? WHERE id = ?", value, tablet.id)

    raw("UPDATE shared_device SET ended_on = ? WHERE id = ?", DAY, tablet.id)
    with refuses("shared_device_stays_revoked"):
        raw("UPDATE shared_device SET ended_on = NULL WHERE id = ?", tablet.id)


def test_a_person_has_one_pin_at_a_time():
    pin = a_pin()

    with refuses("staff_pin_is_one"):
        raw(
            "INSERT INTO staff_pin (staff_id, pin_hash, wrong_tries) VALUES (?, ?, 0)",
            pin.staff_id,
            PIN_HASH,
        )

    raw("UPDATE staff_pin SET ended_on = ? WHERE id = ?", DAY, pin.id)
    a_pin(staff=pin.staff)


def test_a_pin_is_never_kept_as_it_is_typed():
    person = a_person()

    with refuses("staff_pin_is_kept_as_a_hash"):
        raw(
            "INSERT INTO staff_pin (staff_id, pin_hash, wrong_tries) VALUES (?, '504182', 0)",
            person.id,
        )


def test_nobody_who_left_has_a_pin():
    person = a_person(ended_on=DAY)

    with refuses("staff_pin_is_of_somebody_here"):
        raw(
            "INSERT INTO staff_pin (staff_id, pin_hash, wrong_tries) VALUES (?, ?, 0)",
            person.id,
            PIN_HASH,
        )


def test_leaving_ends_the_pin_and_coming_back_does_not_revive_it():
    a_clinic()
    pin, other = a_pin(), a_pin()

    raw("UPDATE staff SET ended_on = ? WHERE id = ?", DAY, pin.staff_id)
    Staff.update(ended_on=None).where(Staff.id == pin.staff_id).execute()

    assert [one.ended_on for one in StaffPin.select().order_by(StaffPin.id)] == [DAY, None]
    assert StaffPin.get_by_id(other.id).ended_on is None
    with refuses("staff_pin_stays_ended"):
        raw("UPDATE staff_pin SET ended_on = NULL WHERE id = ?", pin.id)


def test_a_pin_is_not_changed_in_its_place_and_never_changes_hands():
    pin, other = a_pin(), a_person()

    with refuses("staff_pin_stays_ended"):
        raw("UPDATE staff_pin SET pin_hash = ? WHERE id = ?", PIN_HASH[:-2] + "aa", pin.id)
    with refuses("staff_pin_stays_ended"):
        raw("UPDATE staff_pin SET staff_id = ? WHERE id = ?", other.id, pin.id)


def test_one_person_at_a_time_has_a_tablet(at_work):
    tablet, person, _ = at_work
    other = a_person(location=tablet.location)
    a_pin(staff=other)
    first = a_sign_in(staff=person, tablet=tablet)

    with refuses("sign_in_one_at_a_tablet"):
        a_sign_in(staff=other, tablet=tablet)

    SignIn.update(ended_at=first.started_at).where(SignIn.id == first.id).execute()
    a_sign_in(staff=other, tablet=tablet)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE shared_device SET ended_on = '2026-11-20'",
        "UPDATE shared_device SET wrong_tries = 20",
        "UPDATE staff_pin SET ended_on = '2026-11-20'",
        "UPDATE staff_pin SET wrong_tries = 5",
        "UPDATE staff SET location_id = NULL",
        "UPDATE staff SET ended_on = '2026-11-20'",
    ],
)
def test_a_session_on_a_tablet_needs_the_tablet_the_place_and_an_open_pin(at_work, wrong):
    a_clinic()
    tablet, person, _ = at_work
    raw(wrong)

    with refuses("sign_in_at_own_tablet"):
        a_sign_in(staff=person, tablet=tablet)
    a_sign_in(staff=person)


def test_nobody_signs_in_on_a_tablet_of_another_location(at_work):
    _, person, _ = at_work
    elsewhere = a_tablet(location=a_location())

    with refuses("sign_in_at_own_tablet"):
        a_sign_in(staff=person, tablet=elsewhere)


def test_a_session_never_moves_between_tablets_or_people(at_work):
    tablet, person, _ = at_work
    here, own = a_sign_in(staff=person, tablet=tablet), a_sign_in(staff=person)

    with refuses("sign_in_stays_at_its_tablet"):
        raw("UPDATE sign_in SET tablet_id = NULL WHERE id = ?", here.id)
    with refuses("sign_in_stays_at_its_tablet"):
        raw("UPDATE sign_in SET tablet_id = ? WHERE id = ?", a_tablet().id, own.id)
    with refuses("sign_in_stays_at_its_tablet"):
        raw("UPDATE sign_in SET staff_id = ? WHERE id = ?", a_person().id, own.id)
