"""Reads a PDF as people and scanners do: its pages as images, the codes on them, its words."""

from __future__ import annotations

from typing import Any

import pypdfium2
import zxingcpp
from PIL.Image import Image

DPI = 200


def pages_of(pdf: bytes, dpi: int = DPI) -> list[Image]:
    """Each page drawn as a printer of that many dots per inch would."""
    document = pypdfium2.PdfDocument(pdf)
    return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def codes_on(page: Image) -> dict[str, str]:
    """What a scanner finds on an image of a page: the text of each kind of code."""
    found = zxingcpp.read_barcodes(page)
    assert len({one.format for one in found}) == len(found), "more than one code of a kind"
    return {one.format.name: one.text for one in found}


def words_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def sizes_of(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole millimetres."""
    document: Any = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]
