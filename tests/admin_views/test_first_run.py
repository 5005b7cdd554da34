"""The first-run pages: only with the server's own code, back and forth, one act, never twice."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pytest

from admin_views.first_run_draft import LONGEST
from schema.hours import Holiday, OpeningHours
from schema.pipelines import Pipeline
from schema.staff import Clinic, Location, Role, Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.first_clinic import FirstClinic, begin_clinic, set_up_code
from seed import sow_first_rows
from seed.demo import sow_demo_clinic
from tests.factories import NOW
from tests.factories.staff import a_person
from tests.web import SECRET, Web

WORDS = "corabii pe deal noua 7"
CLINIC = {"name": "Dinte Bun", "time_zone": "Europe/Bucharest", "currency": "ron"}
LOCATIONS = {"rows": "3", "name.0": "Zorilor", "phone.0": "0722 418 330", "name.1": "Făget"}
ADMIN = {"last_name": "Pop", "first_name": "Ana", "email": "Ana@Clinic.Test"}
ANSWERS = {
    "language": {"language": "en"},
    "clinic": CLINIC,
    "locations": LOCATIONS,
    "hours": {
        "h.0.1.0.from": "08:00",
        "h.0.1.0.to": "12:00",
        "h.0.1.1.from": "13:00",
        "h.0.1.1.to": "20:00",
        "h.1.6.0.from": "09:00",
        "h.1.6.0.to": "13:00",
    },
    "holidays": {"k.0": "1", "d.0": "2026-12-25", "n.0": "Christmas"},
    "admin": ADMIN | {"password": WORDS, "again": WORDS},
    "start": {"start": "empty"},
}


@pytest.fixture(autouse=True)
def draft_file(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the answers of this test wait."""
    settings = web.app.config["SETTINGS"]
    monkeypatch.setitem(web.app.config, "SETTINGS", replace(settings, folder=tmp_path))
    return tmp_path / "first-run.json"


@pytest.fixture
def browser(web: Web):
    """A browser in which the set-up code was typed."""
    stranger = web.stranger()
    stranger.send("/first-run", {"code": set_up_code(SECRET).lower().replace("-", " ")})
    return stranger


def answer(browser, *steps: str, **instead):
    for step in steps or ANSWERS:
        said = instead.get(step, ANSWERS[step])
        got = browser.send(f"/first-run/{step}", {"act": "next", **said})
        assert got.status_code == 302, (step, got.text)


def test_an_empty_house_leads_everybody_to_its_first_page(web: Web):
    assert web.stranger().get("/").location == "/first-run"
    assert web.stranger().get("/sign-in").location == "/first-run"


def test_nobody_claims_the_house_without_the_code_of_its_terminal(web: Web):
    stranger = web.stranger()
    assert stranger.send("/first-run", {"code": "AAAA-BBBB-CCCC"}).status_code == 422
    for step in (*ANSWERS, "summary"):
        assert stranger.get(f"/first-run/{step}").location == "/first-run"
        assert stranger.send(f"/first-run/{step}", ADMIN).location == "/first-run"
    assert set_up_code(SECRET) not in stranger.get("/first-run").text
    assert not Staff.select().exists()


def test_the_answers_make_the_clinic_at_once(browser):
    answer(browser)
    page = browser.get("/first-run/summary").text
    assert "Dinte Bun" in page and WORDS not in page
    assert not Staff.select().exists() and not Location.select().exists(), "nothing half-written"

    assert browser.send("/first-run/summary", {"act": "finish"}).location == "/set-up/"

    clinic, staff = Clinic.get(), Staff.get()
    assert (clinic.name, clinic.currency, clinic.time_zone) == (
        "Dinte Bun",
        "RON",
        "Europe/Bucharest",
    )
    assert (staff.email, staff.language) == ("ana@clinic.test", "en")
    assert [held.role.code for held in StaffRole.select()] == ["admin"]
    hours = OpeningHours.select().order_by(OpeningHours.id)
    assert [(h.location.name, h.weekday, h.opens_at, h.closes_at) for h in hours] == [
        ("Zorilor", 1, 480, 720),
        ("Zorilor", 1, 780, 1200),
        ("Făget", 6, 540, 780),
    ]
    assert Location.get(Location.name == "Zorilor").phone == "+40722418330"
    assert browser.get("/me/sign-ins").status_code == 200, "the admin is in"


def test_the_closed_days_of_the_two_years_are_those_that_were_ticked(browser):
    answer(browser)
    browser.send("/first-run/summary", {"act": "finish"})

    days = [
        row.day for row in Holiday.select().where(Holiday.day.between("2026-01-01", "2027-12-31"))
    ]
    assert days == [dt.date(2026, 12, 25)]
    assert Holiday.get().location is None


def test_the_pages_are_gone_when_somebody_works_here(browser, web: Web):
    a_person()
    for path in ("/first-run", "/first-run/clinic", "/first-run/summary"):
        assert browser.get(path).status_code == 404
        assert browser.send(path, {"act": "finish"}).status_code == 404
    assert web.stranger().get("/").location.startswith("/sign-in")


def test_what_was_typed_is_kept_forward_and_back(browser):
    answer(browser, "language")
    typed = CLINIC | {"name": "", "phone": "12", "act": "next"}
    page = browser.send("/first-run/clinic", typed)
    assert page.status_code == 422 and 'value="12"' in page.text
    assert 'aria-describedby="error-phone"' in page.text

    browser.send("/first-run/locations", {"name.0": "Zorilor", "act": "back"})
    assert 'value="12"' in browser.get("/first-run/clinic").text
    assert 'value="Zorilor"' in browser.get("/first-run/locations").text


def test_a_password_is_typed_once_and_kept_as_a_hash_alone(browser, draft_file):
    answer(browser, "language", "clinic", "locations", "hours", "holidays", "admin")

    assert WORDS not in draft_file.read_text() and "$argon2id$" in draft_file.read_text()
    assert WORDS not in browser.get("/first-run/admin").text
    assert draft_file.stat().st_mode & 0o077 == 0
    answer(browser, "admin", admin=ADMIN)


@pytest.mark.parametrize("password", ["scurt", "dinte bun zorilor", "ana pop 2026 ana"])
def test_a_password_that_is_guessed_first_is_refused(browser, password):
    answer(browser, "language", "clinic", "locations")
    said = ADMIN | {"password": password, "again": password, "act": "next"}
    assert browser.send("/first-run/admin", said).status_code == 422


def test_the_summary_leads_back_to_the_first_step_without_an_answer(browser):
    answer(browser, "language", "clinic")
    assert browser.get("/first-run/summary").location == "/first-run/locations"
    assert browser.send("/first-run/summary", {"act": "finish"}).location == "/first-run/locations"
    assert not Staff.select().exists()


def test_hours_are_copied_from_monday_and_from_place_to_place(browser):
    answer(browser, "language", "clinic", "locations")
    browser.send("/first-run/hours", ANSWERS["hours"] | {"act": "days.0"})
    browser.send("/first-run/hours", {**boxes(browser), "act": "places"})
    answer(browser, "hours", hours=boxes(browser))
    answer(browser, "holidays", "admin", "start")
    browser.send("/first-run/summary", {"act": "finish"})

    week = OpeningHours.select(OpeningHours.weekday).join(Location).where(Location.name == "Făget")
    assert sorted(row.weekday for row in week) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_hours_without_a_location_say_what_to_do_first(browser):
    page = browser.get("/first-run/hours").text
    assert "hours belong to a location" in page
    assert 'href="/first-run/locations">Name a location first' in page
    answer(browser, "locations")
    assert "hours belong to a location" not in browser.get("/first-run/hours").text


def boxes(browser) -> dict[str, str]:
    """The boxes of the page of hours as a browser would send them."""
    found = re.findall(r'name="(h\.[^"]+)" value="([^"]*)"', browser.get("/first-run/hours").text)
    return dict(found)


def test_more_rows_of_locations_are_had_without_losing_any(browser):
    browser.send("/first-run/locations", LOCATIONS | {"act": "more"})
    page = browser.get("/first-run/locations").text
    assert 'name="name.4"' in page and 'value="Făget"' in page


def test_two_locations_of_one_name_are_seen_at_once(browser):
    said = {"name.0": "Zorilor", "name.1": "Zorilor", "act": "next"}
    assert browser.send("/first-run/locations", said).status_code == 422


def test_the_language_of_the_first_step_is_that_of_the_pages(browser):
    browser.send("/first-run/language", {"language": "ro", "act": "next"})
    assert '<html lang="ro">' in browser.get("/first-run/clinic").text


def test_a_holiday_is_offered_by_name_and_day(browser):
    page = browser.get("/first-run/holidays").text
    assert "25.12." in page and page.count("data-day id=") > 30


def test_anything_may_be_typed_anywhere(browser):
    for value in ("\x00", "x" * 5000, "'; DROP TABLE staff; --", "{{7*7}}", "٣", "-1"):
        for step, said in ANSWERS.items():
            typed = dict.fromkeys(said, value) | {"rows": value, "act": "next"}
            assert browser.send(f"/first-run/{step}", typed).status_code in (302, 400, 422)
            page = browser.get(f"/first-run/{step}")
            assert page.status_code == 200 and "x" * (LONGEST + 1) not in page.text


def first(**said) -> FirstClinic:
    good = {
        "name": "Dinte Bun",
        "time_zone": "Europe/Bucharest",
        "currency": "RON",
        "phone": None,
        "email": None,
        "address": None,
        "last_name": "Pop",
        "first_name": "Ana",
        "admin_email": "ana@clinic.test",
        "password_hash": "$argon2id$",
        "language": "ro",
    }
    return FirstClinic(**(good | said))


def test_a_house_with_people_is_not_set_up_again(house):
    a_person()
    with pytest.raises(Refused, match="people already"):
        begin_clinic(first(), sow_first_rows, None, NOW)
    assert not Role.select().exists()


def test_what_fails_half_way_leaves_nothing(house):
    def fails(now):
        raise RuntimeError("the power went off")

    with pytest.raises(RuntimeError):
        begin_clinic(first(), sow_first_rows, fails, NOW)
    assert not Clinic.select().exists() and not Pipeline.select().exists()


@pytest.mark.slow
def test_the_demo_comes_with_an_admin_of_ones_own(house):
    staff = begin_clinic(
        first(), sow_first_rows, lambda now: sow_demo_clinic(now, patients=12), NOW
    )

    assert Clinic.get().is_demo and Staff.select().count() > 20
    assert StaffRole.get(StaffRole.staff == staff).role.code == "admin"
