"""When people are at work: hours of the place, shifts, and leave, on dated cases."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schema.planning import Step, latest_start, on
from schema.presence import People, Presence, Together, first_day, people_on
from schema.workflow.public_holidays import public_holidays
from schema.working_time import WorkingTime
from tests.factories.appointments import provider_hours
from tests.factories.hours import an_absence
from tests.factories.skills import a_skill
from tests.factories.staff import a_person

BUCHAREST = ZoneInfo("Europe/Bucharest")
CLOSED = frozenset(day for day, _ in public_holidays([2026, 2027]))
WEEK = WorkingTime(BUCHAREST, {day: [(540, 780), (840, 1080)] for day in range(1, 6)}, CLOSED)
ANA, DAN = 1, 2


def at(text: str) -> dt.datetime:
    """A wall-clock time in Bucharest, in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


def days(first: str, last: str) -> frozenset[dt.date]:
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    return frozenset(start + dt.timedelta(days=n) for n in range((end - start).days + 1))


def presence(away=None, shifts=None, cad=(ANA, DAN)) -> Presence:
    return Presence(People(shifts or {}, away or {}, {"cad": list(cad)}))


@pytest.mark.parametrize(
    ("away", "start", "end"),
    [
        # Friday afternoon on, with leave on Monday and Tuesday: the rest is done on Wednesday.
        (("2026-11-23", "2026-11-24"), "2026-11-20 17:30", "2026-11-25 09:30"),
        # Leave up to the weekend before Orthodox Easter: Good Friday to Monday are closed anyway.
        (("2026-04-08", "2026-04-09"), "2026-04-07 17:30", "2026-04-14 09:30"),
        # Leave over the night on which summer time begins, and the one on which it ends.
        (("2026-03-27", "2026-03-30"), "2026-03-26 17:30", "2026-03-31 09:30"),
        (("2026-10-23", "2026-10-26"), "2026-10-22 17:30", "2026-10-27 09:30"),
        # National Day after St Andrew: back on the Wednesday.
        (("2026-11-27", "2026-11-27"), "2026-11-26 17:30", "2026-12-02 09:30"),
    ],
    ids=["plain", "easter", "spring", "autumn", "two_holidays"],
)
def test_leave_is_no_working_time_of_the_person_who_has_it(away, start, end):
    hers = presence({ANA: days(*away)}).of(ANA, WEEK)
    assert hers.add(at(start), 60) == at(end)
    assert hers.sub(at(end), 60) == at(start)
    assert hers.between(at(start), at(end)) == 60


def test_nobody_with_the_hours_of_the_place_has_hours_of_their_own():
    there = presence({ANA: days("2026-11-23", "2026-11-24")})
    assert there.of(DAN, WEEK) is WEEK
    assert there.at_stage("cad", WEEK) is WEEK, "Dan does it"
    assert there.at_stage("glazing", WEEK) is WEEK, "nobody has learnt it: no reason to wait"


def test_a_stage_waits_only_for_the_first_who_is_back():
    there = presence({ANA: days("2026-11-23", "2026-11-25"), DAN: days("2026-11-20", "2026-11-23")})
    both = there.at_stage("cad", WEEK)
    assert both.add(at("2026-11-20 17:00"), 90) == at("2026-11-24 09:30"), "Ana does an hour"
    assert presence({ANA: days("2026-11-23", "2026-11-25")}, cad=(ANA,)).at_stage("cad", WEEK).add(
        at("2026-11-20 17:00"), 90
    ) == at("2026-11-26 09:30")


def test_shifts_are_worked_on_open_days_alone_and_join_into_one_time():
    early, late = {1: [(360, 840)], 2: [(360, 840)]}, {1: [(840, 1320)], 2: [(840, 1320)]}
    there = presence(shifts={ANA: early, DAN: late})
    assert there.of(ANA, WEEK).add(at("2026-11-23 13:00"), 120) == at("2026-11-24 07:00")
    # Tuesday 1 December is closed for both.
    assert there.of(DAN, WEEK).add(at("2026-11-24 21:00"), 120) == at("2026-12-07 15:00")
    both = there.at_stage("cad", WEEK)
    assert both.between(at("2026-11-23 00:00"), at("2026-11-24 00:00")) == 16 * 60
    assert both.spans_of(dt.date(2026, 11, 23)) == [
        (at("2026-11-23 06:00"), at("2026-11-23 22:00"))
    ]


def test_a_furnace_is_loaded_by_somebody_who_is_there():
    away = presence({ANA: days("2026-11-25", "2026-11-25")}, cad=(ANA,))
    sinter = Step(2, 600, "machine", hours=away.at_stage("cad", WEEK))
    assert latest_start((sinter,), at("2026-11-26 09:00"), WEEK) == at("2026-11-24 18:00")
    assert on((sinter,), at("2026-11-24 19:00"), WEEK)[0].start == at("2026-11-26 09:00")


def test_where_every_minute_counts_only_leave_does_not():
    always = WorkingTime(BUCHAREST, {}, frozenset())
    hers = presence({ANA: days("2026-11-24", "2026-11-24")}).of(ANA, always)
    assert hers.add(at("2026-11-23 23:00"), 120) == at("2026-11-25 01:00")
    assert first_day(always, dt.date(2026, 11, 24)) == dt.date(2026, 11, 24)


moments = some.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
leaves = some.sets(some.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), max_size=40)


@given(start=moments, minutes=some.integers(1, 3000), hers=leaves, his=leaves)
def test_time_of_people_together_is_added_and_taken_back_alike(start, minutes, hers, his):
    there = presence({ANA: frozenset(hers), DAN: frozenset(his)}, shifts={DAN: {3: [(600, 1200)]}})
    for hours in (there.of(ANA, WEEK), there.at_stage("cad", WEEK)):
        end = hours.add(start, minutes)
        assert hours.between(start, end) == minutes
        assert hours.between(hours.sub(end, minutes), end) == minutes
    together = there.at_stage("cad", WEEK)
    assert isinstance(together, Together)
    assert together.between(start, end) >= there.of(ANA, WEEK).between(start, end)


@pytest.mark.usefixtures("house")
def test_people_are_read_from_their_rows():
    today = dt.date(2026, 11, 20)
    ana, gone = a_person("technician").id, a_person("technician", ended_on=today).id
    code = a_skill(staff=ana).stage_code
    a_skill(staff=gone, stage_code=code)
    an_absence(staff=ana, starts_on=dt.date(2026, 11, 18), ends_on=dt.date(2026, 11, 21))
    an_absence(staff=ana, starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 1, 9))
    provider_hours(staff=ana, weekday=2, from_minute=600, until_minute=720)
    people = people_on(today)
    assert people.away[ana] == days("2026-11-18", "2026-11-21"), "of long ago nothing is known"
    assert people.shifts[ana] == {2: [(600, 720)]}
    assert people.skilled[code] == [ana]
