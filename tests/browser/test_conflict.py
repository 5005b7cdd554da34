"""Two people at two browsers change one patient; the second one merges, with the keyboard alone."""

from __future__ import annotations

import re

import pytest

from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
SAVE = re.compile("^(Save|Salvează)$")


@pytest.fixture
def other(window, server):
    context = window.new_context(viewport={"width": 390, "height": 844})
    yield Desk(context.new_page(), server)
    context.close()


def test_a_second_person_s_edit_is_survived(desk, other):
    page = desk.sign_in("receptionist").go("/patient/")
    page.locator("td.name a").first.click()
    page.locator("a[data-key=e]").click()
    form = page.url.removeprefix(desk.address)
    there = other.sign_in("receptionist", "ro").go(form)
    there.fill("input[name=address]", "Strada Lungă 1")
    there.fill("input[name=email]", "proba@example.ro")
    there.get_by_role("button", name=SAVE).click()
    there.wait_for_url("**/details/**")

    page.fill("input[name=address]", "Strada Scurtă 2")
    page.keyboard.press("Control+Enter")
    page.locator("fieldset.merge").first.wait_for()
    assert page.evaluate("document.activeElement.id") == "mistakes"
    assert page.locator("[name='keep.email'][value=theirs]").is_checked()
    clash = page.locator("fieldset.clash")
    assert clash.count() == 1 and "Strada Lungă 1" in clash.inner_text()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.name") != "keep.address":
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Strada Nouă 3")
    assert page.locator("[name='keep.address'][value=mine]").is_checked()
    page.keyboard.press("Control+Enter")

    page.wait_for_url("**/details/**")
    body = page.locator("main").inner_text()
    assert "Strada Nouă 3" in body and "proba@example.ro" in body
    assert [words for words in desk.complaints if "409" not in words] == []
    assert other.complaints == []


def test_the_choice_fits_a_phone(desk, other):
    here = other.sign_in("receptionist").go("/patient/")
    here.locator("td.name a").nth(1).click()
    here.locator("a[data-key=e]").click()
    there = desk.sign_in("receptionist", "ro").go(here.url.removeprefix(desk.address))
    there.fill("input[name=address]", "theirs")
    there.get_by_role("button", name=SAVE).click()
    there.wait_for_url("**/details/**")

    here.fill("input[name=address]", "mine")
    here.get_by_role("button", name=SAVE).click()

    here.locator("fieldset.clash").wait_for()
    assert here.evaluate("document.documentElement.scrollWidth") <= 390
    label = here.locator("fieldset.clash label").first.bounding_box()
    assert label["height"] >= 44
