"""The steps of an import past the first, at each width and in both colours: nothing grave."""

from __future__ import annotations

import pytest

from tests.browser.findings import grave_findings, too_wide

pytestmark = pytest.mark.browser
SHEET = "Nume,Prenume,Telefon\nProbescu,Ana,0722 418 999\nProbescu,Ion,12\n"
NEXT = "main form .foot .btn.main"


def complaints(page):
    wrong = []
    for width, colours in ((1440, "light"), (1024, "dark"), (390, "light")):
        page.set_viewport_size({"width": width, "height": 844})
        page.emulate_media(color_scheme=colours)
        wrong += too_wide(page) + grave_findings(page)
    return wrong


def test_the_columns_and_the_dry_run_are_without_findings(desk):
    desk.page.set_default_timeout(8000)
    page = desk.sign_in("receptionist").go("/imports/")
    page.select_option("#kind", "patients")
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.set_input_files("#file", file)
    page.locator(NEXT).click()
    page.locator("select[name='column.0']").wait_for()
    wrong = complaints(page)
    page.locator(NEXT).first.click()
    page.locator("button[name=skip_refused]").wait_for()
    wrong += complaints(page)
    assert wrong + desk.complaints == []
