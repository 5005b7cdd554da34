"""A board can show what is due soon, and what is blocked as far as the person may know it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from schema.base import utcnow
from schema.cards import Card
from schema.pipelines import Stage
from schema.workflow.holding import hold
from tests.admin_views.seats import a_seat
from tests.factories.cards import a_card
from tests.factories.leads import a_lead
from tests.factories.orders import an_order
from tests.factories.patients import a_consent
from tests.factories.pipelines import a_control_point, a_pipeline
from tests.factories.staff import a_person

READS = dict.fromkeys(("pipeline", "stage", "card", "lead"), "all")
POINTS = {"control_point": "all", "tick": "all"}


def shown(browser, pipeline, question):
    page = browser.get(f"/board/{pipeline.code}?{question}").text
    return {int(key) for key in re.findall(r'data-card="(\d+)"', page)}


def test_what_is_due_within_seven_days_can_be_shown_alone(desk):
    pipeline = a_pipeline(kind="lead")
    days = (-1, 3, 6, 8, None)
    cards = [a_lead(card=a_card("lead", pipeline=pipeline)).card_id for _ in days]
    for card, ahead in zip(cards, days, strict=True):
        due = None if ahead is None else utcnow() + dt.timedelta(days=ahead)
        Card.update(due_at=due).where(Card.id == card).execute()
    assert shown(desk, pipeline, "week=1") == {cards[1], cards[2]}


def test_what_lacks_evidence_or_is_on_hold_is_blocked(desk):
    pipeline = a_pipeline(kind="order")
    here = pipeline.stages.where(Stage.opens).get()
    a_control_point(stage=here, evidence="consent", about="treatment")
    a_control_point(stage=here)
    lacks, ready, held = (an_order(card=a_card("order", pipeline=pipeline)) for _ in range(3))
    for order in (ready, held):
        a_consent(patient=order.patient)
    hold(held.card_id, reason="patient", by=a_person().id, clock="patient", now=utcnow())
    assert shown(desk, pipeline, "blocked=1") == {lacks.card_id, held.card_id}
    assert shown(desk, pipeline, "") == {lacks.card_id, ready.card_id, held.card_id}


@pytest.mark.parametrize(
    ("rights", "hides", "known"),
    [
        ({}, "", set()),
        ({"hold": "all"}, "", {"held"}),
        ({"hold": "own"}, "", set()),
        ({"hold": "all"} | POINTS, "hold.reason", {"lacks"}),
        (POINTS, "", {"lacks"}),
    ],
    ids=["neither", "holds alone", "own holds", "holds without reason", "the checklist alone"],
)
def test_blocked_tells_no_more_than_the_rights(house, rights, hides, known):
    pipeline = a_pipeline(kind="lead")
    here = pipeline.stages.where(Stage.opens).get()
    a_control_point(stage=here, evidence="link", required=True)
    later = a_pipeline(kind="lead", code="later")
    cards = {"lacks": a_card("lead", pipeline=pipeline), "held": a_card("lead", pipeline=later)}
    for card in cards.values():
        a_lead(card=card)
    hold(cards["held"].id, reason="patient", by=a_person().id, clock="patient", now=utcnow())
    browser, _ = a_seat(house, READS | rights, hides=hides)

    seen = {
        name
        for name, way in (("lacks", pipeline), ("held", later))
        if cards[name].id in shown(browser, way, "blocked=1")
    }

    everything = {"lacks", "held"} if not rights else known
    assert seen == everything
    offered = 'name="blocked"' in browser.get(f"/board/{pipeline.code}").text
    assert offered is bool(rights)


def test_a_board_says_how_many_cards_are_open(desk):
    pipeline = a_pipeline(kind="lead")
    for said in ("1 open card<", "2 open cards<"):
        a_lead(card=a_card("lead", pipeline=pipeline))
        assert said in desk.get(f"/board/{pipeline.code}").text
    told = desk.get(f"/board/{pipeline.code}/now").get_json()
    assert told["total"] == "2 open cards"
