"""Every kind of page, in light and dark, wide and on a phone: nothing to complain about."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.desks import Desk
from tests.browser.findings import OF_COLOURS, grave_findings, too_wide

pytestmark = pytest.mark.browser
OPENED, LISTED = "{open}", re.compile(r"\{(lab-order|track|pipeline)\}")
KINDS = {
    None: ("/sign-in",),
    "receptionist": (
        "/",
        "/appointment/",
        "/patient/?search=zzzz",
        "/patient/{open}",
        "/patient/new/",
        "/patient/edit/{open}",
        "/recall/",
        "/nothing-here/",
    ),
    "dentist": (
        "/",
        "/treatment-plan/edit/{open}",
        "/lab-order/{open}",
        "/rights/",
        "/board/order",
        "/cards/{lab-order}",
        "/register/{lab-order}",
    ),
    "technician": (
        "/",
        "/track/",
        "/track/{open}",
        "/followup/",
        "/board/",
        "/board/fabrication",
        "/cards/{track}",
        "/machines/",
    ),
    "lab_supervisor": (
        "/",
        "/hold/new/",
        "/board/order",
        "/cards/{lab-order}",
        "/register/{lab-order}",
        "/ticket/{lab-order}",
        "/statement/{lab-order}",
        "/scan/",
        "/paper-checks/",
        "/paper-checks/1",
        "/pipelines/",
        "/pipelines/{pipeline}/map",
    ),
    "manager": ("/",),
    "admin": (
        "/",
        "/staff/",
        "/staff/edit/{open}",
        "/rights/",
        "/imports/",
        "/me/sign-ins",
        "/password",
        "/custom-field/new/",
    ),
}
REFUSED = (("receptionist", "/nothing-here/"), ("dentist", "/rights/"))
WIDTHS = {1440: 900, 390: 844}
SCHEMES: dict[Any, tuple[str, ...]] = {"light": (), "dark": OF_COLOURS}


def visit(desk: Desk, path: str) -> Page:
    """A page by its address; `{open}` is the key of the first row of the table's list.

    `{lab-order}` and the like stand for the first row of another list; on `/cards/`, for its card.
    """
    if found := LISTED.search(path):
        page = first_of(desk, found[1])
        if path.startswith("/cards/"):
            page.locator("a.btn[href^='/cards/']").click()
            page.wait_for_url("**/cards/*")
            return page
        return desk.go(path.replace(found[0], key_in(page.url)))
    if OPENED not in path:
        return desk.go(path)
    page = first_of(desk, path.split("/")[1])
    if "/edit/" not in path:
        return page
    return desk.go(page.url.removeprefix(desk.address).replace("/details/", "/edit/"))


def first_of(desk: Desk, table: str) -> Page:
    """The page of the first row in a table's list."""
    links = desk.go(f"/{table}/").locator("td.name a")
    if links.count() == 0:
        pytest.fail(f"the demo clinic has no row in {table} for this role")
    return desk.go(f"/{table}/details/?id={key_in(links.first.get_attribute('href') or '')}")


def key_in(address: str) -> str:
    key = re.search(r"id=(\d+)", address)
    assert key, address
    return key[1]


def complaints(page: Page) -> list[str]:
    """What is wrong with a page at any width, and with its colours in the dark."""
    wrong = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong += [f"{page.url} is {wide} wide at {width}"] if wide > width else []
        for scheme, rules in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{scheme} {width}: {finding}" for finding in grave_findings(page, *rules)]
    return wrong


@pytest.mark.parametrize("role", KINDS, ids=str)
def test_no_page_kind_is_complained_about(desk, role):
    if role:
        desk.sign_in(role)
    wrong = []
    for path in KINDS[role]:
        page = visit(desk, path)
        assert page.locator("h1").count() == 1, path
        assert page.locator(".fault").count() == ((role, path) in REFUSED), path
        wrong += complaints(page)
    told = [words for words in desk.complaints if "status of 40" not in words]
    assert wrong + told == []


@pytest.mark.parametrize("role", [role for role in KINDS if role], ids=str)
def test_no_page_kind_is_complained_about_in_romanian_on_a_tablet_in_the_dark(desk, role):
    desk.sign_in(role, "ro")
    page, wrong = desk.page, []
    page.set_viewport_size({"width": 1024, "height": 768})
    page.emulate_media(color_scheme="dark")
    for path in KINDS[role]:
        visit(desk, path)
        assert page.locator("html").get_attribute("lang") == "ro", path
        wrong += too_wide(page) + grave_findings(page)
    told = [words for words in desk.complaints if "status of 40" not in words]
    assert wrong + told == []


def test_a_form_with_mistakes_is_without_findings(desk):
    page = desk.sign_in("receptionist").go("/patient/new/")
    page.fill("input[name=phone]", "12")
    page.keyboard.press("Control+Enter")
    page.locator("#mistakes").wait_for()
    assert complaints(page) == []


def test_axe_would_see_a_grave_mistake(desk):
    page = desk.go("/sign-in")
    page.evaluate("document.querySelector('label').remove()")
    page.evaluate("document.querySelector('input[name=email]').removeAttribute('aria-label')")
    assert any("label" in finding for finding in grave_findings(page))
