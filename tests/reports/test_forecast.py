"""When a work is ready: what similar works did, given how long this one has waited."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bench.forecasting import LEAST, MOST, measure
from reports.forecast import SAFE, Ask, Stay, forecast, slot, stays_of
from schema.working_time import WorkingTime

BUCHAREST = ZoneInfo("Europe/Bucharest")
WEEK = WorkingTime(
    BUCHAREST,
    {day: [(540, 780), (840, 1080)] for day in range(1, 6)},
    frozenset({dt.date(2026, 11, 30), dt.date(2026, 12, 1)}),
)
HERE = Ask("ZR", "cad", again=False, units=1, age=0)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


def stays(number, route="ZR", stage="cad", again=False, units=1, stayed=100):
    """Works that needed 10, 20, 30 … minutes more than their stay."""
    return [
        Stay(route, stage, again, units, stayed, stayed + 10 * (place + 1))
        for place in range(number)
    ]


@pytest.mark.parametrize(
    ("past", "level", "number"),
    [
        (stays(20) + stays(30, units=3), "units", 20),
        (stays(19) + stays(11, units=3), "route", 30),
        (stays(19) + stays(11, route="PFM"), "stage", 30),
        (stays(19) + stays(10, route="PFM"), "standard", 0),
        (stays(300), "units", 200),
        (stays(40, again=True), "standard", 0),
        (stays(40, stage="milling"), "standard", 0),
    ],
    ids=["same size", "same route", "same stage", "too few", "newest", "second pass", "elsewhere"],
)
def test_the_nearest_similar_works_speak_when_there_are_enough(past, level, number):
    found = forecast(past, HERE, standard=480)

    assert (found.level, found.number) == (level, number)


def test_what_a_work_was_on_hold_is_neither_its_stay_nor_what_remained():
    visits = [
        ("cad", at("2026-11-23 09:00"), at("2026-11-24 18:00")),
        ("milling", at("2026-11-24 18:00"), at("2026-11-25 13:00")),
    ]
    held = [
        (at("2026-11-23 10:00"), at("2026-11-23 13:00")),
        (at("2026-11-23 12:00"), at("2026-11-24 13:00")),  # the process, while the order was held
    ]
    ready = at("2026-11-25 13:00")

    calm = stays_of("ZR", 1, visits, ready, WEEK)
    waited = stays_of("ZR", 1, visits, ready, WEEK, held)

    assert [(one.stayed, one.remaining) for one in calm] == [(960, 1200), (240, 240)]
    assert [(one.stayed, one.remaining) for one in waited] == [(300, 540), (240, 240)]


def test_without_history_the_standard_times_speak():
    found = forecast([], HERE, standard=480)

    assert found.minutes(SAFE) == 480
    assert found.safe(at("2026-11-26 09:00"), WEEK) == (at("2026-11-26 18:00"), 0)
    assert found.chance(at("2026-11-26 09:00"), at("2026-11-27 18:00"), WEEK) is None


def test_what_has_waited_long_is_not_nearly_done():
    quick, slow = stays(80, stayed=60), stays(20, stayed=3000)
    old = replace(HERE, age=2400)

    fresh, waited = forecast(quick + slow, HERE, 0), forecast(quick + slow, old, 0)
    assert waited.number == 20
    assert waited.minutes(SAFE) > max(0, fresh.minutes(SAFE) - 2400)
    assert waited.minutes(SAFE) == 3000 - 2400 + 180


def test_a_work_that_waits_longer_than_all_others_is_like_those_that_waited_longest():
    past = stays(70, stayed=60) + stays(30, stayed=900)
    found = forecast(past, replace(HERE, age=2000), standard=5)

    assert (found.level, found.number) == ("longest", 30)
    assert found.sample == tuple(10 * place for place in range(1, 31))


def test_eighty_five_percent_is_the_order_statistic_that_a_new_work_keeps():
    found = forecast(stays(99, stayed=1), HERE, 0)

    assert found.minutes(50) == 1 + 500
    assert found.minutes(85) == 1 + 850


def test_a_safe_date_is_a_handover_slot_said_with_its_true_share():
    # 40 works that needed 100 to 139 hundredths of a working day more: 480 to 675 minutes.
    past = [Stay("ZR", "cad", False, 1, 1, 480 + 5 * place) for place in range(40)]
    found = forecast(past, HERE, 0)

    moment, percent = found.safe(at("2026-11-26 09:00"), WEEK)
    assert moment == at("2026-11-27 13:00")
    assert percent == 100 * sum(one.remaining <= 720 for one in past) // 40
    assert found.at(50, at("2026-11-26 09:00"), WEEK) == at("2026-11-27 13:00")


def test_closed_days_ahead_push_the_date_on():
    past = [Stay("ZR", "cad", False, 1, 1, 720)] * 20
    safe, _ = forecast(past, HERE, 0).safe(at("2026-11-27 09:00"), WEEK)

    assert safe == at("2026-12-02 13:00")


def test_what_history_does_not_know_comes_on_top():
    past = [Stay("ZR", "cad", False, 1, 1, 480)] * 20
    found = forecast(past, HERE, 0)
    thursday = at("2026-11-26 09:00")

    assert found.safe(thursday, WEEK)[0] == at("2026-11-26 18:00")
    assert found.later(480).safe(thursday, WEEK) == (at("2026-11-27 18:00"), 100)
    assert found.later(480).chance(thursday, at("2026-11-26 18:00"), WEEK) == 0
    assert forecast([], HERE, standard=480).later(480).minutes(SAFE) == 480


def test_the_chance_is_the_share_of_similar_works_ready_by_then():
    found = forecast(stays(50, stayed=1), HERE, 0)

    assert found.chance(at("2026-11-26 09:00"), at("2026-11-26 13:00"), WEEK) == 46
    assert found.chance(at("2026-11-26 09:00"), at("2026-11-26 09:00"), WEEK) == 0


def test_slots_are_the_ends_of_sessions():
    assert slot(at("2026-11-26 10:00"), WEEK) == at("2026-11-26 13:00")
    assert slot(at("2026-11-26 18:00"), WEEK) == at("2026-11-26 18:00")
    assert slot(at("2026-11-26 18:01"), WEEK) == at("2026-11-27 13:00")


def test_a_past_work_is_counted_from_each_of_its_stays_until_it_was_ready():
    visits = [
        ("cad", at("2026-11-26 09:00"), at("2026-11-26 11:00")),
        ("milling", at("2026-11-26 11:00"), at("2026-11-26 17:00")),
        ("cad", at("2026-11-26 17:00"), at("2026-11-27 10:00")),
        ("handed_over", at("2026-11-27 10:00"), at("2026-12-02 10:00")),
    ]

    assert stays_of("ZR", 3, visits, at("2026-11-27 10:00"), WEEK) == [
        Stay("ZR", "cad", False, 3, 120, 540),
        Stay("ZR", "milling", False, 3, 300, 420),
        Stay("ZR", "cad", True, 3, 120, 120),
    ]


def test_safe_dates_are_kept_in_a_simulated_laboratory():
    ours, *_ = measure(number=600, seed=3)

    assert LEAST <= ours.kept <= MOST
