"""A field of the clinic's own in a real browser: an admin adds it, reception fills it by phone."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.browser
OFFERED = "all => all.filter(one => one.value && !one.hidden).map(one => one.parentElement.label)"
SAVE = re.compile("^(Save|Salvează)$")


def test_an_admin_adds_a_field_and_reception_fills_it(desk, phone):
    page = desk.sign_in("admin").go("/custom-field/new/")
    page.fill("input[name=label]", "Parking space")
    page.select_option("select[name=kind]", "lead")
    kinds = page.eval_on_selector_all("select[name=pipeline] option", OFFERED)
    assert len(set(kinds)) == 1
    ways = page.eval_on_selector_all("select[name=required_from_stage] option", OFFERED)
    assert ways and len(set(ways)) <= len(kinds)
    page.select_option("select[name=type]", "choice")
    page.fill("textarea[name=choices]", "Needed\nNot needed")
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/custom-field/details/**")

    page = phone.sign_in("receptionist").go("/lead/")
    page.locator("td.name a").first.click()
    page.wait_for_url("**/lead/details/**")
    page = phone.go(page.url.replace(phone.address, "").replace("details", "edit"))
    page.get_by_label("Parking space").select_option("Needed")
    page.get_by_role("button", name=SAVE).click()
    page.wait_for_url("**/lead/details/**")
    assert "Needed" in page.locator("dl.facts", has_text="Parking space").inner_text()

    page = phone.go("/lead/?flt.custom.lead.parking_space.is=Needed")
    assert page.locator("td.name a").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert desk.complaints + phone.complaints == []
