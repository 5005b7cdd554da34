"""Slack and load of the queue on dated cases: firms, leave, shifts, what has begun."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reports import lab_queue, queue_load, queue_plan
from reports.queue_load import Hand
from schema.ahead import Ahead
from schema.cards import Card
from schema.pipelines import Pipeline, Stage
from schema.planning import latest_start
from schema.supplier_times import ENOUGH
from schema.tracks import Track
from schema.workflow.assigning import assign
from schema.workflow.order_plan import line_of
from schema.working_time import WorkingTime, working_time
from tests.factories.appointments import provider_hours
from tests.factories.bench import a_bench_act, a_machine_run_work
from tests.factories.hours import an_absence, opening_hours
from tests.factories.pipelines import a_pipeline, published, stage_of
from tests.factories.skills import a_skill
from tests.factories.staff import a_location, a_person
from tests.factories.tracks import a_track, an_assignment, an_outsourcing

BUCHAREST = ZoneInfo("Europe/Bucharest")
HOUR = 60


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BUCHAREST).astimezone(dt.UTC)


MONDAY = at("2026-11-16 09:00")


class Floor:
    """Nine to five on weekdays; CAD of an hour, casting at a firm for a day, glazing of an hour."""

    def __init__(self) -> None:
        self.place = a_location()
        for day in range(1, 6):
            opening_hours(location=self.place, weekday=day)
        self.way = a_pipeline("cad", "casting", "glazing", "done", kind="track")
        Pipeline.update(published_at=None).where(Pipeline.id == self.way.id).execute()
        for code, minutes, clock in (
            ("cad", HOUR, "lab"),
            ("casting", 24 * HOUR, "supplier"),
            ("glazing", HOUR, "lab"),
        ):
            stage = stage_of(self.way, code)
            Stage.update(standard_minutes=minutes, clock=clock).where(Stage.id == stage).execute()
        published(self.way)
        self.track = a_track(pipeline=self.way)
        Card.update(
            due_at=at("2026-11-20 17:00"), location=self.place, opened_at=at("2026-11-13 09:00")
        ).where(Card.id.in_([self.track.card_id, self.track.order.card_id])).execute()

    @property
    def hours(self) -> WorkingTime:
        return working_time(self.place.id)

    def technician(self, code: str = "cad") -> int:
        return a_skill(staff=a_person("technician"), stage_code=code).staff_id

    def given(self, person: int) -> None:
        an_assignment(track=self.track, technician=person, started_at=MONDAY)

    def row(self, now: dt.datetime = MONDAY) -> queue_plan.Row:
        works = lab_queue.works(Track.select().where(Track.id == self.track.id), now)
        return queue_plan.rows(works, {}, Ahead(now), lambda _: self.hours, {})[0]


@pytest.fixture
def floor(house) -> Floor:
    return Floor()


def test_slack_counts_what_firms_needed_as_the_plan_of_the_order_does(floor):
    # Glazing on Friday from 16:00, casting from Thursday 16:00, CAD from 15:00.
    assert floor.row().due == at("2026-11-19 16:00")
    assert floor.row().slack == 3 * 8 * HOUR + 6 * HOUR
    other = a_track(pipeline=floor.way)
    for _ in range(ENOUGH):
        an_outsourcing(
            track=other,
            stage=stage_of(floor.way, "casting"),
            sent_at=at("2026-11-02 09:00"),
            returned_at=at("2026-11-05 09:00"),
            outcome="complete",
        )
    # P80 of three days: sent by Tuesday 16:00, CAD from 15:00.
    assert floor.row().due == at("2026-11-17 16:00")
    assert floor.row().slack == 8 * HOUR + 6 * HOUR


def test_the_plan_of_the_order_and_the_queue_have_one_latest_start(floor):
    order, now = floor.track.order, MONDAY
    an_absence(staff=(ana := floor.technician()), starts_on=dt.date(2026, 11, 18),
               ends_on=dt.date(2026, 11, 20))  # fmt: skip
    floor.given(ana)
    line = line_of(order, Ahead(now), floor.hours)
    last = latest_start(line, at("2026-11-20 17:00"), floor.hours)
    assert last == at("2026-11-17 16:00"), "before she leaves"
    assert floor.row().slack == floor.hours.between(now, last)


def test_whoever_has_a_work_and_is_away_makes_it_late_and_a_colleague_does_not(floor):
    ana, dan = floor.technician(), floor.technician()
    an_absence(staff=ana, starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 11, 20))
    assert floor.row().slack == 30 * HOUR, "free: Dan can do it"
    floor.given(ana)
    assert floor.row().slack < 0, "her last hour before its date was on Friday the 13th"
    an_absence(staff=dan, starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 11, 17))
    assert floor.row(at("2026-11-16 12:00")).slack < 0


def test_a_free_work_is_late_when_all_who_have_learnt_its_stage_are_away(floor):
    for person in (floor.technician(), floor.technician()):
        an_absence(staff=person, starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 11, 19))
    assert floor.row().slack < 0


def test_what_is_done_of_a_step_counts_from_its_start(floor):
    ana = floor.technician()
    floor.given(ana)
    now = at("2026-11-16 09:40")
    assert floor.row(now).slack == 30 * HOUR - 40
    a_bench_act(card=floor.track.card, by=ana, step=0, tapped_at=MONDAY, at=MONDAY)
    assert floor.row(now).slack == 30 * HOUR, "forty minutes are done"
    told = {"by": a_person("lab_supervisor").id, "now": now}
    assign({floor.track.id: floor.technician()}, **told)
    assert floor.row(now).slack == 30 * HOUR - 40, "Dan has not begun"


def test_what_lies_in_a_machine_is_begun_until_it_is_taken_out(house):
    work = a_machine_run_work()
    begun = lab_queue.works(Track.select().where(Track.id == work.track_id), MONDAY)[0].begun
    assert begun == work.run.started_at
    type(work).update(taken_out_at=work.run.started_at).where(type(work).id == work.id).execute()
    assert lab_queue.works(Track.select().where(Track.id == work.track_id), MONDAY)[0].begun is None


def test_a_firm_that_has_the_work_is_waited_for(floor):
    before = floor.row().slack
    an_outsourcing(track=floor.track, sent_at=MONDAY, expected_on=dt.date(2026, 11, 18))
    row = floor.row()
    assert row.work.outside == 57 * HOUR, "until Wednesday at 18:00"
    assert row.slack < before


def hand(hours: WorkingTime, *away: str, skill: str = "mid") -> Hand:
    return Hand(1, "Ana", {"cad": skill}, frozenset(map(dt.date.fromisoformat, away)), hours)


SATURDAYS = WorkingTime(
    BUCHAREST, {day: [(540, 1020)] for day in range(1, 6)} | {6: [(540, 780)]}, frozenset()
)


@pytest.mark.parametrize(
    ("day", "part"), [("2026-11-20", 1.0), ("2026-11-21", 0.5), ("2026-11-22", 0.0)]
)
def test_a_short_day_takes_less_and_a_closed_one_nothing(day, part):
    ana = hand(SATURDAYS)
    today = dt.date.fromisoformat(day)
    assert ana.part_of(today) == part
    queue_load.load([], {1: ana}, {"cad": 10}, [today], lambda moment: moment.date())
    assert ana.loads[today].capacity == 10 * part


def test_a_day_of_leave_takes_nothing_and_ends_when_she_works_again():
    ana, friday = hand(SATURDAYS, "2026-11-20", "2026-11-21"), dt.date(2026, 11, 20)
    assert ana.part_of(friday) == 0
    assert ana.back_on(friday) == dt.date(2026, 11, 23), "Sunday is closed"
    assert hand(WorkingTime(BUCHAREST, {}, frozenset()), "2026-11-20").back_on(friday) == (
        dt.date(2026, 11, 21)
    )


def test_a_work_tells_of_leave_today_and_on_the_day_of_its_step(floor):
    ana = floor.technician()
    floor.given(ana)
    today, row = dt.date(2026, 11, 16), floor.row()

    def leave(*away: str):
        own = {ana: hand(floor.hours, *away)}
        return queue_load.leave_of(
            row, own, today, lambda moment: moment.astimezone(BUCHAREST).date()
        )

    assert leave("2026-11-17") is None
    assert leave("2026-11-16") == (today, dt.date(2026, 11, 17))
    assert leave("2026-11-19", "2026-11-20") == (dt.date(2026, 11, 19), dt.date(2026, 11, 23))


def test_who_does_not_work_today_is_suggested_last(floor):
    ana, dan = floor.technician(), floor.technician()
    provider_hours(staff=ana, location=floor.place, weekday=3)
    presence, today = Ahead(MONDAY).presence, dt.date(2026, 11, 16)
    hands = {
        key: Hand(key, "", {"cad": level}, frozenset(), presence.shifts_of(key, floor.hours))
        for key, level in ((ana, "senior"), (dan, "mid"))
    }
    row = floor.row()
    assert queue_load.suggested(row, hands, {}, today) == dan
    assert queue_load.suggested(row, hands, {}, dt.date(2026, 11, 18)) == min(ana, dan)
