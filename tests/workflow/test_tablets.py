"""Shared tablets and PINs: who gets a session there, how often one may guess, what ends it."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from schema.audit import AuditChange
from schema.sessions import SignIn
from schema.tablets import SharedDevice, StaffPin
from schema.workflow import Refused, passwords
from schema.workflow.pins import (
    end_own_pin,
    is_locked,
    open_own_pin,
    open_pin,
    pin_of,
    refuse_weak_pin,
    set_pin,
)
from schema.workflow.sign_in import live_sessions, sha
from schema.workflow.tablets import (
    enrol,
    find_tablet,
    open_tablet,
    people_at,
    revoke,
    sign_in_at,
)
from schema.workflow.throttle import TooManyTries
from tests.factories.staff import a_location, a_person
from tests.factories.tablets import PIN, a_pin, a_tablet

pytestmark = pytest.mark.usefixtures("house")

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)
WORDS, OTHER = "lampa verde sub masa", "681937"
KEPT = passwords.hash_password(WORDS)


@pytest.fixture
def tablet():
    return a_tablet()


@pytest.fixture
def ana(tablet):
    person = a_person(location=tablet.location, password_hash=KEPT)
    a_pin(staff=person)
    return person


def try_in(tablet, person, pin=PIN, now=NOW):
    return sign_in_at(tablet, person.id, pin, address="10.0.0.7", agent="A tablet", now=now)


def set_it(person, pin=PIN, password=WORDS, now=NOW):
    return set_pin(person, password, pin, address="10.0.0.7", now=now)


@pytest.mark.parametrize(
    ("pin", "because"),
    [
        ("12345", "six digits"),
        ("1234567", "six digits"),
        ("12 456", "six digits"),
        ("٣٤٥٦٧٨", "six digits"),
        ("", "six digits"),
        ("000000", "repeat"),
        ("121212", "repeat"),
        ("233322", "repeat"),
        ("481481", "repeat"),
        ("112233", "repeat"),
        ("994477", "repeat"),
        ("123456", "in a row"),
        ("654321", "in a row"),
        ("890123", "in a row"),
        ("210987", "in a row"),
        ("483384", "in a row"),
        ("159753", "first that are tried"),
        ("314159", "first that are tried"),
        ("722000", "first that are tried"),
    ],
)
def test_pins_that_are_guessed_first_are_refused_in_words(pin, because):
    with pytest.raises(Refused, match=because):
        refuse_weak_pin(pin, "+40722000901")


@pytest.mark.parametrize("pin", ["504182", "681937", "270493", "905714"])
def test_other_pins_are_taken(pin):
    refuse_weak_pin(pin, "+40722000901", "")


def test_a_pin_is_set_with_ones_own_password_and_kept_as_a_hash(tablet):
    person = a_person(location=tablet.location, password_hash=KEPT)

    with pytest.raises(Refused, match="current password"):
        set_it(person, password="lampa verde sub mese")
    assert pin_of(person) is None

    kept = set_it(person)

    assert kept.pin_hash.startswith("$argon2id$") and PIN not in kept.pin_hash
    assert try_in(tablet, person)


def test_guessing_the_password_to_set_a_pin_is_braked(ana):
    for _ in range(5):
        with pytest.raises(Refused, match="current password"):
            set_it(ana, password="no")
    with pytest.raises(TooManyTries):
        set_it(ana)


def test_a_weak_pin_leaves_the_old_one(tablet, ana):
    with pytest.raises(Refused, match="in a row"):
        set_it(ana, "123456")

    assert try_in(tablet, ana)


def test_a_new_pin_ends_the_old_one_and_its_session_on_the_tablet(tablet, ana):
    try_in(tablet, ana)

    set_it(ana, OTHER)

    assert live_sessions(ana, NOW) == []
    with pytest.raises(Refused, match="not right"):
        try_in(tablet, ana)
    assert try_in(tablet, ana, OTHER)
    assert StaffPin.select().where(StaffPin.staff == ana).count() == 2


def test_an_ended_pin_opens_nothing(tablet, ana):
    try_in(tablet, ana)

    end_own_pin(ana, WORDS, address="10.0.0.7", now=NOW)

    assert live_sessions(ana, NOW) == []
    with pytest.raises(Refused, match="has no PIN"):
        try_in(tablet, ana)


def test_the_right_pin_opens_a_session_of_that_person_marked_with_the_tablet(tablet, ana):
    token = try_in(tablet, ana)

    [session] = SignIn.select()
    assert session.token_sha == sha(token)
    assert (session.staff, session.tablet, session.started_at) == (ana, tablet, NOW)


def test_whoever_comes_next_signs_out_whoever_was_there(tablet, ana):
    vlad = a_person(location=tablet.location)
    a_pin(staff=vlad)
    try_in(tablet, ana)

    try_in(tablet, vlad, now=NOW + dt.timedelta(minutes=1))

    assert live_sessions(ana, NOW) == []
    assert [one.tablet for one in live_sessions(vlad, NOW)] == [tablet]


def test_a_session_on_a_tablet_is_over_when_nobody_touched_it_for_so_long(tablet, ana):
    try_in(tablet, ana)

    assert live_sessions(ana, NOW + dt.timedelta(seconds=119))
    assert not live_sessions(ana, NOW + dt.timedelta(seconds=121))


def test_wrong_pins_are_counted_for_the_person_and_the_tablet_and_a_right_one_forgives(tablet, ana):
    for left in (4, 3, 2, 1):
        with pytest.raises(Refused, match=f"left: {left}"):
            try_in(tablet, ana, OTHER)
    assert (pin_of(ana).wrong_tries, SharedDevice.get().wrong_tries) == (4, 4)

    try_in(tablet, ana)

    assert (pin_of(ana).wrong_tries, SharedDevice.get().wrong_tries) == (0, 0)


def test_five_wrong_pins_lock_it_on_every_tablet_until_somebody_opens_it(tablet, ana):
    other = a_tablet(location=tablet.location)
    for _ in range(5):
        with pytest.raises(Refused):
            try_in(tablet, ana, OTHER)
    assert is_locked(pin_of(ana))
    for place in (tablet, other):
        with pytest.raises(Refused, match="locked after five"):
            try_in(place, ana)
    assert SignIn.select().count() == 0

    open_pin(pin_of(ana).id)

    assert try_in(other, ana)


def test_ones_own_password_opens_a_locked_pin(tablet, ana):
    StaffPin.update(wrong_tries=5).execute()

    with pytest.raises(Refused, match="current password"):
        open_own_pin(ana, "no", address="10.0.0.7", now=NOW)
    assert is_locked(pin_of(ana))

    open_own_pin(ana, WORDS, address="10.0.0.7", now=NOW)

    assert try_in(tablet, ana)


def test_twenty_wrong_pins_lock_a_tablet_and_cost_nobody_a_try(tablet, ana):
    SharedDevice.update(wrong_tries=20).execute()

    with pytest.raises(Refused, match="on this tablet"):
        try_in(tablet, ana)
    assert pin_of(ana).wrong_tries == 0

    open_tablet(tablet.id)

    assert try_in(tablet, ana)


def test_a_revoked_tablet_is_not_found_and_its_session_is_over(tablet, ana):
    made, token = enrol("Press", tablet.location_id, 3, by=ana.id, now=NOW)
    assert find_tablet(token) == made and token not in str(made.__data__)
    try_in(made, ana)

    for _ in range(2):
        assert revoke(made.id, now=NOW).ended_on == NOW.date()

    assert find_tablet(token) is None and live_sessions(ana, NOW) == []
    with pytest.raises(Refused):
        try_in(made, ana)
    with pytest.raises(Refused, match="enrol it anew"):
        open_tablet(made.id)


@pytest.mark.parametrize(
    ("columns", "because"),
    [
        ({"idle_minutes": 31}, "1 to 30"),
        ({"name": "Milling"}, "has that name"),
        ({"location_id": 0}, "Choose a location"),
    ],
)
def test_a_tablet_is_enrolled_in_words_or_not_at_all(columns, because):
    there = a_tablet(name="Milling")
    good = {"name": "Press", "location_id": there.location_id, "idle_minutes": 2}

    with pytest.raises(Refused, match=because):
        enrol(**good | columns, by=there.enrolled_by_id, now=NOW)


def test_the_names_are_those_of_the_location_who_have_a_pin(tablet, ana):
    a_pin(staff=a_person(location=a_location()))
    a_person(location=tablet.location)
    a_pin(staff=a_person(location=tablet.location), ended_on=NOW.date())

    assert [one.staff for one in people_at(tablet)] == [ana]


def test_the_names_stand_in_the_order_of_the_alphabet(tablet):
    names = ["Sanda", "Ștefan", "Tudor"]
    for name in names[::-1]:
        a_pin(staff=a_person(location=tablet.location, first_name=name))

    assert [one.staff.first_name for one in people_at(tablet)] == names


def test_tries_are_audited_and_neither_pin_nor_hash_ever_is(tablet, ana):
    set_it(ana, OTHER)
    with pytest.raises(Refused):
        try_in(tablet, ana, "680113")
    try_in(tablet, ana, OTHER)

    changes = list(AuditChange.select())
    tries = [one for one in changes if one.table_name == "staff_pin" and one.after]
    assert any(json.loads(one.after).get("wrong_tries") == 1 for one in tries)
    told = " ".join(f"{one.before} {one.after}" for one in changes)
    hashes = [one.pin_hash for one in StaffPin.select()] + [tablet.token_sha]
    for secret in (PIN, OTHER, "680113", "argon2id", *hashes):
        assert secret not in told
