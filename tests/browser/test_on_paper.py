"""What leaves the printer: one sheet for a work, with tables as on a wide screen."""

from __future__ import annotations

import pypdfium2
import pytest

pytestmark = pytest.mark.browser


def test_a_job_ticket_is_one_sheet_with_tables(desk):
    """As it comes from the clinic; with the points of several processes it may take two."""
    page = desk.sign_in("lab_supervisor").go("/board/order")
    page.locator("[data-card]").filter(has_text="draft").first.locator("a").click()
    page.locator("a[href^='/ticket/']").first.click()
    page.locator(".ticket").wait_for()
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    assert len(sheet) == 1
    assert [round(side) for side in sheet[0].get_size()] == [595, 842]
    words = sheet[0].get_textpage().get_text_bounded()
    heads = page.locator(".ticket table th").all_inner_texts()
    assert heads and all(head in words for head in heads)


def test_a_list_keeps_its_table_on_paper(desk):
    page = desk.sign_in("receptionist").go("/patient/")
    sheet = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    words = sheet[0].get_textpage().get_text_bounded()
    assert words.count("Last name") == 1 and "Born on" in words
    assert "New patient" not in words
