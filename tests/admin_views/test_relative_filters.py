"""Filters that move with the calendar and with the person who asks."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from admin_views.relative import PERIODS, span
from schema.base import utcnow
from tests.admin_views.seats import a_seat
from tests.admin_views.test_writing import text
from tests.factories.appointments import an_appointment
from tests.factories.patients import a_patient
from tests.factories.recall import a_recall
from tests.factories.staff import a_location, a_person

FRIDAY = dt.date(2026, 1, 30)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("past", None, "2026-01-29"),
        ("until_today", None, "2026-01-30"),
        ("yesterday", "2026-01-29", "2026-01-29"),
        ("tomorrow", "2026-01-31", "2026-01-31"),
        ("to_come", "2026-01-30", None),
        ("last_week", "2026-01-19", "2026-01-25"),
        ("this_week", "2026-01-26", "2026-02-01"),
        ("next_week", "2026-02-02", "2026-02-08"),
        ("last_month", "2025-12-01", "2025-12-31"),
        ("this_month", "2026-01-01", "2026-01-31"),
        ("next_month", "2026-02-01", "2026-02-28"),
        ("last_7", "2026-01-24", "2026-01-30"),
        ("next_30", "2026-01-30", "2026-02-28"),
    ],
)
def test_a_period_has_its_first_and_last_day(period, first, last):
    days = [dt.date.fromisoformat(day) if day else None for day in (first, last)]
    assert span(period, FRIDAY) == tuple(days)


def test_every_period_that_is_offered_can_be_asked_for():
    for period in PERIODS:
        first, last = span(period, FRIDAY)
        assert first or last
        assert not (first and last) or first <= last


def found(browser, path):
    page = text(browser.get(path))
    return set(re.findall(r'<td class="name"><a href="[^"]*id=(\d+)"', page))


def keys(*rows):
    return {str(row.id) for row in rows}


@pytest.fixture
def recalls():
    today = utcnow().astimezone(ZoneInfo("Europe/Bucharest")).date()
    said = {"due_reason": "Asked so.", "due_by": a_person()}
    dated = {
        days: a_recall(due_on=today + dt.timedelta(days=days), **said)
        for days in (-40, -8, 0, 3, 40)
    }
    return {None: a_recall(), **dated}


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("flt.due_on.in=past", (-40, -8)),
        ("flt.due_on.in=until_today", (-40, -8, 0)),
        ("flt.due_on.in=today", (0,)),
        ("flt.due_on.in=to_come", (0, 3, 40)),
        ("flt.due_on.in=next_7", (0, 3)),
        ("flt.due_on.in=last_30", (-8, 0)),
        ("flt.due_on.older=8", (-40,)),
        ("flt.due_on.older=7", (-40, -8)),
        ("flt.due_on.in=someday", (None, -40, -8, 0, 3, 40)),
        ("flt.due_on.older=x", (None, -40, -8, 0, 3, 40)),
        ("flt.due_on.older=99999999", (None, -40, -8, 0, 3, 40)),
    ],
)
def test_a_list_knows_days_from_today_on(desk, recalls, query, days):
    assert found(desk, f"/recall/?{query}") == keys(*(recalls[day] for day in days))


def test_several_words_of_a_list_make_one_filter(desk):
    one, two, three = (a_recall(status=s) for s in ("waiting", "contacted", "refused"))
    ticked = found(desk, "/recall/?flt.status.any=waiting&flt.status.any=contacted")

    assert ticked == keys(one, two)
    assert found(desk, "/recall/?flt.status.any=contacted,refused") == keys(two, three)
    assert "is not in the list" in text(desk.get("/recall/?flt.status.any=waiting,nonsense"))


def test_a_moment_of_today_may_be_past_or_still_to_come(desk):
    now = utcnow()
    before = an_appointment(starts_at=now - dt.timedelta(minutes=40))
    after = an_appointment(starts_at=now + dt.timedelta(minutes=40))

    assert found(desk, "/appointment/?flt.starts_at.in=past") == keys(before)
    assert found(desk, "/appointment/?flt.starts_at.in=to_come") == keys(after)


def test_me_and_my_location_are_those_of_whoever_asks(house):
    place = a_location()
    rights = {"patient": "all", "staff": "all", "location": "all"}
    browser, me = a_seat(house, rights, location=place)
    mine, here = a_patient(dentist=me, location=None), a_patient(location=place, dentist=None)
    a_patient(dentist=a_person(), location=a_location())

    assert found(browser, "/patient/?flt.dentist.me=1") == keys(mine)
    assert found(browser, "/patient/?flt.location.here=1") == keys(here)


def test_whoever_has_no_location_is_told_so(house):
    browser, _ = a_seat(house, {"patient": "all", "location": "all"})
    a_patient()

    page = text(browser.get("/patient/?flt.location.here=1"))

    assert "no location of your own" in page
