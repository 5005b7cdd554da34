"""Back-scheduling on dated cases, and the line of steps that the first rows of a clinic give."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schema.pipelines import Stage
from schema.planning import (
    Side,
    Step,
    back,
    earliest_end,
    earliest_visit,
    latest_start,
    minutes_of,
    on,
    ready_by,
    slack,
    started,
)
from schema.routes import Routes
from schema.workflow.public_holidays import public_holidays
from schema.working_time import WorkingTime
from seed import sow_first_rows
from tests.factories import NOW

BUCHAREST = ZoneInfo("Europe/Bucharest")
CLOSED = frozenset(day for day, _ in public_holidays([2026, 2027]))
WEEK = WorkingTime(BUCHAREST, {day: [(540, 780), (840, 1080)] for day in range(1, 6)}, CLOSED)
CAD, SINTER, GLAZE = Step(1, 60), Step(2, 600, "machine"), Step(3, 90)


def at(text: str) -> dt.datetime:
    """A wall-clock time in Bucharest, in UTC."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("line", "ready", "starts"),
    [
        # Glaze 90 min before noon; ten hours of furnace end before 10:30, loaded by closing time.
        (
            (CAD, SINTER, GLAZE),
            "2026-11-26 12:00",
            ["2026-11-25 17:00", "2026-11-25 18:00", "2026-11-26 10:30"],
        ),
        # Loaded on Friday, it stands ready on Monday morning.
        (
            (CAD, SINTER, GLAZE),
            "2026-11-23 10:30",
            ["2026-11-20 17:00", "2026-11-20 18:00", "2026-11-23 09:00"],
        ),
        # Good Friday 10 April, Easter Monday 13 April: Tuesday is made on Thursday.
        ((GLAZE,), "2026-04-14 09:30", ["2026-04-09 17:00"]),
        # Orthodox Easter 2027 is on 2 May: Friday 30 April and Monday 3 May are closed.
        ((GLAZE,), "2027-05-04 09:30", ["2027-04-29 17:00"]),
        # The night of 29 March has 23 hours: ten hours of the wall clock back from 09:00.
        ((Step(2, 600, "supplier"),), "2026-03-29 09:00", ["2026-03-28 22:00"]),
        # The night of 25 October has 25 hours.
        ((Step(2, 600, "supplier"),), "2026-10-25 09:00", ["2026-10-25 00:00"]),
        # The furnace over both nights is still loaded on Friday by closing.
        ((SINTER,), "2026-03-30 09:00", ["2026-03-27 18:00"]),
        ((SINTER,), "2026-10-26 09:00", ["2026-10-23 18:00"]),
        # Try-in: what the clinic needs lies between two stretches of the laboratory.
        (
            (Step(1, 240), Step(4, 960, "clinic"), Step(5, 480)),
            "2026-11-27 18:00",
            ["2026-11-24 14:00", "2026-11-25 09:00", "2026-11-27 09:00"],
        ),
    ],
    ids=[
        "sintering overnight", "sintering over a weekend", "easter 2026", "easter 2027",
        "spring night", "autumn night", "furnace in spring", "furnace in autumn", "try-in",
    ],
)  # fmt: skip
def test_each_step_has_its_latest_start(line, ready, starts):
    assert [one.start for one in back(line, at(ready), WEEK)] == [at(text) for text in starts]


def test_the_slowest_of_lines_side_by_side_decides():
    line = (CAD, Side(((Step(6, 240),), (Step(7, 60), Step(8, 60)))), GLAZE)

    planned = {one.step.stage: one for one in back(line, at("2026-11-26 18:00"), WEEK)}
    assert planned[6].start == at("2026-11-26 11:30")
    assert planned[7].start == at("2026-11-26 14:30")
    assert planned[1].finish == planned[6].start
    ends = {one.step.stage: one.finish for one in on(line, at("2026-11-26 09:00"), WEEK)}
    assert ends == {
        1: at("2026-11-26 10:00"), 6: at("2026-11-26 15:00"), 7: at("2026-11-26 11:00"),
        8: at("2026-11-26 12:00"), 3: at("2026-11-26 16:30"),
    }  # fmt: skip


def test_sintering_begun_at_half_past_five_is_there_at_the_next_opening():
    line = (SINTER, GLAZE)

    sintered, glazed = on(line, at("2026-11-25 17:30"), WEEK)
    assert sintered.finish == at("2026-11-26 03:30")
    assert (glazed.start, glazed.finish) == (at("2026-11-26 09:00"), at("2026-11-26 10:30"))
    assert earliest_end((SINTER,), at("2026-11-25 17:30"), WEEK) == at("2026-11-26 09:00")


@pytest.mark.parametrize(
    ("visit", "days", "ready"),
    [
        ("2026-11-26 10:00", 1, "2026-11-25 18:00"),
        ("2026-11-26 10:00", 2, "2026-11-24 18:00"),
        ("2026-11-23 10:00", 1, "2026-11-20 18:00"),
        ("2026-04-14 10:00", 1, "2026-04-09 18:00"),
        ("2026-04-14 10:00", 2, "2026-04-08 18:00"),
        ("2026-12-02 10:00", 1, "2026-11-27 18:00"),  # 30 November and 1 December are closed
    ],
)
def test_a_work_is_ready_whole_working_days_before_its_visit(visit, days, ready):
    assert ready_by(at(visit), days, WEEK) == at(ready)


def test_a_visit_moved_before_what_is_feasible_gets_the_first_day_that_is():
    now, line = at("2026-11-25 12:00"), (CAD, SINTER, GLAZE)

    too_early = ready_by(at("2026-11-26 11:00"), 1, WEEK)
    assert latest_start(line, too_early, WEEK) < now
    end = earliest_end(line, now, WEEK)
    assert end == at("2026-11-26 10:30")
    assert earliest_visit(end, 1, WEEK) == dt.date(2026, 11, 27)
    assert earliest_visit(end, 2, WEEK) == dt.date(2026, 12, 2)


def test_a_piece_pulled_out_of_a_batch_waits_for_the_next_run_and_the_others_do_not():
    batch, pulled = (SINTER, GLAZE), (Step(9, 30), SINTER, GLAZE)
    loaded = at("2026-11-25 17:45")

    assert earliest_end(batch, loaded, WEEK) == at("2026-11-26 10:30")
    # Thirty minutes of repair end the next morning; its own run lasts until the evening.
    assert [one.start for one in on(pulled, loaded, WEEK)] == [
        loaded, at("2026-11-26 09:15"), at("2026-11-27 09:00"),
    ]  # fmt: skip
    assert earliest_end((Side((batch, pulled)),), loaded, WEEK) == at("2026-11-27 10:30")


def test_slack_is_working_time_and_becomes_negative():
    ready = at("2026-11-26 12:00")

    assert slack((GLAZE,), at("2026-11-25 17:00"), ready, WEEK) == 60 + 90
    assert slack((GLAZE,), at("2026-11-26 11:00"), ready, WEEK) == -30


def test_what_is_done_of_a_step_is_not_ahead():
    assert minutes_of(started((CAD, GLAZE), 45)) == 15 + 90
    assert minutes_of(started((CAD, GLAZE), 500)) == 90
    assert minutes_of((CAD, Side(((GLAZE,), (SINTER, CAD))))) == 60 + 660


moments = some.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 10, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=dt.UTC)
)
clocks = some.sampled_from(("lab", "machine", "clinic", "supplier", "patient"))
steps = some.builds(Step, some.integers(1, 9), some.integers(0, 3000), clocks)
plain = some.lists(steps, max_size=4).map(tuple)
lines = some.tuples(plain, some.lists(plain, max_size=3), plain).map(
    lambda drawn: (*drawn[0], Side(tuple(drawn[1])), *drawn[2])
)


@given(line=lines, ready=moments)
def test_a_line_begun_at_its_latest_start_is_done_in_time(line, ready):
    ends = [one.finish for one in on(line, latest_start(line, ready, WEEK), WEEK)]

    assert max(ends, default=ready) <= ready


@given(line=lines, ready=moments)
def test_begun_any_later_the_line_is_late_or_nothing_happened_meanwhile(line, ready):
    last = latest_start(line, ready, WEEK)
    later = WEEK.add(last, 1)
    ends = [one.finish for one in on(line, later, WEEK)]

    gentle = any(part.clock in ("supplier", "patient") for part in _steps(line))
    assert gentle or minutes_of(line) == 0 or max(ends) > ready


def _steps(line):
    for part in line:
        yield from [part] if isinstance(part, Step) else [s for side in part.lines for s in side]


@given(line=lines, first=moments, later=some.integers(0, 5000))
def test_more_time_never_asks_for_an_earlier_start(line, first, later):
    after = first + dt.timedelta(minutes=later)

    assert latest_start(line, first, WEEK) <= latest_start(line, after, WEEK)
    assert earliest_end(line, first, WEEK) <= earliest_end(line, after, WEEK)


@given(visit=moments, days=some.integers(1, 3))
def test_the_first_day_for_a_visit_leaves_the_days_that_are_wanted(visit, days):
    ready = ready_by(visit, days, WEEK)
    day = earliest_visit(ready, days, WEEK)

    noon = dt.datetime.combine(day, dt.time(12), BUCHAREST).astimezone(dt.UTC)
    assert ready_by(noon, days, WEEK) >= ready
    assert day <= max(visit.astimezone(BUCHAREST).date(), noon.date()) or not WEEK.spans_of(
        visit.astimezone(BUCHAREST).date()
    )


def test_the_line_of_a_work_goes_through_the_processes_that_its_route_opens(house):
    sow_first_rows(NOW)
    codes = dict(Stage.select(Stage.id, Stage.code).tuples())
    routes = Routes()

    def told(line):
        return [codes[part.stage] for part in line]

    assert told(routes.new_order("ZR")) == [
        "registration", "impression_photo", "casting", "scanning", "cad", "consultation",
        "milling", "sintering", "individualisation", "cementation",
    ]  # fmt: skip
    assert told(routes.new_order("PFM"))[-3:] == ["metal_try_in", "ceramic", "glaze"]
    assert told(routes.new_order("EC"))[-5:] == [
        "framework", "milling", "sintering", "individualisation", "cementation",
    ]  # fmt: skip
    assert told(routes.new_order("XX"))[-1] == "fabrication"
    one, three = (
        {codes[part.stage]: part.minutes for part in routes.new_order("ZR", units)}
        for units in (1, 3)
    )
    assert three["individualisation"] == 3 * one["individualisation"]
    assert three["sintering"] == one["sintering"]
    assert three["cad"] == one["cad"]


def test_a_process_that_is_there_has_its_own_line(house):
    sow_first_rows(NOW)
    stages = {(one.pipeline.code, one.code): one for one in Stage.select()}
    order, zirconia = stages["order", "taken"], stages["zirconia", "cad"]
    routes = Routes()

    assert routes.ahead(order.pipeline_id, order.id, "ZR", 1, {"zirconia", "fabrication"}) == ()
    ahead = routes.ahead(zirconia.pipeline_id, zirconia.id, "ZR", 1, {"zirconia", "fabrication"})
    assert [part.clock for part in ahead] == ["lab", "clinic"]
    done = stages["order", "handed_over"]
    assert routes.ahead(done.pipeline_id, done.id, "ZR") == ()
