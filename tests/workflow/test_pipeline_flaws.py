"""What keeps a drawn pipeline from being used: dead ends, and automations that never run."""

from __future__ import annotations

import pytest

from schema.automations import Automation
from schema.in_use import IN_USE
from schema.pipelines import Pipeline, Stage
from schema.workflow import Refused
from schema.workflow.pipeline_flaws import flaws
from schema.workflow.pipeline_points import add_automation, set_automation
from schema.workflow.pipeline_publishing import publish
from schema.workflow.routes import routes
from seed import sow_first_rows
from tests.factories import NOW
from tests.factories import pipelines as make
from tests.factories.recall import a_recall_rule
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")


def a_draft():
    """From Ask to Fit to the end; both may be cancelled."""
    draft = make.a_draft_pipeline(kind="track")
    ask = make.a_stage(pipeline=draft, code="ask", opens=True)
    fit = make.a_stage(pipeline=draft, code="fit")
    end = make.a_stage(pipeline=draft, code="end", category="done")
    lost = make.a_stage(pipeline=draft, code="cancelled", category="lost")
    for step in ((ask, fit), (fit, end), (ask, lost), (fit, lost)):
        make.a_stage_step(*step)
    return draft


def told(draft):
    return [str(flaw) for flaw in flaws(draft)]


def test_a_stage_that_can_only_be_cancelled_is_a_dead_end():
    draft = a_draft()
    assert told(draft) == []
    aside = make.a_stage(pipeline=draft, code="aside")
    make.a_stage_step(make.stage_of(draft, "ask"), aside)
    make.a_stage_step(aside, make.stage_of(draft, "cancelled"))

    [flaw] = told(draft)
    assert "From «Aside» work can never be done" in flaw
    with pytest.raises(Refused, match="never be done"):
        publish(draft.id, by=a_person().id, now=NOW)
    make.a_stage_step(aside, make.stage_of(draft, "ask"), back=True)
    assert told(draft) == [], "back to where the way goes on is a way on"


def test_what_happens_after_the_standard_time_needs_a_standard_time():
    draft = a_draft()
    fit = make.stage_of(draft, "fit")
    late = make.an_automation(stage=fit, event="overrun", action="risk")

    [flaw] = told(draft)
    assert "«Fit» does something when its standard time is over, but has none" in flaw
    Automation.update(active=False).where(Automation.id == late.id).execute()
    assert told(draft) == [], "what is switched off is not meant to run"
    Automation.update(active=True).where(Automation.id == late.id).execute()
    Stage.update(standard_minutes=90).where(Stage.id == fit.id).execute()
    assert told(draft) == []


def test_the_pipelines_of_the_first_rows_have_no_flaws():
    sow_first_rows(NOW)
    assert {way.code: told(way) for way in Pipeline.select().where(IN_USE) if told(way)} == {}


@pytest.mark.parametrize(
    "columns",
    [
        {"action": "message", "wording_code": "no_such_message"},
        {"action": "recall", "recall_rule_code": "no_such_rule"},
        {"action": "risk", "only_route": "no_such_route"},
    ],
)
def test_an_automation_names_messages_rules_and_routes_that_there_are(columns):
    fit = make.stage_of(a_draft(), "fit")
    with pytest.raises(Refused, match="Choose a value from the list"):
        add_automation(fit.id, event="enter", **columns)

    good = {
        "message": {"wording_code": "order_ready"},
        "recall": {"recall_rule_code": a_recall_rule().code},
        "risk": {"only_route": routes()[0]},
    }[columns["action"]]
    kept = add_automation(fit.id, event="enter", action=columns["action"], **good)
    with pytest.raises(Refused, match="Choose a value from the list"):
        set_automation(kept.id, seen=kept.row_version, event="enter", **columns)
