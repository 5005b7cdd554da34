"""The first-run pages in a real browser: by keyboard, on a phone, forward and back, to the end."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from schema.workflow.first_clinic import set_up_code
from tests.browser.conftest import PROJECT, wait_for
from tests.browser.desks import Desk

pytestmark = pytest.mark.browser
SECRET = "the key of a house that nobody has set up yet"
WORDS = "corabii pe deal noua 7"


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[str]:
    """The address of a house in which nobody works."""
    with socket.socket() as spare:
        spare.bind(("127.0.0.1", 0))
        port = spare.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    told = {"VAR_FOLDER": str(tmp_path), "PORT": str(port), "BASE_URL": address}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=PROJECT,
        env={**os.environ, **told, "SECRET_KEY": SECRET, "TZ": "UTC"},
    )
    try:
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=40)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_clinic_is_set_up_from_the_first_page_to_the_last(
    window: Browser, new_house: str, width: int
):
    context = window.new_context(viewport={"width": width, "height": 844}, locale="en-GB")
    desk = Desk(context.new_page(), new_house)
    page = desk.go("/")
    page.fill("#code", set_up_code(SECRET))
    page.keyboard.press("Enter")
    forward(page)
    page.fill("#name", "Dinte Bun")
    page.keyboard.press("Enter")
    page.wait_for_url("**/first-run/locations")
    page.get_by_role("button", name="Back").click()
    assert page.input_value("#name") == "Dinte Bun"
    forward(page)
    page.fill("[id='name.0']", "Zorilor")
    forward(page)
    page.wait_for_url("**/first-run/hours")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for _ in ("hours", "holidays"):
        forward(page)
    for name, text in (("last_name", "Pop"), ("first_name", "Ana"), ("email", "ana@clinic.test")):
        page.fill(f"#{name}", text)
    page.fill("#password", WORDS)
    page.fill("#again", WORDS)
    forward(page)
    forward(page)
    page.get_by_role("button", name="Set up the clinic").click()
    page.wait_for_url("**/set-up/")

    assert page.locator("h1").inner_text() == "Set-up state"
    assert page.get_by_text("There is only one admin").count()
    assert desk.complaints == []
    context.close()


def forward(page: Page) -> None:
    page.locator(".foot .btn.main").click()
