"""What is wrong with a page as it stands: grave findings of axe, and too wide a page."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

GRAVE = ("serious", "critical")
OF_COLOURS = ("color-contrast",)
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def grave_findings(page: Page, *rules: str) -> list[str]:
    """What axe calls serious or critical, with the first place of each; by all rules or by some."""
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    if page.evaluate("typeof axe") == "undefined":  # a page that was looked at has it already
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("wanted => axe.run(wanted).then(found => found.violations)", options)
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
    ]


def too_wide(page: Page) -> list[str]:
    """A sentence when the page has to be pushed sideways."""
    beyond = page.evaluate(WIDE)
    return [f"{page.url} is {beyond} pixels wider than its window"] if beyond > 0 else []
