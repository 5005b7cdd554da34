"""Working time: opening hours, breaks, closed days, and both nights of summer time."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schema.working_time import Worked, WorkingTime, working_time
from tests.factories.hours import a_holiday, opening_hours
from tests.factories.staff import a_location

BUCHAREST = ZoneInfo("Europe/Bucharest")
WEEK = WorkingTime(
    BUCHAREST,
    {day: [(480, 720), (780, 1020)] for day in range(1, 6)},
    frozenset({dt.date(2026, 4, 13), dt.date(2026, 12, 25)}),
)
ROUND_THE_CLOCK = WorkingTime(BUCHAREST, {day: [(0, 1440)] for day in range(1, 8)}, frozenset())


def at(text: str) -> dt.datetime:
    """A wall-clock time in Bucharest, in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-11-20 09:00", 60, "2026-11-20 10:00"),
        ("2026-11-20 11:30", 60, "2026-11-20 13:30"),
        ("2026-11-20 16:30", 60, "2026-11-23 08:30"),
        ("2026-11-20 05:00", 480, "2026-11-20 17:00"),
        ("2026-04-10 16:00", 120, "2026-04-14 09:00"),
        ("2026-12-24 16:00", 120, "2026-12-28 09:00"),
        ("2026-03-27 16:00", 120, "2026-03-30 09:00"),
        ("2026-10-23 16:00", 120, "2026-10-26 09:00"),
    ],
    ids=["plain", "break", "weekend", "whole_day", "easter", "christmas", "spring", "autumn"],
)
def test_minutes_are_added_in_opening_hours(start, minutes, end):
    assert WEEK.add(at(start), minutes) == at(end)
    assert WEEK.between(at(start), at(end)) == minutes


def test_the_nights_of_summer_time_are_an_hour_shorter_and_longer():
    spring = ROUND_THE_CLOCK.between(at("2026-03-29 00:00"), at("2026-03-30 00:00"))
    autumn = ROUND_THE_CLOCK.between(at("2026-10-25 00:00"), at("2026-10-26 00:00"))

    assert (spring, autumn) == (23 * 60, 25 * 60)


moments = some.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)


@given(start=moments, minutes=some.integers(0, 5000))
def test_what_is_added_is_what_lies_between(start, minutes):
    assert WEEK.between(start, WEEK.add(start, minutes)) == minutes


@given(start=moments, first=some.integers(0, 2000), second=some.integers(0, 2000))
def test_adding_in_two_parts_is_adding_at_once(start, first, second):
    assert WEEK.add(WEEK.add(start, first), second) == WEEK.add(start, first + second)


@given(end=moments, minutes=some.integers(0, 5000))
def test_what_is_taken_off_is_what_lies_between(end, minutes):
    assert WEEK.between(WEEK.sub(end, minutes), end) == minutes


@given(start=moments, minutes=some.integers(1, 5000))
def test_taking_off_undoes_adding_up_to_the_opening(start, minutes):
    begun = WEEK.add(start, 0)
    back = WEEK.sub(WEEK.add(start, minutes), minutes)

    assert back == begun or WEEK.between(begun, back) == 0
    assert WEEK.sub(WEEK.add(back, minutes), minutes) == back


@given(end=moments, first=some.integers(0, 2000), second=some.integers(0, 2000))
def test_taking_off_in_two_parts_is_taking_off_at_once(end, first, second):
    assert WEEK.sub(WEEK.sub(end, first), second) == WEEK.sub(end, first + second)


@given(moment=moments, later=some.integers(0, 9000), minutes=some.integers(0, 2000))
def test_a_later_moment_never_gives_an_earlier_one(moment, later, minutes):
    after = moment + dt.timedelta(minutes=later)

    assert WEEK.add(moment, minutes) <= WEEK.add(after, minutes)
    assert WEEK.sub(moment, minutes) <= WEEK.sub(after, minutes)
    assert WEEK.add(moment, minutes) <= WEEK.add(moment, minutes + later)


@given(start=moments, first=some.integers(0, 9000), second=some.integers(0, 9000))
def test_the_minutes_of_two_spans_are_those_of_both_together(start, first, second):
    middle = start + dt.timedelta(minutes=first)
    end = middle + dt.timedelta(minutes=second)

    assert WEEK.between(start, end) == WEEK.between(start, middle) + WEEK.between(middle, end)


@pytest.mark.parametrize(
    ("end", "minutes", "start"),
    [
        ("2026-11-20 10:00", 60, "2026-11-20 09:00"),
        ("2026-11-20 13:30", 60, "2026-11-20 11:30"),
        ("2026-11-23 08:30", 60, "2026-11-20 16:30"),
        ("2026-11-22 12:00", 0, "2026-11-20 17:00"),
        ("2026-04-14 09:00", 120, "2026-04-10 16:00"),
        ("2026-12-28 09:00", 120, "2026-12-24 16:00"),
        ("2026-03-30 09:00", 120, "2026-03-27 16:00"),
        ("2026-10-26 09:00", 120, "2026-10-23 16:00"),
    ],
    ids=["plain", "break", "weekend", "sunday", "easter", "christmas", "spring", "autumn"],
)
def test_minutes_are_taken_off_in_opening_hours(end, minutes, start):
    assert WEEK.sub(at(end), minutes) == at(start)


NIGHT = WorkingTime(BUCHAREST, {day: [(120, 210), (225, 300)] for day in range(1, 8)}, frozenset())
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        # 03:00 becomes 04:00: the first shift is cut to an hour, the second begins with the jump.
        (SPRING, "2026-03-29 00:00 2026-03-29 01:00 2026-03-29 01:00 2026-03-29 02:00"),
        # 04:00 becomes 03:00 again: the second shift lasts an hour longer.
        (AUTUMN, "2026-10-24 23:00 2026-10-25 00:30 2026-10-25 00:45 2026-10-25 03:00"),
    ],
    ids=["spring", "autumn"],
)
def test_night_shifts_meet_both_nights_of_summer_time(day, spans):
    found = [f"{end:%Y-%m-%d %H:%M}" for span in NIGHT.spans_of(day) for end in span]

    assert " ".join(found) == spans


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
@given(into=some.integers(0, 600), minutes=some.integers(0, 400))
def test_both_directions_agree_in_the_nights_of_summer_time(night, into, minutes):
    moment = at(f"{night} 00:00") + dt.timedelta(minutes=into)

    assert NIGHT.between(moment, NIGHT.add(moment, minutes)) == minutes
    assert NIGHT.between(NIGHT.sub(moment, minutes), moment) == minutes


@given(start=moments, first=some.integers(0, 9000), second=some.integers(0, 9000))
def test_minutes_laid_out_once_are_the_same(start, first, second):
    laid_out = Worked(WEEK, start, start + dt.timedelta(days=8))
    one, other = (start + dt.timedelta(minutes=minutes) for minutes in (first, second))

    assert laid_out.between(one, other) == WEEK.between(one, other)


def test_a_place_without_hours_counts_every_minute(house):
    assert working_time(a_location().id).add(at("2026-11-21 22:00"), 90) == at("2026-11-21 23:30")


def test_hours_and_closed_days_of_the_place_are_counted(house):
    place = a_location()
    for weekday in range(1, 6):
        opening_hours(location=place, weekday=weekday, opens_at=480, closes_at=960)
    a_holiday(day=dt.date(2026, 11, 23), location=place)

    assert working_time(place.id).add(at("2026-11-20 15:00"), 120) == at("2026-11-24 09:00")
