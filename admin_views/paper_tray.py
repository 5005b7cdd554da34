"""The card in the tray of a work (A6): read from the bench, with a code for the patient."""

from __future__ import annotations

from flask_babel import gettext

from admin_views.paper_facts import PaperFacts, address_of, clinic_name, is_device, patient_code
from schema.pdf_sheet import A6_ACROSS, Sheet

EDGE, WIDE = 6.0, 136.0
SQUARE = 40.0
LEFT = WIDE - SQUARE - 4
ROW, NOTE_LINE, BARS_AT = 9.0, 4.0, 82.0
MOST_FACTS = 9
FACTS = ("shade", "stump_shade", "arch", "dentist", "card.responsible", "box")


def draw_tray(paper: PaperFacts) -> bytes:
    """The card as PDF: neither name nor telephone of the patient, and no price."""
    title = gettext("Tray card")
    sheet = Sheet(A6_ACROSS, f"{title} {paper.order.ticket}", paper.printed.at)
    sheet.page()
    x = EDGE + WIDE - SQUARE
    sheet.square(x, EDGE - 4, SQUARE, address_of(paper.code))
    sheet.text(x, EDGE + SQUARE - 5, paper.code.written, 8, width=SQUARE, align="C", bold=True)
    head = f"{clinic_name()} · {paper.titled(title)}"
    y = sheet.text(EDGE, EDGE, head, 7, width=LEFT, faint=True)
    y = sheet.text(EDGE, y, paper.order.ticket, 40, width=LEFT, bold=True)
    y = sheet.text(EDGE, y, paper.made_of(), 14, width=LEFT, bold=True)
    y = sheet.paragraph(EDGE, y + 0.5, paper.spans, 12, width=LEFT, most=2) + 1
    _due(sheet, paper, x)
    _facts(sheet, paper, y)
    sheet.bars(EDGE - 4, BARS_AT, WIDE + 8, 14, paper.code.plain)
    says = gettext("Custom-made device") if is_device(paper.order) else ""
    foot = " · ".join(filter(None, (says, paper.foot())))
    sheet.text(EDGE, 97.5, foot, 6, width=WIDE)
    return sheet.ends()


def _due(sheet: Sheet, paper: PaperFacts, x: float) -> None:
    """When it is due, under the square, as large as it goes."""
    y = EDGE + SQUARE
    if paper.urgent:
        y = sheet.text(x, y, gettext("Urgent").upper(), 16, width=SQUARE, bold=True, align="C")
    for label, value in paper.given("card.due_at"):
        y = sheet.text(x, y, label, 7, width=SQUARE, faint=True, align="C")
        sheet.text(x, y, value, 14, width=SQUARE, bold=True, align="C")


def _facts(sheet: Sheet, paper: PaperFacts, y: float) -> None:
    """Material, shade and people in three columns, the patient as a code."""
    code = patient_code(paper.order)
    facts = [(gettext("Patient"), code)] if code else []
    facts += paper.given(*FACTS)
    wide, rows = LEFT / 3, (min(len(facts), MOST_FACTS) + 2) // 3
    for number, (label, value) in enumerate(facts[:MOST_FACTS]):
        at = y + ROW * (number // 3)
        x = EDGE + wide * (number % 3)
        sheet.fact(x, at, label, value, width=wide - 2, size=10.5)
    _notes(sheet, paper, y + ROW * rows)


def _notes(sheet: Sheet, paper: PaperFacts, y: float) -> None:
    """What the dentist wrote, as much of it as fits above the bars."""
    most = int((BARS_AT - y - 1) / NOTE_LINE)
    if most > 0 and paper.value("notes"):
        sheet.paragraph(EDGE, y, paper.value("notes"), 9, width=WIDE, most=most)
