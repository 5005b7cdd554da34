"""Reminders of a stage: written with the step itself, unless they must wait or reach nobody."""

from __future__ import annotations

from typing import Any

import pytest

from schema.automation_runs import AutomationRun
from schema.cards import Card
from schema.followups import Followup
from schema.workflow.automations import run_due
from schema.workflow.holding import hold, resume
from schema.workflow.steps import move
from schema.workflow.transfers import transfer
from tests.factories import NOW, later
from tests.factories.cards import a_card
from tests.factories.pipelines import a_pipeline, an_automation, stage_of
from tests.factories.staff import a_person, a_role

pytestmark = pytest.mark.usefixtures("house")


def a_reminding_way(**automation: Any) -> Any:
    """A pipeline whose second stage tells a role, or whoever is responsible, at once."""
    way = a_pipeline(kind="lead")
    told = {"role": a_role("helper"), "delay_time": "calendar"} | automation
    an_automation(stage=stage_of(way, "working"), **told)
    return way


def test_a_reminder_is_written_as_done_with_the_step_that_began_it():
    way = a_reminding_way()
    card = a_card(pipeline=way)

    move(card.id, stage_of(way, "working").id, by=a_person().id, now=NOW)

    [run] = AutomationRun.select()
    assert (run.visit, run.due_at, run.done_at, run.cancelled_at) == (1, NOW, NOW, None)
    assert [one.card_id for one in Followup.select()] == [card.id]


def test_what_a_transfer_begins_waits_while_the_card_is_on_hold():
    way = a_reminding_way()
    other = a_pipeline(kind="lead", code="other")
    card, me = a_card(pipeline=other), a_person()
    hold(card.id, reason="patient", clock="patient", by=me.id, now=NOW)
    places = {stage_of(other, "new").id: stage_of(way, "working").id}

    transfer([card.id], way.id, places, by=me.id, now=later(hours=1), reason="One way for all")
    assert not Followup.select().exists()
    resume(card.id, by=me.id, now=later(hours=2))
    run_due(later(days=1))

    assert [one.card_id for one in Followup.select()] == [card.id]


def test_a_reminder_of_nobody_says_so_and_stops_no_step():
    way = a_reminding_way(role=None)
    card = a_card(pipeline=way)

    move(card.id, stage_of(way, "working").id, by=a_person().id, now=NOW)

    run = AutomationRun.get()
    assert "Nobody is responsible" in run.outcome
    assert (run.cancelled_at, run.done_at, run.visit) == (NOW, None, 1)
    assert Card.get_by_id(card.id).step_count == 1
