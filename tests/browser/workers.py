"""Somebody at a seat, and what they do in every test of a working day."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.desks import Desk
from tests.browser.findings import OF_COLOURS, grave_findings, too_wide
from tests.browser.workdays import Seat, seats

SAVE = "form[data-guard] .foot .btn.main"
HISTORY = "nav.tabs a[href*='/history/']"
SECOND = {"dentist": "receptionist"}  # a dentist meets no appointment of another
REFUSED = re.compile(r"status of 4(09|22)")
OTHER_COLOURS: dict[str, Any] = {"light": "dark", "dark": "light"}


def taken_by(step: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("worker", seats(step), ids=str, indirect=True)


class Worker(Desk):
    """Somebody at a seat; each page they look at is examined as it stands."""

    def __init__(self, page: Page, address: str, seat: Seat) -> None:
        super().__init__(page, address)
        self.seat, self.wrong = seat, list[str]()

    def look(self) -> Page:
        """Note what is wrong with the present page, in its colours and in the others."""
        assert self.page.locator("html").get_attribute("lang") == self.seat.language
        self.wrong += too_wide(self.page) + grave_findings(self.page)
        self.page.emulate_media(color_scheme=OTHER_COLOURS[self.seat.colours])
        self.wrong += too_wide(self.page) + grave_findings(self.page, *OF_COLOURS)
        self.page.emulate_media(color_scheme=self.seat.colours)
        return self.page

    def list(self, columns: str = "") -> Page:
        """The list that the role works with, short: its kind is looked at, not its length."""
        shown = f"&columns={columns}" if columns else ""
        return self.go(f"/{self.seat.work.table}/?page_size=20{shown}")

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
