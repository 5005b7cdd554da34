"""A day of four roles with many records: found, kept as a view, changed, in both languages.

At each width; what is seen is looked at in light and in dark.
"""

from __future__ import annotations

import pytest

from tests.browser.workdays import choose_another, said_of
from tests.browser.workers import HISTORY, taken_by

pytestmark = pytest.mark.browser


@taken_by("find")
def test_a_record_is_found_and_a_question_kept_as_a_view(worker):
    work, seat = worker.seat.work, worker.seat
    name = worker.go(f"/{work.found}/").locator("td.name a").first.inner_text().split()[0]
    page = worker.go("/")
    page.fill(".top input[type=search]", name)
    page.locator(".find-sheet:popover-open [role=option]").first.wait_for()
    worker.look().locator(".find-sheet [role=option]").first.click()
    page.wait_for_url("**/details/**")
    assert name in page.locator("main").inner_text()

    page = worker.go(f"/{work.found}/")
    page.fill(".filters input[type=search]", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**search=**")
    assert page.locator("tbody tr").count() >= 1

    page = worker.list()
    page.locator("summary[data-key=f]").click()
    choice = page.locator(f"select[name='flt.{work.filtered}.is']")
    page.locator("details.filter-column", has=choice).locator("summary").click()
    choice.select_option(index=1)
    worker.look().locator(".filter-sheet[data-filter] .btn.main").click()
    page.wait_for_url("**flt.**")
    assert page.locator(".chip.on").count() == 1
    page.locator("[data-save-view] summary").click()
    page.fill("#view-name", f"Vedere {seat.place}")
    page.check(".save-view input[name=in_side_bar]")
    worker.look().locator(".save-view .btn.main").click()
    page.wait_for_url("**view=**")
    assert page.locator(".tabs a[aria-current]").inner_text().startswith(f"Vedere {seat.place}")
    assert page.locator(".side a.of-view", has_text=f"Vedere {seat.place}").count() == 1
    assert worker.look() and worker.all_complaints == []


@taken_by("many")
def test_many_records_change_after_a_look_and_remember_it(worker):
    work, seat = worker.seat.work, worker.seat
    page = worker.list(work.many)
    had = said_of(page, 2)
    for place in range(2):
        page.locator("input[name=rowid]").nth(place).check()
    worker.look().locator(".bulk button[formaction]").first.click()
    field = page.locator(f"[data-bulk-fields] [name={work.many}]")
    if field.evaluate("field => field.tagName") == "SELECT":
        choose_another(field, had)
    else:
        field.fill(f"0722 418 {100 + seat.place}")
    worker.look().locator("button[value=preview]").click()
    page.locator("button[value=apply]").wait_for()
    worker.look().locator("button[value=apply]").click()
    page.locator("main p a.btn.main").wait_for()
    worker.look().locator("td.name a").first.click()
    page.locator(HISTORY).click()
    assert worker.name in worker.look().inner_text(".happened > li")
    assert worker.all_complaints == []
