"""What stages told is called back by progress; clocks stop on hold and go on as they should."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schema.automation_runs import AutomationRun
from schema.cards import Card
from schema.followups import Followup
from schema.pipelines import Pipeline, Stage
from schema.workflow.automations import run_due
from schema.workflow.holding import hold, resume
from schema.workflow.steps import move
from schema.workflow.ticks import tick, untick
from schema.workflow.transfers import transfer
from tests.factories import NOW, TODAY, later
from tests.factories.cards import a_card
from tests.factories.hours import opening_hours
from tests.factories.orders import an_order
from tests.factories.pipelines import a_control_point, a_pipeline, an_automation, stage_of
from tests.factories.staff import a_location, a_person, a_role
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")
FRIDAY = dt.datetime(2026, 11, 20, 7, 0, tzinfo=dt.UTC)  # nine o'clock in Bucharest


def a_way(**automation: Any) -> Pipeline:
    """A pipeline that tells a role after an hour, or whatever the automation says."""
    way = a_pipeline(kind="lead")
    good = {"delay_minutes": 60, "delay_time": "calendar", "role": a_role("helper")}
    an_automation(**{"stage": stage_of(way, "working"), **good} | automation)
    return way


def go(card: Card, code: str, now: dt.datetime = NOW) -> None:
    move(card.id, stage_of(Card.get_by_id(card.id).pipeline, code).id, by=a_person().id, now=now)


def told_late(event: str, **automation: Any) -> Card:
    """A card that lies at a stage so long that its automation has told somebody."""
    way = a_way(event=event, **automation)
    Stage.update(standard_minutes=30, clock="machine").where(Stage.pipeline == way).execute()
    card = a_card(pipeline=way)
    go(card, "working")
    run_due(later(days=1))
    assert Followup.select().where(Followup.cancelled_at.is_null()).exists()
    return card


@pytest.mark.parametrize("event", ["idle", "overrun"])
@pytest.mark.parametrize("to", ["done", "new", "lost"])
def test_a_task_of_a_work_that_lay_too_long_is_called_back_when_it_goes_on(event, to):
    card = told_late(event)
    go(card, to, later(days=2))
    task = Followup.get()
    assert (task.cancelled_at, task.cancel_reason) == (later(days=2), "The work went on")


def test_a_task_of_entering_is_work_of_its_own_and_stays_until_the_card_is_given_up():
    card = told_late("enter")
    go(card, "new", later(days=2))
    assert Followup.get().cancelled_at is None
    go(card, "lost", later(days=3))
    assert Followup.get().cancelled_at == later(days=3)


def test_a_task_that_is_done_and_tasks_of_other_cards_stay_as_they_are():
    card, me = told_late("idle"), a_person()
    done = {"done_at": later(days=1), "done_by": me.id, "outcome": "Called"}
    Followup.update(done).execute()
    other = a_card(pipeline=card.pipeline)
    go(other, "working", later(days=1))
    run_due(later(days=2))
    go(card, "done", later(days=2))
    assert {one.cancelled_at for one in Followup.select()} == {None}


@pytest.mark.parametrize("to", ["done", "new", "lost"])
def test_a_card_is_at_risk_only_as_long_as_it_stays_where_it_came_to_be(to):
    card = a_card(pipeline=a_pipeline(kind="lead"))
    go(card, "working")
    Card.update(at_risk=True).where(Card.id == card.id).execute()
    go(card, to)
    assert not Card.get_by_id(card.id).at_risk


def test_nobody_who_left_is_told_but_the_dentist_of_the_order():
    way = a_pipeline(kind="order")
    an_automation(stage=stage_of(way, "working"), delay_time="calendar")
    left, dentist = a_person(ended_on=TODAY), a_person()
    card = an_order(card=a_card("order", pipeline=way, responsible=left), dentist=dentist).card
    go(card, "working")
    assert [one.staff for one in Followup.select()] == [dentist]


def test_where_all_have_left_the_run_says_that_nobody_is_responsible():
    way = a_way(role=None, delay_minutes=0)
    card = a_card(pipeline=way, responsible=a_person(ended_on=TODAY))
    go(card, "working")
    assert "Nobody is responsible" in AutomationRun.get().outcome
    assert not Followup.select().exists()


def ticked(*minutes: int) -> Card:
    """A card on which a point is ticked and taken back in turn, at these minutes."""
    way = a_pipeline(kind="lead")
    start = stage_of(way, "new")
    point = a_control_point(stage=start, required=False)
    facts = {"event": "tick", "control_point": point, "delay_time": "calendar"}
    an_automation(stage=start, role=a_role("helper"), delay_minutes=60, **facts)
    card, me = a_card(pipeline=way), a_person()
    for place, minute in enumerate(minutes):
        verb = untick if place % 2 else tick
        verb(card.id, point.id, by=me.id, now=later(minutes=minute))
    return card


def test_a_tick_that_comes_again_starts_anew_what_follows_it_and_once():
    card = ticked(0, 5, 6)
    run_due(later(minutes=65))
    assert not Followup.select().exists()
    run_due(later(minutes=66))
    assert [one.card_id for one in Followup.select()] == [card.id]


def test_what_followed_a_tick_follows_it_once_for_each_visit():
    ticked(0)
    run_due(later(minutes=60))
    card = Card.get()
    point = card.stage.control_points.get()
    untick(card.id, point.id, by=a_person().id, now=later(minutes=70))
    tick(card.id, point.id, by=a_person().id, now=later(minutes=71))
    run_due(later(days=1))
    assert Followup.select().count() == 1


def test_a_run_of_a_visit_that_is_over_waits_no_more():
    card = ticked(0, 5)
    go(card, "working", later(minutes=6))
    with refuses("automation_run_over_stays"):
        raw("UPDATE automation_run SET cancelled_at = NULL")


def test_a_hold_over_the_week_end_leaves_as_many_working_hours_as_before():
    here = a_location()
    for day in range(1, 6):
        opening_hours(location=here, weekday=day)
    way = a_way(event="idle", delay_minutes=240, delay_time="working")
    card, me = a_card(pipeline=way, location=here), a_person()
    go(card, "working", FRIDAY)
    before = AutomationRun.get().due_at
    hold(card.id, reason="patient", clock="patient", by=me.id, now=FRIDAY)

    resume(card.id, by=me.id, now=FRIDAY + dt.timedelta(days=3))

    assert AutomationRun.get().due_at == before + dt.timedelta(days=3)
    hold(card.id, reason="patient", clock="patient", by=me.id, now=FRIDAY + dt.timedelta(days=3))
    resume(card.id, by=me.id, now=FRIDAY + dt.timedelta(days=3, hours=17))
    assert AutomationRun.get().due_at == before + dt.timedelta(days=4)


def test_a_transfer_during_a_hold_counts_the_hold_once():
    way, other = a_way(event="idle"), a_pipeline(kind="lead", code="other")
    card, me = a_card(pipeline=other), a_person()
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)
    places = {stage_of(other, "new").id: stage_of(way, "working").id}
    transfer([card.id], way.id, places, by=me.id, now=later(days=9), reason="One way for all")
    resume(card.id, by=me.id, now=later(days=10))
    assert AutomationRun.get().due_at == later(days=10, hours=1)
