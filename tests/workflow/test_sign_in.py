"""Signing in: who gets a session, how often one may guess, and what ends a session."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from argon2 import PasswordHasher

from schema.database import close_database, open_database
from schema.sessions import SignIn, SignInAttempt
from schema.settings import PROJECT
from schema.staff import Staff
from schema.workflow import Refused, passwords
from schema.workflow.sign_in import (
    begin_session,
    is_admin,
    live_sessions,
    look_as,
    sha,
    sign_in,
    sign_out,
    sign_out_everywhere,
)
from schema.workflow.throttle import TRIES_PER_NAME, WINDOW, TooManyTries, forget_old_tries
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)
WORDS = "lampa verde sub masa"
KEPT = passwords.hash_password(WORDS)


def ioana(**columns):
    return a_person(**{"email": "ioana@clinic.test", "password_hash": KEPT} | columns)


def try_in(email="ioana@clinic.test", password=WORDS, address="10.0.0.7", now=NOW):
    return sign_in(email, password, address, "Firefox", now)


def test_the_right_password_opens_a_session_of_which_only_the_hash_is_kept():
    ioana()

    token = try_in(email=" Ioana@Clinic.test ")

    [session] = SignIn.select()
    assert session.token_sha == sha(token) and token not in str(session.__data__)
    assert (session.started_at, session.address, session.device) == (NOW, "10.0.0.7", "Firefox")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ioana@clinic.test", "lampa verde sub mese"),
        ("nobody@clinic.test", WORDS),
        ("no address at all", WORDS),
        ("gone@clinic.test", WORDS),
        ("new@clinic.test", ""),
    ],
)
def test_wrong_unknown_ended_and_unset_are_one_answer(email, password):
    ioana()
    ioana(email="gone@clinic.test", ended_on=dt.date(2026, 11, 1))
    ioana(email="new@clinic.test", password_hash=None)

    with pytest.raises(Refused, match="do not belong together"):
        try_in(email, password)

    assert not SignIn.select().exists()


def test_a_name_that_nobody_has_costs_the_same_work_as_a_known_one(monkeypatch):
    ioana()
    hashed = []
    verify = PasswordHasher.verify
    monkeypatch.setattr(
        PasswordHasher, "verify", lambda *words: hashed.append(words) or verify(*words)
    )

    for email in ("ioana@clinic.test", "nobody@clinic.test"):
        with pytest.raises(Refused):
            try_in(email, "not the password", address=email)

    assert len(hashed) == 2


def test_the_hash_is_strong_and_the_unknown_name_costs_the_same():
    assert KEPT.startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert not passwords.is_outdated(passwords.NOBODY)


def test_an_old_hash_is_made_anew_at_the_next_sign_in():
    staff = ioana(password_hash=PasswordHasher(1, 8, 1).hash(WORDS))

    try_in()

    kept = Staff.get_by_id(staff.id).password_hash
    assert not passwords.is_outdated(kept) and passwords.fits(kept, WORDS)


def test_the_sixth_wrong_password_of_a_name_is_not_even_looked_at(monkeypatch):
    ioana()
    for _ in range(TRIES_PER_NAME):
        with pytest.raises(Refused, match="belong together"):
            try_in(password="wrong")

    monkeypatch.setattr(passwords.PasswordHasher, "verify", never)
    with pytest.raises(TooManyTries, match="Try again in 15 min"):
        try_in(email="IOANA@clinic.test")


def test_an_address_that_guesses_many_names_is_stopped(monkeypatch):
    monkeypatch.setattr("schema.workflow.sign_in.fits", lambda kept, password: False)
    for number in range(30):
        with pytest.raises(Refused, match="belong together"):
            try_in(email=f"somebody{number}@clinic.test")

    with pytest.raises(TooManyTries):
        try_in(email="somebody-else@clinic.test")
    with pytest.raises(Refused, match="belong together"):
        try_in(email="somebody-else@clinic.test", address="10.0.0.8")


def test_the_brake_opens_again_and_old_counts_are_swept():
    ioana()
    for _ in range(TRIES_PER_NAME):
        with pytest.raises(Refused):
            try_in(password="wrong")

    later = NOW + WINDOW
    assert try_in(now=later)
    assert forget_old_tries(later) == 2


def test_right_passwords_are_not_counted_so_that_a_whole_clinic_may_come_in_at_eight():
    ioana()

    for _ in range(TRIES_PER_NAME + 1):
        try_in()

    assert [row.count for row in SignInAttempt.select()] == [0]


@pytest.mark.slow
def test_of_eight_rivals_exactly_five_get_to_guess(house):
    ioana()
    url = house.url
    close_database()
    guess = (
        "import sys, datetime as dt\n"
        "from schema.database import open_database\n"
        "from schema.workflow import sign_in as verbs, Refused, throttle\n"
        "open_database(sys.argv[1])\n"
        "looks = []\n"
        "verbs.fits = lambda kept, password: looks.append(1)\n"
        "for _ in range(4):\n"
        "    try:\n"
        "        verbs.sign_in('ioana@clinic.test', 'wrong', sys.argv[2], '',\n"
        "            dt.datetime(2026, 11, 21, 8, tzinfo=dt.UTC))\n"
        "    except Refused: pass\n"
        "print(len(looks))\n"
    )
    command = [sys.executable, "-c", guess, url]
    rivals = [
        subprocess.Popen([*command, f"10.0.0.{n}"], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for n in range(8)
    ]
    looks = [int(rival.communicate()[0]) for rival in rivals]
    open_database(url)

    assert sum(looks) == TRIES_PER_NAME


def test_signing_out_ends_one_session_and_signing_out_everywhere_all_of_them():
    staff, other = ioana(), a_person()
    here, there, elsewhere = (begin_session(staff, "", "", NOW) for _ in range(3))
    begin_session(other, "", "", NOW)

    sign_out(here, NOW)
    assert {row.token_sha for row in live_sessions(staff, NOW)} == {sha(there), sha(elsewhere)}

    kept = SignIn.get(SignIn.token_sha == sha(there))
    assert sign_out_everywhere(staff, NOW, but=kept.id) == 1
    assert sign_out_everywhere(staff, NOW) == 1
    assert len(live_sessions(other, NOW)) == 1


def test_a_session_ends_even_when_the_clock_went_back():
    staff = ioana()
    token = begin_session(staff, "", "", NOW)

    sign_out(token, NOW - dt.timedelta(hours=1))

    assert SignIn.get().ended_at == NOW


def test_only_an_admin_looks_as_another_role():
    admin, role = a_person("admin"), a_role("technician")
    begin_session(admin, "", "", NOW)
    begin_session(a_person("receptionist"), "", "", NOW)
    mine, theirs = SignIn.select().order_by(SignIn.id)

    look_as(mine.id, role, NOW)
    with pytest.raises(Refused, match="Only an admin"):
        look_as(theirs.id, role, NOW)

    assert SignIn.get_by_id(mine.id).seen_as_role == role
    assert is_admin(admin.id)


def never(*_):
    raise AssertionError("the password was looked at")
