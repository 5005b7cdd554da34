"""The statement of a device on A4: drawn once when it is signed, and kept as those bytes."""

from __future__ import annotations

import datetime as dt

from schema.pdf_sheet import A4, LINE, POINT, Sheet
from schema.workflow.statement_content import Content
from schema.workflow.statement_lines import Section, identity_of, replaced, sections_of
from schema.workflow.statement_words import WORDS

EDGE, WIDE = 20.0, 170.0
FOOT_AT, LAST = 281.0, 274.0
LABEL = 48.0
SIZE, SMALL = 9.5, 7.5
COLUMNS = (50.0, 40.0, 30.0, 30.0, 20.0)
GAP = 2.0


def draw_statement(content: Content, made: dt.datetime) -> bytes:
    """The whole document as PDF; the same facts and moment give the same bytes."""
    pages = _drawn(content, made, 1)
    if pages.number > 1:  # each page says how many there are
        pages = _drawn(content, made, pages.number)
    return pages.sheet.ends()


def _drawn(content: Content, made: dt.datetime, of: int) -> _Pages:
    pages = _Pages(content, made, of)
    pages.opening()
    for section in sections_of(content):
        pages.section(section)
    pages.foot()
    return pages


class _Pages:
    """Sections one below the other; what does not fit goes to a further page."""

    def __init__(self, content: Content, made: dt.datetime, of: int) -> None:
        self.content, self.words = content, WORDS[content["language"]]
        title = f"{self.words['title']} {content['ticket']}"
        self.sheet = Sheet(A4, title, made)
        self.sheet.pdf.set_lang(content["language"])
        self.y, self.number, self.of = 0.0, 1, of

    def opening(self) -> None:
        """Title, law and identity; of a correction, what it replaces."""
        self.sheet.page()
        y = self.sheet.text(EDGE, EDGE - 4, self.words["title"], 16, width=WIDE, bold=True)
        y = self.sheet.text(EDGE, y + 0.5, self.words["law"], SMALL, width=WIDE, faint=True)
        self._identity(y + 2)
        if told := replaced(self.content):
            self._sentence(told)
            self.y += GAP

    def section(self, section: Section) -> None:
        self._room(SIZE * POINT * LINE * 3 + 6)
        self.sheet.rule(self.y, EDGE, WIDE, thick=0.15)
        heading = section.heading.upper()
        self.y = self.sheet.text(EDGE, self.y + 1.2, heading, SMALL, width=WIDE, bold=True) + 0.8
        for label, value in section.facts:
            self._fact(label, value)
        for number, row in enumerate(section.table):
            self._row(row, head=number == 0)
        for sentence in section.sentences:
            self._sentence(sentence)
        self.y += 1.8

    def foot(self) -> None:
        """Whose page this is, which, and of how many."""
        self.sheet.rule(FOOT_AT - 1.5, EDGE, WIDE, thick=0.1)
        told = self.words["page"].format(page=self.number, pages=self.of)
        left = f"{self.content['maker']['name']} · {self.words['title']}"
        self.sheet.text(EDGE, FOOT_AT, left, 7, width=WIDE - 40, faint=True)
        self.sheet.text(EDGE + WIDE - 40, FOOT_AT, told, 7, width=40, faint=True, align="R")

    def _identity(self, y: float) -> None:
        facts = identity_of(self.content)
        wide = WIDE / len(facts)
        ends = [
            self.sheet.fact(EDGE + place * wide, y, label, value, width=wide - 3, size=11)
            for place, (label, value) in enumerate(facts)
        ]
        self.y = max(ends) + 1

    def _room(self, high: float) -> None:
        """A further page, which says first whose it is, when so many millimetres are not left."""
        if self.y + high > LAST:
            self.foot()
            self.sheet.page()
            self.number += 1
            head = self.words["title"]
            y = self.sheet.text(EDGE, EDGE - 6, head, SIZE, width=WIDE, bold=True)
            self._identity(y + 1)

    def _lines(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        return self.sheet.lines_of(text, size, width - 0.5, bold) or [""]

    def _fact(self, label: str, value: str) -> None:
        lines = self._lines(value, SIZE, WIDE - LABEL, bold=True)
        self._room(len(lines) * SIZE * POINT * LINE)
        self.sheet.text(EDGE, self.y + 0.4, label, SMALL + 0.5, width=LABEL - 3, faint=True)
        for line in lines:
            self.y = self.sheet.text(
                EDGE + LABEL, self.y, line, SIZE, width=WIDE - LABEL, bold=True
            )
        self.y += 0.5

    def _sentence(self, text: str) -> None:
        for line in self._lines(text, SIZE, WIDE):
            self._room(SIZE * POINT * LINE)
            self.y = self.sheet.text(EDGE, self.y, line, SIZE, width=WIDE)
        self.y += 0.5

    def _row(self, cells: tuple[str, ...], *, head: bool) -> None:
        """A row of the table of lots; each cell as many lines as it needs."""
        size = SMALL if head else SIZE - 1
        told = [
            self._lines(cell, size, wide - GAP) for cell, wide in zip(cells, COLUMNS, strict=True)
        ]
        high = max(map(len, told)) * size * POINT * LINE + 0.6
        self._room(high)
        x = EDGE
        for lines, wide in zip(told, COLUMNS, strict=True):
            y = self.y
            for line in lines:
                y = self.sheet.text(x, y, line, size, width=wide - GAP, faint=head)
            x += wide
        self.y += high
