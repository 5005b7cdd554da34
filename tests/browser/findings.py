"""What is wrong with a page as it stands: grave findings of axe, and too wide a page."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def grave_findings(page: Page) -> list[str]:
    """What axe calls serious or critical, with the first place of each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
    ]


def too_wide(page: Page) -> list[str]:
    """A sentence when the page has to be pushed sideways."""
    beyond = page.evaluate(WIDE)
    return [f"{page.url} is {beyond} pixels wider than its window"] if beyond > 0 else []
