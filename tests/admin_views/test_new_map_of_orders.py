"""A supervisor redraws the way of lab orders on screen: new orders obey, running ones do not."""

from __future__ import annotations

from schema.cards import Card
from schema.followups import Followup
from schema.pipelines import ControlPoint, Pipeline, Stage
from schema.staff import Staff
from schema.workflow.pipelines import in_use
from tests.factories.orders import registered
from tests.factories.pipelines import stage_of
from tests.factories.staff import a_clinic
from tests.histories import disagreements
from tests.pages import publish_as_shown
from tests.web import a_web
from tests.workflow.test_the_whole_way import Bench

SECOND_LOOK, SEEN = "Second look", "A second pair of eyes saw it"
LOOK_TWICE = "Look at it twice"


def drawn(browser, draft, act, **fields):
    answer = browser.send(f"/pipelines/{draft.id}/map", {"act": act, **fields})
    assert answer.status_code == 302, answer.text


def a_second_look_is_drawn(browser, old):
    """A stage between validation and prototype, with a point and an automation; published."""
    browser.send(f"/pipelines/{old.id}/next")
    draft = Pipeline.get(Pipeline.code == "order", Pipeline.version == 2)
    after = stage_of(draft, "validation").id
    drawn(browser, draft, "add_stage", name=SECOND_LOOK, after=after, category="open")
    look = Stage.get(Stage.pipeline == draft, Stage.name == SECOND_LOOK)
    point = {"evidence": "tick", "block": "clinical", "required": "1"}
    drawn(browser, draft, "add_point", stage=look.id, name=SEEN, **point)
    act = {"event": "enter", "action": "followup", "text": LOOK_TWICE}
    drawn(browser, draft, "add_automation", stage=look.id, **act)
    assert in_use("order") == old, "nothing changes before it is published"
    publish_as_shown(browser, draft)
    assert in_use("order") == draft
    return look


def validated(bench):
    """The order, registered and taken through validation as far as its next step."""
    registered(bench.order)
    for code in ("taken", "validation"):
        bench.passes(bench.order.card, code)
    bench.shoot("before")
    bench.tick_by_hand(bench.order.card)
    return Card.get_by_id(bench.order.card_id)


def pressed(browser, card, stage):
    """A button of the card's page; what the page says then."""
    card = Card.get_by_id(card.id)
    told = {"stage": stage.id, "seen": card.step_count}
    browser.send(f"/cards/{card.id}/move", told)
    return browser.get(f"/cards/{card.id}").text


def test_a_new_lab_order_obeys_the_map_that_a_supervisor_drew(house):
    a_clinic()
    running = Bench()
    supervisor = Staff.get_by_id(running.me)
    Staff.update(language="en").where(Staff.id == supervisor.id).execute()
    browser, old = a_web(house).as_(supervisor), in_use("order")
    before = validated(running)

    look = a_second_look_is_drawn(browser, old)
    fresh = Bench(supervisor.id)
    card = validated(fresh)

    assert (card.pipeline_id, before.pipeline_id) == (look.pipeline_id, old.id)
    new = Pipeline.get_by_id(card.pipeline_id)
    page = pressed(browser, card, stage_of(new, "prototype"))
    assert "From here it can go to" in page and SECOND_LOOK in page
    pressed(browser, card, look)
    assert Followup.get(Followup.subject == LOOK_TWICE).card_id == card.id
    page = pressed(browser, card, stage_of(new, "prototype"))
    assert f"Before this step: {SEEN}." in page
    point = ControlPoint.get(ControlPoint.stage == look)
    browser.send(f"/cards/{card.id}/tick", {"point": point.id})
    assert f"{SECOND_LOOK} → Prototype" in pressed(browser, card, stage_of(new, "prototype"))
    assert SECOND_LOOK in browser.get("/board/order").text

    page = pressed(browser, before, stage_of(old, "prototype"))
    assert "Validation → Prototype" in page and SECOND_LOOK not in page
    assert {step.pipeline_id for step in before.steps} == {old.id}
    asked = Followup.select().where(Followup.subject == LOOK_TWICE)
    assert [one.card_id for one in asked] == [card.id]
    assert disagreements() == []
