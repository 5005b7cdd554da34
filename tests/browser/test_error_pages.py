"""What people meet when something goes wrong: words, a way on, and what they typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.desks import Desk, signed_in_context
from tests.browser.findings import grave_findings, too_wide
from tests.browser.workdays import WIDTHS

pytestmark = pytest.mark.browser
FAULT = "section.fault"
TOLD = "status of"
LARGE = "const a = document.createElement('input'); a.name = 'x'; a.type = 'hidden';" + (
    "a.value = 'x'.repeat(1200000); document.querySelector('form[data-guard]').append(a)"
)


@pytest.fixture(params=[("en", "light", 1440), ("ro", "dark", 390)], ids=str)
def dentist(request: pytest.FixtureRequest, window: Browser, failing: str) -> Iterator[Desk]:
    language, colours, width = request.param
    looks = {"viewport": {"width": width, "height": WIDTHS[width]}, "color_scheme": colours}
    context = signed_in_context(window, failing, ("dentist", language), **looks)
    yield Desk(context.new_page(), failing)
    context.close()


def at_error(desk: Desk, code: int) -> Page:
    """The page of an error, on which no test of ours finds anything wrong."""
    page = desk.page
    page.locator(FAULT).wait_for()
    assert page.locator(".fault .code").inner_text() == str(code)
    assert page.locator("h1").count() == 1 and page.locator(f"{FAULT} a[href='/']").count() == 1
    assert too_wide(page) + grave_findings(page) == []
    assert [words for words in desk.complaints if TOLD not in words] == []
    return page


@pytest.mark.parametrize(
    ("path", "code"), [("/breaks", 500), ("/nothing/", 404), ("/staff/new/", 403)]
)
def test_the_page_of_an_error_is_without_findings(dentist, path, code):
    dentist.go("/")
    dentist.page.evaluate("path => { location.href = path }", path)
    page = at_error(dentist, code)
    page.locator(f"{FAULT} a[href='/']").click()
    page.wait_for_url(f"{dentist.address}/")


def test_the_page_of_an_error_leads_back_to_the_page_before(dentist):
    dentist.go("/patient/?sort=last_name")
    dentist.page.evaluate("location.href = '/nothing/'")
    at_error(dentist, 404).locator(f"{FAULT} a[href^='/patient/']").click()
    dentist.page.wait_for_url("**/patient/?sort=last_name")


def test_what_was_typed_into_a_form_that_broke_is_sent_again(dentist):
    page = dentist.go("/breaks-once")
    page.fill("textarea", "two lines\nof „words”")
    page.locator("main form .btn.main").click()
    at_error(dentist, 500).locator(f"{FAULT} button").click()
    page.get_by_text("two lines of „words”").wait_for()


def test_too_large_a_form_is_refused_in_words(dentist):
    page = dentist.go("/appointment/new/")
    page.evaluate(LARGE)
    page.locator("form[data-guard] .foot .btn.main").click()
    assert at_error(dentist, 413).locator(f"{FAULT} button").count() == 0


def test_who_tries_too_often_to_sign_in_is_told_to_wait(window, failing):
    context = window.new_context(color_scheme="dark")
    desk = Desk(context.new_page(), failing)
    page = desk.go("/sign-in")
    for _ in range(6):
        page.fill("input[name=email]", "nobody@example.ro")
        page.fill("input[name=password]", "wrong")
        with page.expect_navigation() as answer:
            page.keyboard.press("Enter")
    assert answer.value.status == 429
    page.get_by_text("Too many tries").wait_for()
    assert page.locator("input[name=email]").input_value() == "nobody@example.ro"
    assert too_wide(page) + grave_findings(page) == []
    context.close()
