"""The page of a card tells before its end what would keep it from ending."""

from __future__ import annotations

import re

import pytest

from schema.cards import Card
from tests.admin_views.seats import Browser, a_seat
from tests.admin_views.test_card_page import RIGHTS, a_gated_card, act, text
from tests.factories.cards import a_card, moved
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of

BELOW = "work under this card is still open: close that first"


@pytest.fixture
def browser(house) -> Browser:
    return a_seat(house, RIGHTS)[0]


def a_card_with_work_below() -> Card:
    way = a_pipeline()
    a_control_point(stage=stage_of(way, "working"), name="Bite is usable")
    card = moved(a_card(pipeline=way), "working")
    a_card(parent=card)
    return card


def test_work_below_stands_among_what_is_missing_where_the_card_would_end(browser):
    card = a_card_with_work_below()

    page = text(browser.get(f"/cards/{card.id}"))

    assert "2 things are missing" in page
    assert BELOW in page and 'href="#kin">Do it' in page


def test_what_no_reason_forces_is_not_offered_to_be_forced(browser):
    card = a_card_with_work_below()
    assert "Force:" not in text(browser.get(f"/cards/{card.id}"))

    moved(Card.get(Card.parent == card), "lost")

    page = text(browser.get(f"/cards/{card.id}"))
    assert "1 thing is missing" in page and "Force: Done" in page


def test_a_control_point_about_what_is_left_is_told_once_and_not_forced(browser):
    way = a_pipeline()
    told = {"name": "All works are made", "evidence": "children", "about": way.code}
    a_control_point(stage=stage_of(way, "working"), **told)
    card = moved(a_card(pipeline=way), "working")
    a_card(parent=card, pipeline=way)

    page = text(browser.get(f"/cards/{card.id}"))

    assert "1 thing is missing" in page and "All works are made" in page
    assert BELOW not in page and "Force:" not in page


def test_work_below_keeps_no_card_from_going_on(browser):
    card = a_card()
    a_card(parent=card)
    assert "missing" not in text(browser.get(f"/cards/{card.id}"))


def test_why_a_card_was_to_be_given_up_is_no_reason_to_go_on(browser):
    card, _ = a_gated_card()
    a_card(parent=card)
    lost = stage_of(card.pipeline, "lost")

    page = act(browser, card, "move", stage=lost.id, seen=0, reason="Moved abroad")

    assert page.count('value="Moved abroad"') == 1
    assert re.search(r'id="end-why-\d+"[^>]*value="Moved abroad"', page)
