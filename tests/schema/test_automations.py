"""The truths of automations, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.automations import Automation
from tests.factories import pipelines as make
from tests.refusals import refuses
from tests.rows import change, insert

pytestmark = pytest.mark.usefixtures("house")


def test_an_automation_on_a_tick_names_a_point_of_its_stage():
    point = make.a_control_point()
    stage = point.stage
    tick = {"action": "risk", "event": "tick"}

    with refuses("automation_tick_names_its_point"):
        insert(Automation, stage=stage, **tick)
    with refuses("automation_tick_names_its_point"):
        insert(Automation, stage=stage, action="risk", control_point=point)
    with refuses("automation_point_of_its_stage"):
        insert(Automation, stage=stage, control_point=make.a_control_point(), **tick)

    insert(Automation, stage=stage, control_point=point, **tick)


def test_an_automation_waits_forward():
    rule = make.an_automation()

    with refuses("automation_waits_forward"):
        change(rule, delay_minutes=-1)
    with refuses("automation_waits_forward"):
        change(rule, due_minutes=-1)


def test_a_card_is_idle_after_some_minutes():
    rule = make.an_automation(delay_minutes=0)

    with refuses("automation_idles_for_a_while"):
        change(rule, event="idle")

    change(rule, event="idle", delay_minutes=60)


@pytest.mark.parametrize("action", ["followup", "notify", "message", "child", "tick", "recall"])
def test_an_automation_has_what_its_action_needs(action: str):
    with refuses("automation_has_what_it_needs"):
        insert(Automation, stage=make.a_stage(), action=action)

    insert(Automation, stage=make.a_stage(), action="risk")


def test_an_automation_ticks_a_point_of_its_own_pipeline():
    here = make.a_control_point()
    beside = make.a_control_point(stage=make.a_stage(pipeline=here.stage.pipeline))

    with refuses("automation_ticks_in_its_pipeline"):
        insert(Automation, stage=here.stage, action="tick", ticks=make.a_control_point())

    insert(Automation, stage=here.stage, action="tick", ticks=beside)
