"""When papers may be switched off: ten working days in a row, under one in a hundred differing."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.paper_days import PaperDay, rows, trust
from schema.papers import PaperCheck
from schema.workflow.paper_checks import close_check, note_paper
from tests.factories import NOW, TODAY, later
from tests.factories.hours import a_holiday, opening_hours
from tests.factories.papers import a_paper_check, order_at
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_location

pytestmark = pytest.mark.usefixtures("house")
FRIDAY = dt.date(2026, 11, 20)


def days_back(count, place=1, papers=30, differing=0, but=()):
    """A check on each of the last weekdays up to Friday the 20th."""
    found, day = [], FRIDAY
    while len(found) < count:
        if day.isoweekday() < 6 and day not in but:
            found.append(PaperDay(len(found) + 1, place, day, papers, differing))
        day -= dt.timedelta(days=1)
    return found


def test_only_closed_checks_are_days_and_everything_that_differs_counts():
    check, still_open = a_paper_check(), a_paper_check()
    agrees, differs = order_at(check), order_at(check)
    order_at(check)
    order_at(still_open)
    by = check.started_by_id
    note_paper(check.id, agrees.id, agrees.card.stage_id, "", by=by, now=NOW)
    other = stage_of(differs.card.pipeline, "working")
    note_paper(check.id, differs.id, other.id, "", by=by, now=NOW)
    close_check(check.id, by=by, now=later(hours=1))
    empty = a_paper_check()
    close_check(empty.id, by=by, now=later(hours=1))

    found = rows(PaperCheck.select())

    assert found == [
        PaperDay(check.id, check.location_id, TODAY, papers=3, differing=2),
        PaperDay(empty.id, empty.location_id, TODAY, papers=0, differing=0),
    ]


def test_ten_checked_working_days_with_two_of_three_hundred_differing_are_enough():
    days = days_back(10)
    days[3] = PaperDay(4, 1, days[3].day, 30, 2)

    told = trust(1, days, FRIDAY)

    assert (told.checked, told.papers, told.differing, told.reached) == (10, 300, 2, True)


def test_one_in_a_hundred_is_too_many():
    days = days_back(10)
    days[0] = PaperDay(1, 1, days[0].day, 30, 3)

    assert not trust(1, days, FRIDAY).reached


def test_a_working_day_without_a_check_is_named_and_is_not_made_up_by_an_older_one():
    tuesday = dt.date(2026, 11, 17)

    told = trust(1, days_back(12, but=[tuesday]), FRIDAY)

    assert (told.checked, told.missed, told.reached) == (9, (tuesday,), False)


def test_today_counts_once_its_check_is_closed():
    assert trust(1, days_back(10), FRIDAY).reached
    assert trust(1, days_back(10), FRIDAY + dt.timedelta(days=1)).reached
    assert trust(1, days_back(10)[1:], FRIDAY).checked == 9


def test_closed_days_and_days_without_hours_are_no_working_days():
    place = a_location()
    for weekday in (1, 2, 3, 5):
        opening_hours(location=place, weekday=weekday)
    a_holiday(day=dt.date(2026, 11, 17))
    thursdays = [FRIDAY - dt.timedelta(days=1 + 7 * back) for back in range(3)]

    told = trust(place.id, days_back(9, place.id, but=[*thursdays, dt.date(2026, 11, 17)]), FRIDAY)

    assert told.checked == 9 and len(told.missed) == 1
    assert told.missed[0] not in thursdays


def test_checks_of_another_place_and_days_without_papers_prove_nothing():
    assert trust(1, days_back(10, place=2), FRIDAY).checked == 0
    assert not trust(1, days_back(10, papers=0), FRIDAY).reached
