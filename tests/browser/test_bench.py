"""The bench on a tablet: two taps a step, also with the line cut, nothing lost or twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
TABLET = {"width": 1024, "height": 768}


@pytest.fixture
def tablet(window, server) -> Iterator[Desk]:
    context = window.new_context(viewport=TABLET, has_touch=True)
    yield Desk(context.new_page(), server).sign_in("technician")
    context.close()


def a_work(desk: Desk, stage: str) -> str:
    """A work at a stage on the technician's own bench, or one that waits for their skill."""
    page = desk.go("/bench/")
    return page.locator("button[data-open]", has_text=stage).first.get_attribute("data-open") or ""


def a_lot(desk: Desk) -> str:
    """The number of a lot that is in use and lasts the longest."""
    asked = "flt.finished_at.empty=1&flt.withdrawn_at.empty=1&sort=-expires_on"
    told = desk.go(f"/material-lot/?{asked}").locator("tbody").inner_text()
    found = re.search(r"L\d{8}", told)
    assert found, told
    return found[0]


def stage_of(page: Page, track: str):
    return page.locator(f"[data-sheet='{track}'] [data-stage]")


def sent(page: Page) -> None:
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "0", timeout=20_000)


def steps_of(desk: Desk, card: str) -> list[str]:
    """What the page of the card tells of its steps, after everything was sent."""
    page = desk.go(f"/cards/{card}")
    for earlier in page.locator(".log + details > summary").all():
        earlier.click()
    return page.locator("main").inner_text().splitlines()


def test_a_work_goes_through_its_fabrication_with_two_taps_a_step_with_the_line_cut(tablet):
    lot = a_lot(tablet)
    track = a_work(tablet, "Milling")
    tablet.page.clock.install()
    page = tablet.go(f"/bench/?open={track}")
    sheet = page.locator(f"[data-sheet='{track}']")
    card = sheet.get_attribute("data-card") or ""
    page.fill("#scan", lot)
    page.keyboard.press("Enter")
    sent(page)
    expect(page.locator("#bench-says")).to_be_hidden()
    taps = 0

    def step() -> None:
        nonlocal taps
        for deed in ("start", "done"):
            sheet.locator(f"[data-deed='{deed}']").tap()
            taps += 1

    step()
    expect(stage_of(page, track)).to_have_text("Sintering")
    sent(page)
    page.context.set_offline(True)
    step()
    expect(stage_of(page, track)).to_have_text("Individualisation")
    expect(page.locator("#bench-line")).to_contain_text("kept on this tablet")
    sheet.locator("[data-deed='start']").tap()
    taps += 1
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "3")
    tried: list[str] = []
    page.on("requestfailed", lambda request: tried.append(request.url))
    page.clock.run_for(60_000)  # a minute of the page's clock, in which it tries again and again
    expect(page.locator("#bench-line")).to_have_attribute("data-waiting", "3")
    assert any(url.endswith("/bench/act") for url in tried)
    page.context.set_offline(False)
    page.clock.run_for(5_000)
    sent(page)
    sheet.locator("[data-deed='done']").tap()
    taps += 1
    expect(stage_of(page, track)).to_have_text("Cementation")
    step()
    expect(page.locator(f"[data-sheet='{track}']")).to_have_count(0, timeout=20_000)
    assert taps == 8, "two taps for each of four stages"
    told = "\n".join(steps_of(tablet, card))
    for stage in ("Sintering", "Individualisation", "Cementation", "Done"):
        assert len(re.findall(rf"→ {stage}\b", told)) == 1, (stage, told)
