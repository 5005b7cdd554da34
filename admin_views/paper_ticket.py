"""The job ticket on paper (A5): what is asked for in front, the control points on the back."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from admin_views.paper_facts import (
    NOTHING,
    Fact,
    PaperFacts,
    address_of,
    clinic_name,
    components_of,
    rows_below,
    visits_of,
    way_of,
)
from admin_views.preferred import preferences_of
from admin_views.ticket_points import points_of
from schema.pdf_sheet import A5, Sheet
from schema.pipeline_terms import BLOCKS
from schema.teeth import OrderTooth

EDGE, WIDE = 8.0, 132.0
SQUARE = 34.0
FOOT_AT, LAST = 202.0, 198.0
HEADING, LINED, PLAIN = 4.8, 6.2, 4.8
MOST_TEETH, MOST_PARTS, MOST_VISITS = 8, 10, 3
WHO_AND_WHEN = (
    "card.due_at", "patient", "dentist", "box", "received_on", "card.location", "card.responsible",
)  # fmt: skip
WORK = (
    "arch", "shade", "stump_shade", "cervical_shade", "body_shade", "incisal_shade",
    "translucency",
)  # fmt: skip


def draw_ticket(paper: PaperFacts) -> bytes:
    """The whole ticket as PDF."""
    title = gettext("Job ticket")
    sheet = Sheet(A5, f"{title} {paper.order.ticket}", paper.printed.at)
    sheet.page()
    y = _head(sheet, paper, title)
    y = _grid(sheet, y, paper.given(*WHO_AND_WHEN), columns=4)
    y = _work(sheet, y, paper)
    y = _visits(sheet, y, paper)
    y = _parts(sheet, y, paper)
    _back(_Pages(sheet, paper, title, y), paper)
    _foot(sheet, paper)
    return sheet.ends()


def _head(sheet: Sheet, paper: PaperFacts, title: str) -> float:
    """The number large enough to be read from the next bench, and both codes."""
    left = WIDE - SQUARE - 4
    y = sheet.text(EDGE, EDGE, clinic_name(), 7, width=left, faint=True)
    words = paper.titled(title)
    words = f"{words} · {gettext('Urgent').upper()}" if paper.urgent else words
    y = sheet.text(EDGE, y + 0.5, words, 11, width=left, bold=True)
    y = sheet.text(EDGE, y, paper.order.ticket, 30, width=left, bold=True)
    sheet.bars(EDGE - 3, y + 1, left, 11, paper.code.plain)
    x = EDGE + WIDE - SQUARE
    sheet.square(x, EDGE - 3, SQUARE, address_of(paper.code))
    sheet.text(x, EDGE + SQUARE - 4, paper.code.written, 7, width=SQUARE, align="C")
    return y + 14.5


def _heading(sheet: Sheet, y: float, words: str) -> float:
    sheet.rule(y, EDGE, WIDE)
    return sheet.text(EDGE, y + 1, words.upper(), 6.5, width=WIDE, bold=True) + 0.8


def _grid(sheet: Sheet, y: float, facts: list[Fact], columns: int) -> float:
    """Facts side by side, row by row."""
    wide = WIDE / columns
    for start in range(0, len(facts), columns):
        row = facts[start : start + columns]
        ends = [
            sheet.fact(EDGE + place * wide, y, label, value, width=wide - 2)
            for place, (label, value) in enumerate(row)
        ]
        y = max(ends)
    return y + 0.5


def _work(sheet: Sheet, y: float, paper: PaperFacts) -> float:
    """What is made, on which teeth, of what, in which shade; what the dentist wrote."""
    y = _heading(sheet, y, gettext("Work parameters"))
    y = sheet.text(EDGE, y, paper.made_of(), 12, width=WIDE, bold=True)
    if paper.spans:
        y = sheet.paragraph(EDGE, y + 0.5, paper.spans, 11, width=WIDE, most=2) + 1
    y = _grid(sheet, y, paper.given(*WORK), columns=4)
    for cells in rows_below(OrderTooth.order, OrderTooth, paper.order)[:MOST_TEETH]:
        told = " · ".join(cell for cell in cells if cell != NOTHING)
        y = sheet.text(EDGE, y, told, 7.5, width=WIDE)
    if notes := paper.value("notes"):
        y = _heading(sheet, y + 1, gettext("Notes"))
        y = sheet.paragraph(EDGE, y, notes, 8, width=WIDE, most=4)
    if always := preferences_of(paper.order):
        y = _heading(sheet, y + 1, gettext("The dentist always wants"))
        y = sheet.paragraph(EDGE, y, "; ".join(always), 8, width=WIDE, most=3)
    return y + 1.5


def _visits(sheet: Sheet, y: float, paper: PaperFacts) -> float:
    rows = visits_of(paper.order)[:MOST_VISITS]
    if rows:
        y = _heading(sheet, y, gettext("Visits"))
        for words in rows:
            y = sheet.text(EDGE, y, words, 7.5, width=WIDE)
        y += 1.5
    return y


def _parts(sheet: Sheet, y: float, paper: PaperFacts) -> float:
    """What came with the work, to be ticked off when it goes back."""
    parts = components_of(paper.order)
    if not parts:
        return y
    y = _heading(sheet, y, gettext("Components"))
    return _boxes(sheet, y, [(name, False) for _, name in parts[:MOST_PARTS]]) + 1.5


def _boxes(sheet: Sheet, y: float, lines: list[tuple[str, bool]], line: bool = False) -> float:
    """Lines with boxes to tick, in two columns; `line`: with room for day, initials."""
    wide, high = WIDE / 2, LINED if line else PLAIN
    half = (len(lines) + 1) // 2
    for number, (words, ticked) in enumerate(lines):
        x, at = EDGE + wide * (number // half), y + high * (number % half)
        sheet.tick_box(x, at + 0.6, 2.8, ticked)
        by_hand = line and not ticked
        sheet.text(x + 4.4, at + 0.3, words, 7.5, width=wide - (30 if by_hand else 7))
        if by_hand:
            sheet.rule(at + 4.2, x + wide - 24, 21, thick=0.1)
    return y + high * half


class _Pages:
    """Blocks of boxes one below the other; one that does not fit goes to a further page."""

    def __init__(self, sheet: Sheet, paper: PaperFacts, title: str, y: float) -> None:
        self.sheet, self.paper, self.title, self.y = sheet, paper, title, y

    def block(self, heading: str, lines: list[tuple[str, bool]], line: bool = False) -> None:
        high = (LINED if line else PLAIN) * ((len(lines) + 1) // 2)
        if self.y + HEADING + high > LAST:
            self.turn()
        self.y = _heading(self.sheet, self.y, heading)
        self.y = _boxes(self.sheet, self.y, lines, line) + 1

    def turn(self) -> None:
        """Close this page and begin the next one with the number of the order."""
        _foot(self.sheet, self.paper)
        self.sheet.page()
        head, sheet = f"{self.title} {self.paper.order.ticket}", self.sheet
        self.y = sheet.text(EDGE, EDGE, head, 11, width=WIDE - 40, bold=True) + 1
        code = self.paper.code.written
        sheet.text(EDGE + WIDE - 40, EDGE, code, 7, width=40, align="R")


def _back(pages: _Pages, paper: PaperFacts) -> None:
    """The stages of the order, then the control points by block on the back."""
    way = way_of(paper.order)
    if way:
        pages.block(gettext("Stages: tick, day, initials"), way, line=True)
    points = points_of(paper.order)
    if points:
        pages.turn()
    for block, label in BLOCKS.items():
        inside = _once([one for one in points if one["block"] == block])
        if inside:
            pages.block(gettext(label), inside)


def _once(points: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Points of one name as one line; it is ticked when all of them are."""
    found: dict[str, bool] = {}
    for one in points:
        found[one["name"]] = found.get(one["name"], True) and one["ticked"]
    return list(found.items())


def _foot(sheet: Sheet, paper: PaperFacts) -> None:
    sheet.rule(FOOT_AT - 1.5, EDGE, WIDE, thick=0.1)
    y = sheet.text(EDGE, FOOT_AT - 0.8, paper.foot(), 6.5, width=WIDE, bold=True)
    says = gettext("As it stood when printed; where the work is now, the screen says.")
    sheet.text(EDGE, y, says, 6, width=WIDE, faint=True)
