"""What people see in a real browser: every role works, nothing is complained about or blocked."""

from __future__ import annotations

import re

import pytest

from seed.rights import ROLES

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_every_role_signs_in_and_opens_its_lists_without_a_complaint(desk, role):
    desk.sign_in(role)
    links = desk.page.eval_on_selector_all("nav.side a[href]", "all => all.map(a => a.pathname)")
    lists = [path for path in dict.fromkeys(links) if re.fullmatch(r"/[a-z-]+/", path)]
    assert lists
    for path in lists[::6]:
        page = desk.go(path)
        assert page.locator("h1").count() == 1
    assert desk.complaints == []


def test_reception_makes_a_patient_with_a_picked_dentist_and_an_added_row(desk):
    page = desk.sign_in("receptionist").go("/patient/new/")
    page.fill("input[name=last_name]", "Proba")
    page.fill("input[name=first_name]", "Ana")
    page.fill("input[name=phone]", "0722 418 330")
    page.locator(".picker:has(input[name=dentist]) .picker-text").click()
    page.locator("[role=option]").nth(1).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator(".inline[data-prefix=tags] [data-add-row]").click()
    page.fill("input[name=tags-0-tag]", "first visit")
    page.get_by_role("button", name=re.compile("^(Save|Salvează)$")).click()

    page.wait_for_url("**/patient/details/**")
    assert page.locator("h1").inner_text().strip() == "Proba Ana"
    assert "first visit" in page.content()
    assert desk.complaints == []


def test_ending_asks_first_and_a_no_changes_nothing(desk):
    page = desk.sign_in("receptionist").go("/patient/?search=a")
    page.locator("td.name a").first.click()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    here = page.url
    page.locator("form[action*='/end/'] button").click()

    assert len(asked) == 1
    assert page.url == here


def test_a_mistake_is_shown_at_its_field_and_keeps_what_was_typed(desk):
    page = desk.sign_in("receptionist").go("/patient/new/")
    page.fill("input[name=last_name]", "Popa")
    page.fill("input[name=phone]", "12")
    page.keyboard.press("Control+Enter")

    page.locator("#mistakes").wait_for()
    assert page.input_value("input[name=last_name]") == "Popa"
    assert page.input_value("input[name=phone]") == "12"
    assert page.locator("input[name=phone]").get_attribute("aria-invalid") == "true"
    serious = [words for words in desk.complaints if "422" not in words]
    assert serious == []


def test_a_list_fits_a_phone_and_its_targets_are_large_enough(phone):
    page = phone.sign_in("receptionist").go("/patient/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    height = page.locator("td.name a").first.bounding_box()["height"]
    button = page.locator("a.btn.main").first.bounding_box()["height"]
    assert max(height, button) >= 44
    assert phone.complaints == []


def test_keys_lead_through_the_panel_and_sleep_while_somebody_types(desk):
    page = desk.sign_in("receptionist").go("/")
    page.keyboard.press("g")
    page.keyboard.press("f")
    page.wait_for_url("**/appointment/?flt.starts_at.in=to_come*")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator("tr[data-row] .name a").first
    assert first.evaluate("link => link === document.activeElement")
    page.keyboard.press("Enter")
    page.wait_for_url("**/appointment/details/**")
    page.keyboard.press("e")
    page.wait_for_url("**/appointment/edit/**")
    here = page.url
    note = page.locator("textarea[name=note]")
    note.fill("")
    note.press_sequentially("nesgf?")
    assert (page.url, note.input_value()) == (here, "nesgf?")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/appointment/details/**")
    page.keyboard.press("?")
    assert page.locator("dialog#keys").get_attribute("open") is not None
    assert desk.complaints == []


def test_areas_stay_as_they_were_left(desk):
    page = desk.sign_in("receptionist").go("/")
    summary = page.locator("details.area[data-area='5'] > summary")
    summary.click()
    area = page.locator("details.area[data-area='5']")
    opened = area.get_attribute("open") is not None
    desk.go("/recall/")
    assert (area.get_attribute("open") is not None) == opened


def test_another_site_cannot_frame_the_panel(desk):
    answer = desk.page.request.get(f"{desk.address}/sign-in")
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
