"""Labels of 54 × 25 mm for a roll printer: the work, each component's bag, and its box."""

from __future__ import annotations

from flask_babel import gettext

from admin_views.paper_facts import PaperFacts, address_of, components_of, is_device, patient_code
from schema.codes import Code, box_code, numbered_code
from schema.pdf_sheet import Sheet
from schema.sayings import Unfit

LABEL = (54.0, 25.0)
SQUARE = 16.5
TEXT_AT, TEXT_WIDE = 16.8, 36.2


def draw_labels(paper: PaperFacts) -> bytes:
    """A label on each page; nothing on them names the patient."""
    sheet = Sheet(LABEL, f"{gettext('Labels')} {paper.order.ticket}", paper.printed.at)
    work, device = paper.value("work_type") or gettext("Lab order"), is_device(paper.order)
    _label(sheet, paper, paper.code, work, gettext("Custom-made device") if device else "")
    for number, name in components_of(paper.order):
        _label(sheet, paper, numbered_code("C", number), name)
    if box := paper.value("box"):
        _box(sheet, paper, box)
    return sheet.ends()


def _box(sheet: Sheet, paper: PaperFacts, name: str) -> None:
    """The label of a box, unless its name has no letter that a code can hold."""
    try:
        _label(sheet, paper, box_code(name), gettext("Box %(name)s", name=name))
    except Unfit:
        return


def _label(sheet: Sheet, paper: PaperFacts, code: Code, name: str, says: str = "") -> None:
    sheet.page()
    sheet.square(0, 0, SQUARE, address_of(code))
    lines = sheet.lines_of(name, 7.5, TEXT_WIDE, bold=True)[:2]
    y = 1.2
    for line in lines:
        y = sheet.text(TEXT_AT, y, line, 7.5, width=TEXT_WIDE, bold=True)
    told = " · ".join(filter(None, (paper.order.ticket, patient_code(paper.order))))
    y = sheet.text(TEXT_AT, y + 0.3, told, 7, width=TEXT_WIDE)
    y = sheet.text(TEXT_AT, y, code.written, 7, width=TEXT_WIDE)
    copy = gettext("Copy %(number)s", number=paper.printed.copy_number)
    foot = " · ".join(filter(None, (says, copy)))
    sheet.text(TEXT_AT, y, foot, 5.5, width=TEXT_WIDE, faint=not says)
    sheet.bars(0.5, 16.4, 53, 7.6, code.plain)
