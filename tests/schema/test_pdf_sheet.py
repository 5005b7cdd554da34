"""Papers: codes are read back from drawn pages, Romanian letters stand, text stays in its room."""

from __future__ import annotations

import pytest

from schema.codes import numbered_code, order_code
from schema.pdf_sheet import A5, Sheet
from tests.factories import NOW
from tests.papers_read import codes_on, pages_of, sizes_of, words_of

LETTERS = "Ștefan Țurcanu, coroană pe dintele 11 – șlefuită și înălțată Ă Â Î Ș Ț „da” …"


def a_sheet(size=A5):
    sheet = Sheet(size, "A paper", NOW)
    sheet.page()
    return sheet


@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("code", [order_code("26-000123"), numbered_code("C", 42)])
def test_bars_and_squares_are_read_back_from_the_page(code, dpi):
    sheet = a_sheet((54, 25))
    sheet.square(0, 0, 15, f"https://panel.example.ro/scan/{code.plain}")
    sheet.bars(1, 15, 52, 8, code.plain)

    [page] = pages_of(sheet.ends(), dpi)

    assert codes_on(page) == {
        "QRCode": f"https://panel.example.ro/scan/{code.plain}",
        "Code128": code.plain,
    }


def test_romanian_letters_are_in_the_fonts():
    sheet = a_sheet()
    for bold in (False, True):
        sheet.text(8, 20 + 20 * bold, LETTERS, 9, width=130, bold=bold)

    [words] = words_of(sheet.ends())

    assert words.count(LETTERS) == 2


def test_a_line_that_is_too_long_is_made_smaller_and_then_cut():
    sheet = a_sheet()
    sheet.text(8, 20, "Coroană " * 9, 12, width=100)
    sheet.text(8, 40, "Coroană " * 90, 12, width=100)

    [words] = words_of(sheet.ends())
    [page] = pages_of(sheet.ends())

    first, second = words.strip().splitlines()
    assert first.count("Coroană") == 9 and second.endswith("…")
    right = page.crop((int(110 / 25.4 * 200), 0, page.width, page.height))
    assert right.getextrema() == (255, 255), "nothing stands outside of its width"


def test_a_paragraph_is_cut_after_its_last_line():
    sheet = a_sheet()
    ends = sheet.paragraph(8, 20, "O observație lungă despre nuanță. " * 30, 8, width=60, most=3)

    [words] = words_of(sheet.ends())

    assert len(words.strip().splitlines()) == 3 and words.strip().endswith("…")
    assert ends < 35


def test_pages_have_the_size_that_was_asked_for():
    sheet = a_sheet((54, 25))
    sheet.page()

    assert sizes_of(sheet.ends()) == [(54, 25), (54, 25)]
