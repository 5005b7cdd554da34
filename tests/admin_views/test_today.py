"""The first page says what waits for a person, within their rights, at the cost of few queries."""

from __future__ import annotations

import datetime as dt
import logging
import re

import pytest
from flask_login import login_user

from admin_views import counting
from admin_views.people import find_person
from admin_views.today import today_page
from reports.publishing import to_take_down
from schema.base import utcnow
from schema.publications import Publication
from schema.staff import Staff, StaffRole
from schema.workflow.sign_in import begin_session
from seed.rights import ROLES
from tests.factories import NOW
from tests.factories.patients import a_consent
from tests.web import Browser, a_web

LINK = re.compile(r'<a href="(/[^"]+)" class="panel figure">.*?<b>([^<]+)</b>', re.S)
COUNT = re.compile(r'<h1>[^<]+</h1><span class="muted">(?:more than |about )?([0-9.]+)')
MOST_QUERIES = 60


def the_holder_of(code: str) -> Staff:
    held = StaffRole.select().where(StaffRole.ended_on.is_null())
    return next(row.staff for row in held if row.role.code == code and row.staff.ended_on is None)


def at_the_desk_of(clinic, code: str) -> Browser:
    staff = the_holder_of(code)
    Staff.update(language="en").where(Staff.id == staff.id).execute()
    return a_web(clinic).as_(staff)


def the_page(clinic, code: str, now: dt.datetime) -> dict:
    """The first page of the holder of a role at a moment."""
    app = a_web(clinic).app
    token = begin_session(the_holder_of(code), "127.0.0.1", "A test", utcnow())
    with app.test_request_context():
        person = find_person(token)
        login_user(person)
        return today_page(person, now)


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_every_role_finds_figures_and_panels(clinic, role):
    page = the_page(clinic, role, NOW)
    assert 3 <= len(page["figures"]) <= 4
    assert page["panels"]


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_a_figure_is_the_count_of_the_list_behind_it(clinic, role):
    browser = at_the_desk_of(clinic, role)
    found = LINK.findall(browser.get("/").text)
    for url, figure in found:
        answer = browser.get(url.replace("&amp;", "&"))
        assert answer.status_code == 200, url
        if not re.search(r"[.,]\d\d$", figure):  # money is a sum
            counted = COUNT.search(answer.text)
            assert counted and counted[1] == figure, url


@pytest.mark.parametrize("role", ["patient_manager", "call_centre", "marketing", "admin"])
def test_a_figure_of_too_many_to_count_says_so_as_the_list_does(clinic, role, monkeypatch):
    monkeypatch.setattr(counting, "COUNTED", 1)
    monkeypatch.setattr(counting, "COUNTED_ROUGHLY", 1)
    browser = at_the_desk_of(clinic, role)
    found = [one for one in LINK.findall(browser.get("/").text) if one[1].startswith("more than")]
    assert found
    for url, figure in found:
        assert figure in browser.get(url.replace("&amp;", "&")).text


def test_marketing_is_told_at_once_what_to_take_down(clinic):
    Staff.update(language="en").execute()
    shown = list(Publication.select().where(Publication.withdrawn_on.is_null()))
    agreed = [one for one in shown if one not in to_take_down(Publication.select())]
    before = dict(LINK.findall(at_the_desk_of(clinic, "marketing").get("/").text))
    a_consent(patient=agreed[0].patient, purpose=f"photo_{agreed[0].use}", given=False, at=utcnow())

    after = dict(LINK.findall(at_the_desk_of(clinic, "marketing").get("/").text))
    assert int(after["/publishing/"]) > int(before["/publishing/"])
    assert "their patients no longer agree" in at_the_desk_of(clinic, "marketing").get("/").text


def test_the_moment_is_an_argument(clinic):
    today = the_page(clinic, "receptionist", NOW)
    in_a_year = the_page(clinic, "receptionist", NOW + dt.timedelta(days=365))
    visits = [page["figures"][0].value for page in (today, in_a_year)]
    assert visits[0] > visits[1] == 0
    assert today["today"] != in_a_year["today"]


def test_the_day_begins_at_midnight_of_the_clinic(clinic):
    late = dt.datetime(2026, 11, 21, 22, 30, tzinfo=dt.UTC)  # half past midnight in Bucharest
    page = the_page(clinic, "receptionist", late)
    assert "22" in page["today"]


@pytest.mark.parametrize(("day", "until"), [(18, "tomorrow"), (21, "Mon 23 Nov")])
@pytest.mark.parametrize("role", ["dentist", "receptionist"])
def test_works_are_asked_for_until_the_next_working_day(clinic, role, day, until):
    """On Saturday the 21st nobody works on the day after."""
    Staff.update(language="en").where(Staff.id == the_holder_of(role).id).execute()
    noon = dt.datetime(2026, 11, day, 10, tzinfo=dt.UTC)
    titles = [panel.title for panel in the_page(clinic, role, noon)["panels"]]
    assert f"Works for visits until {until}" in titles


def test_days_that_are_far_are_said_as_in_lists(clinic):
    page = the_page(clinic, "manager", NOW + dt.timedelta(days=60))
    told = [getattr(line, "when", "") for panel in page["panels"] for line in panel.lines]
    assert any(re.fullmatch(r"\d\d? [A-Z][a-z]+ 20\d\d|\d\d\.\d\d\.20\d\d", when) for when in told)
    assert not any(re.fullmatch(r"\d\.\d\d\.20\d\d", when) for when in told)


@pytest.mark.parametrize("role", ["receptionist", "lab_supervisor", "manager"])
def test_the_first_page_takes_a_bounded_number_of_queries(clinic, role, caplog):
    browser = at_the_desk_of(clinic, role)
    browser.get("/")
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        browser.get("/")
    asked = [record for record in caplog.records if record.name == "peewee"]
    assert len(asked) <= MOST_QUERIES


def test_a_technician_reads_no_name_of_a_patient(clinic):
    page = the_page(clinic, "technician", NOW)
    assert not any("visits" in panel.title.lower() for panel in page["panels"])


def test_the_side_bar_opens_the_diary_from_today_on(clinic):
    browser = at_the_desk_of(clinic, "receptionist")
    link = re.search(r'href="(/appointment/[?][^"]+)"', browser.get("/").text)
    assert link
    shown = [browser.get(path).text for path in (link[1].replace("&amp;", "&"), "/appointment/")]
    assert ["Remove this filter" in text for text in shown] == [True, False]
