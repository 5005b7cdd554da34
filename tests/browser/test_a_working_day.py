"""A day of four roles: in both languages, light and dark, at any width."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Desk, signed_in_context
from tests.browser.findings import grave_findings, too_wide
from tests.browser.workdays import (
    ALL_SEATS,
    STEPS,
    WIDTHS,
    Seat,
    choose_another,
    fill,
    filled,
    said_of,
    seats,
)

pytestmark = pytest.mark.browser
SAVE = "form[data-guard] .foot .btn.main"
HISTORY = "nav.tabs a[href*='/history/']"
SECOND = {"dentist": "receptionist"}  # a dentist meets no appointment of another
REFUSED = re.compile(r"status of 4(09|22)")


def taken_by(step: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("worker", seats(step), ids=str, indirect=True)


class Worker(Desk):
    """Somebody at a seat; each page they look at is examined as it stands."""

    def __init__(self, page: Page, address: str, seat: Seat) -> None:
        super().__init__(page, address)
        self.seat, self.wrong = seat, list[str]()

    def look(self) -> Page:
        """Note what is wrong with the present page."""
        assert self.page.locator("html").get_attribute("lang") == self.seat.language
        self.wrong += too_wide(self.page) + grave_findings(self.page)
        return self.page

    def list(self) -> Page:
        return self.go(f"/{self.seat.work.table}/")

    @property
    def name(self) -> str:
        """As records name this person: family name first."""
        first, last = self.page.locator(".who .name").text_content().split()
        return f"{last} {first}"

    def saved(self) -> None:
        self.page.locator(SAVE).click()
        self.page.wait_for_url("**/details/**")

    @property
    def all_complaints(self) -> list[str]:
        return self.wrong + [words for words in self.complaints if not REFUSED.search(words)]


@pytest.fixture
def worker(request: pytest.FixtureRequest, window: Browser, server: str) -> Iterator[Worker]:
    seat: Seat = request.param
    context = signed_in_context(
        window,
        server,
        (seat.role, seat.language),
        viewport={"width": seat.width, "height": WIDTHS[seat.width]},
        color_scheme=seat.colours,
        has_touch=seat.width < 500,
    )
    yield Worker(context.new_page(), server, seat)
    context.close()


@pytest.fixture
def other(worker: Worker, window: Browser, server: str) -> Iterator[Desk]:
    """A second person, who may edit the same record and reads the other language.

    What a technician notes is theirs alone, so there it is the same person at another browser.
    """
    seat, role = worker.seat, SECOND.get(worker.seat.role, worker.seat.role)
    language = "ro" if seat.language == "en" else "en"
    language = seat.language if role == "technician" else language
    context = signed_in_context(window, server, (role, language))
    yield Desk(context.new_page(), server)
    context.close()


def test_every_seat_takes_a_step_and_every_role_takes_each_at_every_width():
    taken = {step: seats(step) for step in STEPS}
    assert sorted(sum(taken.values(), [])) == sorted(ALL_SEATS)
    for some in taken.values():
        assert len({(seat.role, seat.width) for seat in some}) == 12
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
    assert worker.name in worker.look().inner_text(".acts > li")
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
    acts = worker.look().locator(".acts > li")
    assert ours in acts.nth(0).inner_text() and theirs in acts.nth(0).inner_text()
    assert theirs in acts.nth(1).inner_text()
    assert worker.all_complaints + other.complaints == []


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
    page = worker.go(f"/{work.table}/?columns={work.many}")
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
    assert worker.name in worker.look().inner_text(".acts > li")
    assert worker.all_complaints == []
