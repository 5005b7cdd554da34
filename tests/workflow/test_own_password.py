"""Setting a password: which ones are refused and why, links that work once, the first admin."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from schema.database import database
from schema.sessions import PasswordLink, SignIn
from schema.staff import Staff, StaffRole
from schema.workflow import Refused, passwords
from schema.workflow.own_password import (
    LINK_LASTS,
    change_password,
    find_link,
    make_first_admin,
    make_password_link,
    use_password_link,
)
from schema.workflow.sign_in import begin_session, live_sessions
from schema.workflow.throttle import TooManyTries
from tests.factories.staff import a_clinic, a_location, a_person, a_role

pytestmark = pytest.mark.usefixtures("house")

NOW = dt.datetime(2026, 11, 21, 8, 0, tzinfo=dt.UTC)
OLD, NEW = "lampa verde sub masa", "nouă corăbii pe deal"
KEPT = passwords.hash_password(OLD)


@pytest.mark.parametrize(
    ("password", "because"),
    [
        ("scurt", "has 5 characters; it needs 12"),
        ("x" * 201, "200 characters at most"),
        ("parola123456", "«parola»"),
        ("Bucuresti2026", "«bucuresti»"),
        ("BUCUREȘTI-2026!!", "«bucuresti»"),
        ("P@r0la!2026!", "«p@r0la»"),
        ("Dental Azure 2026", "«dental»|«azure»"),
        ("Floreasca_1234", "«floreasca»"),
        ("Receptionist99", "«receptionist»"),
        ("popescu.maria1", "«popescu»"),
        ("123456789012", "first things"),
        ("qwertyuiop123", "first things"),
        ("aaaaaaaaaaaaaa", "first things"),
        ("abxabxabxabx", "too few characters"),
    ],
)
def test_an_easy_password_is_refused_and_says_why(password, because):
    a_clinic(name="Azure Dental")
    a_location(name="Floreasca")
    a_role("receptionist")

    with pytest.raises(Refused, match=because):
        passwords.refuse_weak_password(password, "Popescu", "Maria", "m.popescu@azure.test")


@pytest.mark.parametrize(
    "password",
    [OLD, NEW, "correct horse battery staple", "kX7#pq2Lm9vT", "🦷" + " molar la miezul nopții "],
)
def test_a_good_password_is_taken_as_it_is(password):
    passwords.refuse_weak_password(password)

    assert passwords.fits(passwords.hash_password(password), password)


def test_long_passwords_are_not_cut():
    long = "o propoziție lungă " * 10
    assert not passwords.fits(passwords.hash_password(long), long[:-1])


def test_changing_the_password_needs_the_current_one_and_ends_the_other_sessions():
    staff = a_person(password_hash=KEPT)
    begin_session(staff, "", "", NOW)
    begin_session(staff, "", "", NOW)
    here, _ = SignIn.select().order_by(SignIn.id)

    with pytest.raises(Refused, match="current password is not right"):
        change_password(staff, NEW, NEW, address="", sign_in_id=here.id, now=NOW)
    with pytest.raises(Refused, match="is the old one"):
        change_password(staff, OLD, OLD, address="", sign_in_id=here.id, now=NOW)
    change_password(staff, OLD, NEW, address="", sign_in_id=here.id, now=NOW)

    assert passwords.fits(Staff.get_by_id(staff.id).password_hash, NEW)
    assert live_sessions(staff, NOW) == [here]


def test_a_stolen_session_cannot_guess_the_current_password_for_ever():
    staff = a_person(password_hash=KEPT)
    for _ in range(5):
        with pytest.raises(Refused, match="not right"):
            change_password(staff, "wrong", NEW, address="", sign_in_id=0, now=NOW)

    with pytest.raises(TooManyTries):
        change_password(staff, OLD, NEW, address="", sign_in_id=0, now=NOW)


def test_a_link_sets_a_password_once_and_ends_every_session():
    staff, admin = a_person(), a_person("admin")
    begin_session(staff, "", "", NOW)

    token = make_password_link(staff, admin, NOW)
    find_link(token, NOW)
    use_password_link(token, NEW, NOW)

    assert passwords.fits(Staff.get_by_id(staff.id).password_hash, NEW)
    assert live_sessions(staff, NOW) == []
    with pytest.raises(Refused, match="used or is too old"):
        use_password_link(token, OLD, NOW)
    assert token not in str(PasswordLink.get().__data__)


def test_a_weak_password_does_not_use_a_link_up():
    token = make_password_link(a_person(), a_person("admin"), NOW)

    with pytest.raises(Refused, match="characters"):
        use_password_link(token, "scurt", NOW)

    assert find_link(token, NOW)


def test_a_link_grows_old_and_a_newer_one_replaces_it():
    staff, admin = a_person(), a_person("admin")
    first = make_password_link(staff, admin, NOW)
    second = make_password_link(staff, admin, NOW)

    for token, at in ((first, NOW), (second, NOW + LINK_LASTS), ("guessed", NOW)):
        with pytest.raises(Refused, match="used or is too old"):
            find_link(token, at)


def test_only_an_admin_makes_links_and_only_for_people_who_work_here():
    gone = a_person(ended_on=dt.date(2026, 1, 1))

    with pytest.raises(Refused, match="Only an admin"):
        make_password_link(a_person(), a_person("receptionist"), NOW)
    with pytest.raises(Refused, match="left"):
        make_password_link(gone, a_person("admin"), NOW)


def first_admin(email="ana@clinic.test"):
    try:
        return make_first_admin(
            last_name="Pop", first_name="Ana", email=email, password=NEW, now=NOW
        )
    except Refused as error:
        return str(error)
    finally:
        database.close()


def test_the_first_admin_is_made_once_even_by_rivals():
    with ThreadPoolExecutor(4) as rivals:
        made = list(rivals.map(first_admin, [f"ana{number}@clinic.test" for number in range(4)]))

    assert sum(isinstance(one, Staff) for one in made) == 1
    assert Staff.select().count() == 1
    assert StaffRole.get().role.code == "admin"
    assert "people already" in first_admin()


def test_the_first_admin_needs_names_an_address_and_a_good_password():
    for names in ({"last_name": " "}, {"email": "nowhere"}, {"password": "Pop123456789"}):
        good = {"last_name": "Pop", "first_name": "Ana", "email": "a@b.test", "password": NEW}
        with pytest.raises(Refused):
            make_first_admin(**good | names, now=NOW)

    assert not Staff.select().exists()
