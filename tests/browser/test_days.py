"""Days as the clinic writes them, whatever the browser's own language: typed, or chosen."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.desks import Desk, signed_in_context
from tests.browser.findings import grave_findings, too_wide

pytestmark = pytest.mark.browser


@pytest.fixture(params=["en", "ro"])
def reception(window: Browser, server: str, request):
    """A receptionist of either language at an American browser on a phone in the dark."""
    who = ("receptionist", request.param)
    looks = {"locale": "en-US", "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
    context = signed_in_context(window, server, who, **looks)
    yield Desk(context.new_page(), server), request.param
    context.close()


def written_out(field: Locator, text: str) -> str:
    field.fill(text)
    field.press("Tab")
    return field.input_value()


def test_a_day_is_typed_as_people_write_it_and_shown_in_full(reception):
    desk, language = reception
    page = desk.go("/patient/new/")
    field = page.locator("#birth_on")
    today = dt.date.fromisoformat(page.locator("#words").get_attribute("data-today"))
    soon, next_day = today + dt.timedelta(days=7), today + dt.timedelta(days=1)
    told = {
        "31.12.1985": "31.12.1985",
        "1/2/1985": "01.02.1985",
        "1985-12-31": "31.12.1985",
        "1.2.85": "01.02.1985",
        "+7": f"{soon:%d.%m.%Y}",
        "mâine" if language == "ro" else "tomorrow": f"{next_day:%d.%m.%Y}",
        "31.2.1985": "31.2.1985",
    }
    assert {text: written_out(field, text) for text in told} == told
    assert field.get_attribute("placeholder") == (
        "zz.ll.aaaa" if language == "ro" else "dd.mm.yyyy"
    )
    assert desk.complaints == []


def test_a_day_is_chosen_by_the_keyboard_alone(reception):
    desk, language = reception
    page = desk.go("/patient/new/")
    field = page.locator("#birth_on")
    field.fill("15.03.1985")
    field.press("ArrowDown")
    month = page.locator(".calendar strong").inner_text()
    assert month.lower() == ("martie 1985" if language == "ro" else "march 1985")
    for key in ("PageUp", "End", "ArrowLeft", "Shift+PageDown"):
        page.keyboard.press(key)
    assert grave_findings(page) + too_wide(page) == []
    page.keyboard.press("Enter")
    assert field.input_value() == "16.02.1986"
    assert page.evaluate("document.activeElement.id") == "birth_on"
    field.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.locator(".calendar").is_hidden()
    assert field.input_value() == "16.02.1986"
    assert desk.complaints == []


def test_a_moment_keeps_its_time_when_another_day_is_tapped(reception):
    desk, _ = reception
    page = desk.go("/appointment/new/")
    field = page.locator("#starts_at")
    assert written_out(field, "15.03.2031 9.30") == "15.03.2031 09:30"
    field.click()
    page.locator(".calendar [data-at='17.03.2031']").click()
    assert field.input_value() == "17.03.2031 09:30"
    assert page.locator(".calendar").is_hidden()


def test_a_day_that_is_none_is_explained_and_kept(reception):
    desk, language = reception
    page = desk.go("/patient/new/")
    for name, text in (("last_name", "Pop"), ("first_name", "Ana"), ("birth_on", "31.2.1985")):
        page.fill(f"#{name}", text)
    page.locator("form[data-guard] .btn.main").click()
    field = page.locator("#birth_on[aria-invalid]")
    assert field.input_value() == "31.2.1985"
    error = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}").inner_text()
    assert ("nu este o zi" if language == "ro" else "is not a day") in error
