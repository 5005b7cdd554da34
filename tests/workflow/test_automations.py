"""What stages do by themselves: once for each visit, at its moment, overtaken by progress."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from schema.automation_runs import AutomationRun
from schema.cards import Card, CardStep, Tick
from schema.followups import Followup
from schema.messages import Message
from schema.pipelines import Stage
from schema.recall import Recall
from schema.tracks import Track
from schema.workflow.automations import run_due
from schema.workflow.cards import open_card
from schema.workflow.holding import hold, resume
from schema.workflow.recalls import due_after
from schema.workflow.steps import move
from schema.workflow.ticks import tick, untick
from tests.factories import NOW, TODAY, later
from tests.factories.cards import a_card
from tests.factories.followups import a_followup
from tests.factories.messages import a_wording
from tests.factories.orders import a_draft_order, an_order, joined, registered
from tests.factories.pipelines import a_control_point, a_pipeline, an_automation, stage_of
from tests.factories.recall import a_recall_rule
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")


def a_way(kind: str = "lead", stage: str = "working", **automation: Any) -> tuple[Any, Any]:
    """A pipeline with one automation at a stage, for a role, so that somebody is told."""
    way = a_pipeline(kind=kind)
    good = {"stage": stage_of(way, stage), "role": a_role("helper"), "delay_time": "calendar"}
    return way, an_automation(**good | automation)


def go(card: Card, code: str, now: dt.datetime = NOW) -> None:
    way = Card.get_by_id(card.id).pipeline
    move(card.id, stage_of(way, code).id, by=a_person().id, now=now)


def test_entering_makes_a_followup_at_once_and_once():
    way, _ = a_way()
    card = a_card(pipeline=way)

    go(card, "working")
    run_due(later(days=1))

    assert [(one.subject, one.card_id) for one in Followup.select()] == [
        ("Call the patient", card.id)
    ]
    assert AutomationRun.get().outcome == "Follow-up made"


def test_a_reminder_that_the_database_refuses_does_not_hold_the_card_back():
    way, automation = a_way()
    card = a_card(pipeline=way)
    a_followup(key=f"automation-{automation.id}-card-{card.id}-1")

    go(card, "working")

    run = AutomationRun.get()
    assert Card.get_by_id(card.id).stage.code == "working"
    assert run.cancelled_at == NOW and run.outcome and run.done_at is None
    assert Followup.select().count() == CardStep.select().count() == 1


def test_a_second_visit_is_a_second_turn():
    way, _ = a_way()
    card = a_card(pipeline=way)

    for hour, code in enumerate(("working", "new", "working")):
        go(card, code, later(hours=hour))

    assert Followup.select().count() == 2


def test_a_delayed_one_waits_and_is_overtaken_by_progress():
    way, _ = a_way(delay_minutes=60)
    first, second = a_card(pipeline=way), a_card(pipeline=way)
    for card in (first, second):
        go(card, "working")

    go(first, "done", later(minutes=30))
    run_due(later(minutes=59))
    assert not Followup.select().exists()
    run_due(later(minutes=60))

    assert [one.card_id for one in Followup.select()] == [second.id]
    assert AutomationRun.get(AutomationRun.card == first).cancelled_at == later(minutes=30)


def test_idle_time_begins_anew_when_something_happens():
    way, _ = a_way(event="idle", delay_minutes=60)
    point = a_control_point(stage=stage_of(way, "new"))
    card = open_card("lead", by=None, now=NOW, pipeline=way.id)
    tick(card.id, point.id, by=a_person().id, now=NOW)
    go(card, "working", NOW)
    tick(card.id, point.id, by=a_person().id, now=later(minutes=10), note="Said again")

    run_due(later(minutes=60))
    assert not Followup.select().exists()
    run_due(later(minutes=70))

    assert Followup.select().count() == 1


def test_overrunning_is_counted_from_the_standard_duration():
    way, _ = a_way(event="overrun", action="risk", text=None)
    Stage.update(standard_minutes=120, clock="machine").where(Stage.code == "working").execute()
    card = a_card(pipeline=way)
    go(card, "working")

    run_due(later(minutes=119))
    assert not Card.get_by_id(card.id).at_risk
    run_due(later(minutes=120))

    assert Card.get_by_id(card.id).at_risk


def test_a_hold_stops_the_clock():
    way, _ = a_way(delay_minutes=60)
    card, me = a_card(pipeline=way), a_person()
    go(card, "working")
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)

    run_due(later(hours=5))
    assert not Followup.select().exists()
    resume(card.id, by=me.id, now=later(hours=5))
    run_due(later(hours=5))
    assert not Followup.select().exists()
    run_due(later(hours=6))

    assert Followup.select().count() == 1


@pytest.mark.parametrize("event", ["tick", "idle"])
def test_what_begins_during_a_hold_waits_from_its_end(event):
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "new"))
    by_point = {"control_point": point} if event == "tick" else {}
    facts = {"event": event, "delay_minutes": 60, "delay_time": "calendar", **by_point}
    an_automation(stage=stage_of(way, "new"), role=a_role("helper"), **facts)
    card, me = open_card("lead", by=None, now=NOW, pipeline=way.id), a_person()
    hold(card.id, reason="patient", clock="patient", by=me.id, now=later(hours=1))
    tick(card.id, point.id, by=me.id, now=later(hours=4))
    resume(card.id, by=me.id, now=later(hours=5))

    run_due(later(hours=5, minutes=59))
    assert not Followup.select().exists()
    run_due(later(hours=6))

    assert Followup.select().count() == 1


def test_a_tick_starts_what_follows_it_and_taking_it_back_stops_that():
    way = a_pipeline()
    start = stage_of(way, "new")
    point = a_control_point(stage=start)
    facts = {"event": "tick", "control_point": point, "delay_time": "calendar"}
    an_automation(stage=start, role=a_role("helper"), delay_minutes=60, **facts)
    kept, taken = a_card(pipeline=way), a_card(pipeline=way)
    for card in (kept, taken):
        tick(card.id, point.id, by=a_person().id, now=NOW)

    untick(taken.id, point.id, by=a_person().id, now=later(minutes=5))
    run_due(later(hours=1))

    assert [one.card_id for one in Followup.select()] == [kept.id]


def test_leaving_does_its_part_after_the_card_has_left():
    way, _ = a_way(stage="new", event="leave")
    card = a_card(pipeline=way)

    go(card, "working")

    assert Followup.get().card_id == card.id


def test_a_message_waits_in_the_wording_of_its_event():
    order = an_order(card=a_card("order", pipeline=a_message_way()))
    a_wording(event="order_ready", channel="sms", language="ro", text="{first_name}: gata.")

    go(order.card, "working")
    run_due(later(days=1))

    [message] = Message.select()
    assert message.body == f"{order.patient.first_name}: gata."
    assert (message.state, message.card_id) == ("pending", order.card_id)


def test_what_cannot_be_done_says_why_and_stops_no_step():
    order = an_order(card=a_card("order", pipeline=a_message_way()))

    go(order.card, "working")

    run = AutomationRun.get()
    assert "No wording" in run.outcome
    assert Card.get_by_id(order.card_id).step_count == 1


def test_a_recall_is_set_once_for_the_patient():
    rule = a_recall_rule()
    facts = {"action": "recall", "text": None, "recall_rule_code": rule.code}
    way, _ = a_way("order", **facts)
    order = an_order(card=a_card("order", pipeline=way))

    go(order.card, "working")

    [recall] = Recall.select()
    assert (recall.patient, recall.rule, recall.previous_on) == (order.patient, rule, TODAY)
    assert recall.due_on == recall.computed_due_on == due_after(TODAY, rule)


def test_a_point_is_ticked_by_itself():
    way = a_pipeline()
    point = a_control_point(stage=stage_of(way, "working"))
    an_automation(stage=stage_of(way, "working"), action="tick", text=None, ticks=point)
    card = a_card(pipeline=way)

    go(card, "working")

    assert [(one.control_point, one.by_id) for one in Tick.select()] == [(point, None)]


def test_each_unit_gets_a_child_card_and_a_bridge_is_one_unit():
    units = a_pipeline(kind="track", code="units")
    facts = {"action": "child", "text": None, "child_pipeline_code": "units"}
    way, _ = a_way("order", child_each="unit", **facts)
    draft = a_draft_order(card=a_card("order", pipeline=way))
    joined(draft, (12, "crown"), (11, "pontic"), (21, "crown"))
    order = registered(draft)

    go(order.card, "working")

    tracks = list(Track.select())
    assert [track.name for track in tracks] == ["12–21"]
    assert tracks[0].teeth.count() == 3
    assert tracks[0].card.pipeline == units


def test_each_tooth_of_a_bridge_gets_a_child_card_once():
    a_pipeline(kind="track", code="units")
    facts = {"action": "child", "text": None, "child_pipeline_code": "units"}
    way, _ = a_way("order", child_each="tooth", **facts)
    draft = a_draft_order(card=a_card("order", pipeline=way))
    joined(draft, (12, "crown"), (11, "pontic"), (21, "pontic"), (22, "crown"))
    order = registered(draft)

    go(order.card, "working")
    go(order.card, "new")
    go(order.card, "working")

    tracks = list(Track.select().order_by(Track.id))
    assert [track.name for track in tracks] == ["12", "11", "21", "22"]
    assert {track.teeth.count() for track in tracks} == {1}


def test_work_of_another_route_opens_nothing():
    a_pipeline(kind="track", code="press")
    facts = {"action": "child", "text": None, "child_pipeline_code": "press"}
    way, _ = a_way("order", only_route="EP", **facts)
    order = an_order(card=a_card("order", pipeline=way))

    go(order.card, "working")

    assert not Track.select().exists()
    assert AutomationRun.get().outcome == "Not for this route"


def test_a_child_that_is_opened_does_its_own_part_too():
    inner, _ = a_way("track", stage="new")
    facts = {"action": "child", "text": None, "child_pipeline_code": inner.code}
    way, _ = a_way("order", **facts)
    order = an_order(card=a_card("order", pipeline=way))

    go(order.card, "working")

    assert Followup.get().card_id == Track.get().card_id


def a_message_way() -> Any:
    facts = {"action": "message", "text": None, "wording_code": "order_ready"}
    return a_way("order", **facts)[0]
