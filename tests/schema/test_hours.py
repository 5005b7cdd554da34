"""The truths of opening hours, holidays and absences, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.factories import hours as make
from tests.factories.staff import a_location
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_weekday_of_opening_is_one_of_seven():
    hours = make.opening_hours()
    raw("UPDATE opening_hours SET weekday = 7 WHERE id = ?", hours.id)

    with refuses("opening_hours_weekday_known"):
        raw("UPDATE opening_hours SET weekday = 0 WHERE id = ?", hours.id)
    with refuses("opening_hours_weekday_known"):
        raw("UPDATE opening_hours SET weekday = 8 WHERE id = ?", hours.id)


def test_closing_comes_after_opening_within_a_day():
    hours = make.opening_hours()
    raw("UPDATE opening_hours SET opens_at = 0, closes_at = 1440 WHERE id = ?", hours.id)

    with refuses("opening_hours_close_after_open"):
        raw("UPDATE opening_hours SET opens_at = 600, closes_at = 600 WHERE id = ?", hours.id)
    with refuses("opening_hours_close_after_open"):
        raw("UPDATE opening_hours SET closes_at = 1441 WHERE id = ?", hours.id)
    with refuses("opening_hours_close_after_open"):
        raw("UPDATE opening_hours SET opens_at = -1 WHERE id = ?", hours.id)


def test_opening_hours_of_a_day_do_not_overlap():
    morning = make.opening_hours(opens_at=480, closes_at=720)
    make.opening_hours(location=morning.location, opens_at=720, closes_at=1080)
    more = (
        "INSERT INTO opening_hours (location_id, weekday, opens_at, closes_at) VALUES (?, ?, ?, ?)"
    )

    with refuses("opening_hours_do_not_overlap"):
        raw(more, morning.location_id, 1, 700, 730)
    with refuses("opening_hours_do_not_overlap"):
        raw("UPDATE opening_hours SET closes_at = 721 WHERE id = ?", morning.id)

    raw(more, morning.location_id, 2, 700, 730)


def test_a_holiday_stands_in_the_list_once():
    day = make.a_holiday()
    make.a_holiday(location=a_location())

    with refuses("holiday_once_per_day"):
        raw("INSERT INTO holiday (day, name) VALUES (?, 'Again')", str(day.day))


def test_an_absence_does_not_end_before_it_starts():
    away = make.an_absence()
    raw("UPDATE absence SET ends_on = starts_on WHERE id = ?", away.id)

    with refuses("absence_ends_after_start"):
        raw("UPDATE absence SET ends_on = '2026-01-01' WHERE id = ?", away.id)


def test_days_come_back_as_days():
    away = make.an_absence(starts_on=dt.date(2026, 12, 24), ends_on=dt.date(2026, 12, 31))

    assert type(away).get_by_id(away.id).ends_on == dt.date(2026, 12, 31)
