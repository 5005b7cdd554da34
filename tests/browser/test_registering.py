"""A work is registered by hand: teeth by mouse, keys and touch, and only the fields it needs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import Desk
from tests.browser.findings import grave_findings

pytestmark = pytest.mark.browser


def a_draft(desk: Desk, place: int) -> Page:
    """The chart of a draft of the demo clinic."""
    links = desk.go("/lab-order/?flt.is_draft.is=1").locator("td.name a")
    key = re.search(r"id=(\d+)", links.nth(place).get_attribute("href") or "")
    assert key
    return desk.go(f"/register/{key[1]}")


def emptied(page: Page) -> Page:
    """Every marked tooth is pressed with the part that it has, which takes it away."""
    marked = page.locator(".tooth[aria-pressed=true]")
    for _ in range(marked.count()):
        page.check(f"[name=tool][value={marked.first.get_attribute('data-part')}]")
        marked.first.click()
    return page


def chosen(page: Page) -> Any:
    return expect(page.locator("[data-spans]"))


def test_a_bridge_over_the_midline_is_drawn_by_mouse_and_keys(desk):
    page = emptied(a_draft(desk.sign_in("lab_supervisor"), 0))
    chosen(page).to_have_text("no tooth yet")
    page.check("[name=tool][value=crown]")
    page.click("[data-tooth='12']")
    page.check("[name=tool][value=pontic]")
    page.focus("[data-tooth='12']")
    for key in ("ArrowRight", "Space", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.check("[name=tool][value=crown]")
    page.click("[data-tooth='22']")
    chosen(page).to_have_text("12=11=21=22")
    page.click("text=Save teeth")
    chosen(page).to_have_text("12=11=21=22")
    assert desk.complaints == [] and grave_findings(page) == []


def test_a_touched_joint_opens_and_an_inlay_is_never_joined(phone):
    page = emptied(a_draft(phone.sign_in("lab_supervisor"), 0))
    page.check("[name=tool][value=pontic]")
    for tooth in (36, 35):
        page.tap(f"[data-tooth='{tooth}']")
    chosen(page).to_have_text("35=36")
    page.tap("[data-join='35-36']")
    chosen(page).to_have_text("35, 36")
    page.check("[name=tool][value=inlay]")
    page.tap("[data-tooth='36']")
    expect(page.locator("[data-join='35-36']")).to_be_disabled()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_form_asks_what_the_kind_of_work_needs_and_no_more(desk):
    page = desk.sign_in("lab_supervisor").go("/lab-order/new/")
    page.select_option("#work_type", label="Veneer")
    assert page.is_visible("#stump_shade") and not page.is_visible("#arch")
    page.select_option("#work_type", label="Splint or night guard")
    assert page.is_visible("#arch") and not page.is_visible("#shade")
    expect(page.locator("legend", has_text="Shade zones")).to_be_hidden()


def test_the_ticket_prints_and_nothing_on_it_is_complained_about(desk):
    page = desk.sign_in("lab_supervisor").go("/lab-order/")
    page.locator("td.name a").first.click()
    page.click("text=Job ticket")
    expect(page.locator("h2", has_text="8. Inventory of physical components")).to_be_visible()
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    page.click("[data-print]")
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    assert desk.complaints == [] and grave_findings(page) == []
