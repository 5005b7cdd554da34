"""A day of four roles with one record: made and changed, in both languages at each width.

What is seen is looked at in light and in dark. The other half of the day is in
`test_a_day_of_lists.py`, so that two processes share it.
"""

from __future__ import annotations

import pytest

from tests.browser.workdays import STEPS, fill, filled, seats
from tests.browser.workers import HISTORY, SAVE, taken_by

pytestmark = pytest.mark.browser


def test_every_role_takes_each_step_at_every_width_in_both_languages():
    for step in STEPS:
        some = seats(step)
        assert len({(seat.role, seat.width, seat.language) for seat in some}) == 24 == len(some)
        assert len({(seat.language, seat.colours, seat.width) for seat in some}) == 12


@taken_by("make")
def test_a_record_is_made_after_the_database_refused_it_once(worker):
    work, seat = worker.seat.work, worker.seat
    page = worker.list()
    page.locator("a.btn.main[data-key=n]").click()
    fill(page, work.typed | work.refused, seat)
    page.locator(SAVE).click()

    page.locator("#mistakes").wait_for()
    assert page.locator(".field.wrong .error").count() == 1
    for name, value in work.typed.items():
        kept = page.locator(f"form[data-guard] [name='{name}']").input_value()
        assert kept == filled(value, seat) if value else kept
    worker.look()
    fill(page, work.mended, seat)
    worker.saved()
    page.locator(HISTORY).click()
    assert worker.name in worker.look().inner_text(".happened > li")
    if work.over:
        page.goto(page.url.replace("/history/", "/edit/"))
        fill(page, work.over, seat)
        worker.saved()
    assert worker.all_complaints == []


@taken_by("change")
def test_a_change_survives_that_of_a_second_person(worker, other):
    mine = f"[name={worker.seat.work.changed}]"
    ours, theirs = f"0722 418 {300 + worker.seat.place}", f"0722 418 {400 + worker.seat.place}"
    field = f"form[data-guard] {mine}"
    page = worker.list()
    page.locator("td.name a").first.click()
    page.locator("a[data-key=e]").click()
    page.wait_for_url("**/edit/**")
    there = other.go(page.url.removeprefix(worker.address))
    there.fill(field, theirs)
    there.locator(SAVE).click()
    there.wait_for_url("**/details/**")

    page.fill(field, ours)
    page.locator(SAVE).click()
    clash = page.locator("fieldset.clash")
    clash.wait_for()
    assert theirs in clash.inner_text() and clash.locator(mine).input_value() == ours
    clash.locator("input[value=mine]").check()
    worker.look()
    worker.saved()
    assert ours in worker.look().inner_text("main")
    page.locator(HISTORY).click()
    acts = worker.look().locator(".happened > li")
    assert ours in acts.nth(0).inner_text() and theirs in acts.nth(0).inner_text()
    assert theirs in acts.nth(1).inner_text()
    assert worker.all_complaints + other.complaints == []
