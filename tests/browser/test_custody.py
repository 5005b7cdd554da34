"""A missing screw in a real browser: who had it last, what it holds back, and its writing off."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_missing_screw_names_its_last_holder_until_it_is_written_off(desk):
    page = desk.sign_in("lab_supervisor").go("/custody/?holder=missing")
    page.locator("td.name a").first.click()
    incident = page.locator(".incident")
    expect(incident).to_contain_text("Laboratory screw")
    expect(incident).to_contain_text("Last held by: Laboratory, Neagu Sorin")
    expect(page.locator("#open-parts")).to_contain_text("not accounted for")

    page.get_by_role("link", name="Open the card").click()
    expect(page.locator(".head").first).to_contain_text("1 missing")
    page.go_back()
    page.get_by_text("Write off…").click()
    page.locator(".incident input[name=reason]").fill("Fell down a drain")
    page.get_by_role("button", name="Write off", exact=True).click()

    expect(page.locator(".incident")).to_have_count(0)
    expect(page.locator("aside")).to_contain_text("Fell down a drain")
    page = desk.go("/custody/?holder=missing")
    expect(page.get_by_text("No component of an open work is there.")).to_be_visible()
    assert desk.complaints == []


def test_a_work_on_the_way_is_taken_by_the_other_side_alone(desk):
    page = desk.sign_in("lab_supervisor").go("/custody/?holder=transport")
    page.locator("td.name a").first.click()
    ledger = page.url.removeprefix(desk.address)
    expect(page.locator("#on-the-way")).to_contain_text("Neagu Sorin")
    expect(page.get_by_role("button", name="Take what is ticked")).to_have_count(0)

    page.get_by_role("button", name="Take back").first.click()
    page.select_option("#hand-to", "clinic")
    page.get_by_role("button", name="Hand over what is ticked").click()
    expect(page.locator("#on-the-way")).to_contain_text("Laboratory → Clinic")
    desk.page.context.clear_cookies()
    page = desk.sign_in("senior_dentist").go(ledger)
    page.get_by_role("button", name="Take what is ticked").click()

    expect(page.locator("#on-the-way")).to_have_count(0)
    assert [one for one in desk.complaints if "status of 4" not in one] == []
