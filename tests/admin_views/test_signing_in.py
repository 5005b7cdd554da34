"""The doors, tried with a browser: in, out, one's password, one's sessions, the first admin."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from admin_views import people
from schema.base import utcnow
from schema.sessions import PasswordLink, SignIn
from schema.staff import Staff, StaffRole
from schema.workflow import passwords
from schema.workflow.sign_in import IDLE, LONGEST
from tests.factories.staff import a_clinic, a_person, a_role
from tests.web import Web, a_web

WORDS, NEW = "lampa verde sub masa", "nouă corăbii pe deal"
KEPT = passwords.hash_password(WORDS)


def ioana(role="receptionist", **columns):
    a_clinic()
    return a_person(role, **{"email": "ioana@clinic.test", "password_hash": KEPT} | columns)


def sign_in(browser, email="ioana@clinic.test", password=WORDS, **more):
    return browser.send("/sign-in", {"email": email, "password": password, **more})


def is_in(browser) -> bool:
    return browser.get("/me/sign-ins").status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(web: Web):
    ioana()
    browser = web.stranger()

    asked = browser.get("/me/sign-ins?x=1")
    assert asked.status_code == 302
    assert asked.location == "/sign-in?next=/me/sign-ins?x%3D1"
    page = browser.get(asked.location).text
    assert 'name="next" value="/me/sign-ins?x=1"' in page
    assert sign_in(browser, next="/me/sign-ins?x=1").location == "/me/sign-ins?x=1"
    assert is_in(browser)


def test_a_wrong_password_keeps_the_typed_address_and_not_the_password(web: Web):
    ioana()

    answer = sign_in(web.stranger(), password="lampa verde sub pat", next="/me/sign-ins")

    assert answer.status_code == 422
    assert "do not belong together" in answer.text
    assert 'value="ioana@clinic.test"' in answer.text and "sub pat" not in answer.text
    assert 'value="/me/sign-ins"' in answer.text


def test_too_many_tries_are_told_how_long_to_wait(web: Web):
    ioana()
    browser = web.stranger()

    answers = [sign_in(browser, password="no") for _ in range(6)]

    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 900
    assert "Try again in" in answers[-1].text


def test_the_cookie_is_the_browsers_alone(web: Web):
    ioana()

    cookie = sign_in(web.stranger()).headers["Set-Cookie"]

    assert re.fullmatch(r"benchside=[^;]+; HttpOnly; Path=/; SameSite=Lax", cookie)


def test_over_https_the_cookie_is_bound_to_the_host(house):
    ioana()

    secure = a_web(house, "https://panel.clinic.test").stranger()
    answer = secure.post(
        "/sign-in",
        base_url="https://panel.clinic.test",
        data={"email": "ioana@clinic.test", "password": WORDS},
        headers={"Origin": "https://panel.clinic.test"},
    )
    page = secure.get("/sign-in", base_url="https://panel.clinic.test")

    assert answer.status_code == 400, "without its token nobody signs in"
    assert re.fullmatch(
        r"__Host-benchside=[^;]+; Secure; HttpOnly; Path=/; SameSite=Lax",
        page.headers["Set-Cookie"],
    )
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_a_planted_cookie_is_not_the_one_that_is_signed_in(web: Web):
    staff = ioana()
    browser = web.as_(staff)
    [planted] = [cookie.value for cookie in browser._cookies.values()]
    with browser.session_transaction() as kept:
        kept["planted"] = True
        kept.pop("_user_id")

    sign_in(browser)

    with browser.session_transaction() as kept:
        assert "planted" not in kept
    assert [cookie.value for cookie in browser._cookies.values()] != [planted]


def test_signing_out_kills_a_copied_cookie(web: Web):
    staff = ioana()
    browser, thief = web.as_(staff), web.stranger()
    thief._cookies.update(browser._cookies)
    assert is_in(thief)

    answer = browser.send("/sign-out")

    assert answer.location == "/sign-in"
    assert "storage" in answer.headers["Clear-Site-Data"]
    assert not is_in(browser) and not is_in(thief)


def test_ending_a_person_ends_their_sessions_at_once(web: Web):
    staff = ioana()
    browser = web.as_(staff)
    assert is_in(browser)

    Staff.update(ended_on=dt.date(2026, 11, 21)).where(Staff.id == staff.id).execute()

    assert not is_in(browser)


@pytest.mark.parametrize(
    ("column", "ago"), [("seen_at", IDLE), ("started_at", LONGEST)], ids=["idle", "absolute"]
)
def test_a_session_does_not_last_for_ever(web: Web, column, ago):
    browser = web.as_(ioana())
    then = utcnow() - ago - dt.timedelta(seconds=5)
    SignIn.update({"started_at": then, column: then}).execute()

    assert not is_in(browser)


def test_use_is_written_down_once_a_minute(web: Web):
    browser = web.as_(ioana())
    fresh, stale = utcnow() - dt.timedelta(seconds=30), utcnow() - dt.timedelta(seconds=70)

    SignIn.update(started_at=stale, seen_at=fresh).execute()
    browser.get("/me/sign-ins")
    assert SignIn.get().seen_at == fresh

    SignIn.update(seen_at=stale).execute()
    browser.get("/me/sign-ins")
    assert SignIn.get().seen_at > fresh


def test_a_person_is_found_with_one_question_to_the_database(web: Web, monkeypatch):
    staff = ioana("admin")
    with web.as_(staff).session_transaction() as kept:
        token = kept["_user_id"]
    people.find_person(token)
    asked = []
    monkeypatch.setattr(
        "schema.database.database.obj.execute_sql",
        lambda *a, _do=people.SignIn._meta.database.obj.execute_sql, **k: (
            asked.append(a) or _do(*a, **k)
        ),
    )

    person = people.find_person(token)

    assert len(asked) == 1
    assert (person.name, person.staff_id, person.language) == (
        f"Ana {staff.last_name}",
        staff.id,
        "en",
    )
    assert person.is_admin and person.role_codes == {"admin"} and person.seen_as is None


def test_a_changed_role_counts_on_the_very_next_request(web: Web):
    staff = ioana("receptionist")
    with web.as_(staff).session_transaction() as kept:
        token = kept["_user_id"]
    assert people.find_person(token).role_codes == {"receptionist"}

    StaffRole.create(staff=staff, role=a_role("dentist"))

    assert people.find_person(token).role_codes == {"receptionist", "dentist"}


def test_an_admin_looks_as_another_role_and_comes_back(web: Web):
    role = a_role("technician", name="Technician")
    browser = web.as_(ioana("admin"))
    with browser.session_transaction() as kept:
        token = kept["_user_id"]

    assert browser.send("/see-as", {"role": role.id, "next": "/me/sign-ins"}).status_code == 302
    seen = people.find_person(token)
    assert seen.role_ids == {role.id} and seen.role_codes == {"technician"}
    assert seen.is_admin and seen.seen_as == "Technician" and role.id not in seen.own_role_ids

    browser.send("/see-as", {"role": ""})
    assert people.find_person(token).role_codes == {"admin"}


@pytest.mark.parametrize("path", ["/see-as", "/password-link"])
def test_what_admins_do_is_not_for_others(web: Web, path):
    staff = ioana("receptionist")

    answer = web.as_(staff).send(path, {"role": "1", "staff_id": str(staff.id)})

    assert answer.status_code == 403 and not PasswordLink.select().exists()


def test_a_password_is_changed_and_other_devices_are_out(web: Web):
    staff = ioana()
    here, there = web.as_(staff), web.as_(staff)
    good = {"current": WORDS, "password": NEW, "again": NEW}

    assert "differ" in here.send("/password", good | {"again": "x"}).text
    assert "not right" in here.send("/password", good | {"current": "x"}).text
    assert here.send("/password", good).location == "/me/sign-ins"

    assert is_in(here) and not is_in(there)
    assert sign_in(web.stranger(), password=NEW).status_code == 302


def test_a_link_from_an_admin_sets_a_password_once(web: Web):
    staff, admin = ioana(), a_person("admin")
    page = web.as_(admin).send("/password-link", {"staff_id": staff.id})
    [path] = re.findall(r'value="http://localhost(/password/[\w-]+)"', page.text)
    browser = web.stranger()

    for _ in range(3):
        assert browser.get(path).status_code == 200, "looking does not use it up"
    assert "characters" in browser.send(path, {"password": "scurt", "again": "scurt"}).text
    assert browser.send(path, {"password": NEW, "again": NEW}).location == "/sign-in"

    assert browser.get(path).status_code == 404
    assert sign_in(web.stranger(), password=NEW).status_code == 302


def test_all_my_sessions_are_listed_and_ended(web: Web):
    staff = ioana()
    here, there = web.as_(staff), web.as_(staff)
    page = here.get("/me/sign-ins").text
    assert page.count("A test") == 2 and page.count("this one") + page.count("aceasta") >= 1

    here.send("/me/sign-ins/end-all")

    assert not is_in(here) and not is_in(there)


@pytest.mark.parametrize(
    ("language", "form"),
    [("en", r"\d{1,2} \w{3} \d{4}, \d\d:\d\d"), ("ro", r"\d\d\.\d\d\.\d{4} \d\d:\d\d")],
)
def test_moments_of_a_session_are_written_as_everywhere(house, language, form):
    browser = a_web(house).as_(a_person("receptionist", language=language))
    page = browser.get("/me/sign-ins").text
    told = re.findall(r'<td class="nowrap"[^>]*>([^<]+)</td>', page)
    assert len(told) == 2 and all(re.fullmatch(form, one.strip()) for one in told)
