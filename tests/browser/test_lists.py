"""A list that remembers, in a real browser: columns, groups, a saved view, many rows at once."""

from __future__ import annotations

import re

import pytest

from tests.browser.workdays import choose_another, said_of

pytestmark = pytest.mark.browser


def test_columns_move_by_keyboard_and_are_kept_in_a_view(desk):
    page = desk.sign_in("receptionist").go("/patient/")
    page.locator("[data-columns] summary").click()
    page.check("input[name=columns][value=email]")
    up = page.locator('button[name=move][value="email:up"]')
    for _ in range(30):
        up.focus()
        page.keyboard.press("Enter")
    page.locator("[data-columns] .btn.main").click()
    page.wait_for_url("**columns=email**")
    assert page.locator("thead th[scope=col]").first.inner_text().strip() == "E-mail"

    page.locator("[data-save-view] summary").click()
    page.fill("#view-name", "E-mail first")
    page.check(".save-view input[name=in_side_bar]")
    page.locator(".save-view .btn.main").click()
    page.wait_for_url("**view=**")
    assert page.locator(".tabs a[aria-current]").inner_text().startswith("E-mail first")
    assert page.locator(".side a.of-view", has_text="E-mail first").count() == 1
    assert desk.complaints == []


def test_a_group_leads_to_its_rows(desk):
    page = desk.sign_in("receptionist").go("/recall/?group=status")
    head = page.locator(".groups a.chip").first
    number = int(head.locator(".count").inner_text())
    head.click()
    page.wait_for_url("**flt.status.is=**")
    assert page.locator("tbody tr").count() == min(number, 50)
    assert desk.complaints == []


def test_many_rows_change_after_a_look(desk):
    page = desk.sign_in("receptionist").go("/patient/?columns=last_name,preferred_channel")
    had = said_of(page, 2)
    for place in range(2):
        page.locator("input[name=rowid]").nth(place).check()
    page.get_by_role("button", name=re.compile("^Change fields$")).click()
    choose_another(page.locator("select[name=preferred_channel]"), had)
    assert page.is_checked('input[name=change][value="preferred_channel"]')
    page.locator("button[value=preview]").click()
    page.locator("button[value=apply]").click()
    assert "changed" in page.locator("h1").inner_text()
    assert desk.complaints == []
