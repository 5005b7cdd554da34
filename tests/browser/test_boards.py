"""Boards in real browsers: cards are dragged or sent by keys, and others see it at once."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
WIDE = {"width": 2600, "height": 1000}


def a_card_that_may_go_back(page: Page) -> tuple[str, str]:
    """A card that nobody holds, and the nearest earlier column to which the map lets it return."""
    ways = json.loads(page.locator("[data-board]").get_attribute("data-ways") or "{}")
    free = page.locator("[data-card][draggable]").filter(has_not_text="On hold")
    for face in free.all():
        back = [way for way in ways.get(face.get_attribute("data-stage"), []) if way["back"]]
        if back:
            return face.get_attribute("data-card") or "", back[-1]["lane"]
    raise AssertionError("no card of the demo clinic may go back")


def where(page: Page, card: str, lane: str):
    return expect(page.locator(f"[data-lane={lane}] [data-card='{card}']"))


@pytest.fixture
def colleague(window, server):
    """Somebody else at another browser, whose clock the test winds on."""
    context = window.new_context(viewport=WIDE)
    page = context.new_page()
    page.clock.install()
    yield Desk(page, server).sign_in("manager")
    context.close()


def test_a_card_goes_by_keys_alone_and_keeps_the_place_of_the_reader(desk):
    page = desk.sign_in("lab_supervisor").go("/board/order")
    card, lane = a_card_that_may_go_back(page)
    name = page.locator(f"[data-lane={lane}] h2").inner_text()

    page.locator(f"[data-card='{card}'] [data-move]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#move-dialog")).to_be_visible()
    page.locator("#move-dialog button", has_text=f"← {name}").focus()
    page.keyboard.press("Enter")

    where(page, card, lane).to_be_visible()
    expect(page.locator(f"[data-card='{card}'] a")).to_be_focused()
    assert desk.complaints == []


def test_a_dragged_card_is_followed_by_a_second_browser(desk, colleague):
    page = desk.sign_in("lab_supervisor").page
    page.set_viewport_size(WIDE)
    desk.go("/board/order")
    theirs = colleague.go("/board/order")
    card, lane = a_card_that_may_go_back(page)
    where(theirs, card, lane).to_have_count(0)

    page.locator(f"[data-card='{card}']").drag_to(page.locator(f"[data-lane={lane}]"))

    where(page, card, lane).to_be_visible()
    theirs.clock.fast_forward(13_000)
    where(theirs, card, lane).to_be_visible()
    assert desk.complaints == colleague.complaints == []


def test_a_card_is_given_up_on_a_board_with_a_reason_alone(desk):
    page = desk.sign_in("lab_supervisor").go("/board/zirconia")
    ways = json.loads(page.locator("[data-board]").get_attribute("data-ways") or "{}")
    face = page.locator("[data-card][draggable]").filter(has_not_text="On hold").first
    card, stage = (face.get_attribute(name) or "" for name in ("data-card", "data-stage"))
    end = next(way["name"] for way in ways[stage] if way["ends"])
    dialog = page.locator("#move-dialog")

    page.locator(f"[data-card='{card}'] [data-move]").click()
    dialog.get_by_role("button", name=end).click()
    expect(dialog.locator("[name=reason]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.type("Made elsewhere")
    page.keyboard.press("Enter")

    expect(page.locator("#board-says")).to_contain_text("Closed: ")
    expect(page.locator(f"[data-card='{card}']")).to_have_count(0)
    assert desk.complaints == []


def test_a_card_that_is_dragged_to_where_cards_are_given_up_asks_why(desk):
    page = desk.sign_in("lab_supervisor").page
    page.set_viewport_size(WIDE)
    desk.go("/board/fabrication")
    face = page.locator("[data-card][draggable]").filter(has_not_text="On hold").first
    card = face.get_attribute("data-card") or ""
    dialog = page.locator("#move-dialog")

    face.drag_to(page.locator("[data-lane=cancelled]"))
    dialog.locator("[name=reason]").fill("Made elsewhere")
    page.keyboard.press("Enter")

    expect(page.locator("#board-says")).to_contain_text("Closed: ")
    expect(page.locator(f"[data-card='{card}']")).to_have_count(0)
    assert desk.complaints == []


def test_a_board_follows_others_under_the_hands_of_its_reader(desk, colleague):
    page = desk.sign_in("lab_supervisor").page
    theirs = colleague.go("/board/order")
    theirs.locator("[data-card] [data-move]:visible").first.focus()
    stood = theirs.evaluate("document.activeElement.closest('[data-card]').dataset.card")
    page.set_viewport_size(WIDE)
    desk.go("/board/order")
    card, lane = a_card_that_may_go_back(page)
    page.locator(f"[data-card='{card}']").drag_to(page.locator(f"[data-lane={lane}]"))
    where(page, card, lane).to_be_visible()

    theirs.clock.fast_forward(13_000)

    where(theirs, card, lane).to_be_visible()
    expect(theirs.locator(f"[data-card='{stood}'] [data-move]")).to_be_focused()


def test_a_board_whose_map_has_changed_is_drawn_anew(desk):
    page = desk.sign_in("lab_supervisor").page
    page.clock.install()
    desk.go("/board/order")
    drawn = page.locator("[data-board]").get_attribute("data-map") or ""
    page.evaluate("document.querySelector('[data-board]').dataset.map = 'another version'")
    page.clock.fast_forward(13_000)
    expect(page.locator("[data-board]")).to_have_attribute("data-map", drawn)


def test_a_board_says_when_it_no_longer_follows(desk):
    page = desk.sign_in("lab_supervisor").page
    page.clock.install()
    desk.go("/board/order")
    page.context.clear_cookies()
    page.clock.fast_forward(13_000)
    expect(page.locator("#board-says")).to_contain_text("no longer shows what others do")


def test_a_column_that_the_map_does_not_lead_to_takes_no_card(desk):
    page = desk.sign_in("lab_supervisor").page
    page.set_viewport_size(WIDE)
    desk.go("/board/order")
    face = page.locator("[data-lane=registration] [data-card]").first
    card = face.get_attribute("data-card") or ""

    face.drag_to(page.locator("[data-lane=fabrication]"))

    where(page, card, "registration").to_be_visible()
    expect(page.locator("#board-says")).to_contain_text("From here it can go to: ")


@pytest.mark.parametrize("path", ["/board/order?late=1&blocked=1", "/queue/?late=1&free=1"])
def test_filters_are_folded_on_a_phone_alone_and_their_number_is_told(desk, path):
    page = desk.sign_in("lab_supervisor").page
    desk.go(path)
    clear, button = page.get_by_role("link", name="Clear"), page.locator("[data-fold]")
    expect(clear).to_be_visible()
    expect(button).to_be_hidden()

    page.set_viewport_size({"width": 390, "height": 844})
    expect(button).to_contain_text("Filters · 2")
    expect(clear).to_be_hidden()
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(clear).to_be_visible()
    button.click()
    expect(clear).to_be_hidden()
    assert desk.complaints == []
