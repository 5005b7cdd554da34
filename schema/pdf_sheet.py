"""A PDF on paper of any size: fonts with Romanian letters, text that fits, lines, bars and squares.

fpdf2 and the makers of codes are loaded when the first paper is drawn, not at the start.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

INK, FAINT = 20, 105
POINT = 25.4 / 72  # millimetres
LINE = 1.25  # of the size of its letters
SMALLEST = 5.0
QUIET_BARS, QUIET_SQUARES = 10, 4  # modules without print around a code
SEAM = 0.02  # millimetres by which rows of squares overlap
REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
A4, A5, A6_ACROSS = (210.0, 297.0), (148.0, 210.0), (148.0, 105.0)


@cache
def font_folder() -> Path:
    """Where matplotlib keeps DejaVu Sans; it is found without loading matplotlib."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("matplotlib is not installed; its fonts are needed for papers.")
    return Path(found.submodule_search_locations[0], "mpl-data", "fonts", "ttf")


class Sheet:
    """One PDF whose pages have one size, in millimetres; places are measured from the top left."""

    def __init__(self, size: tuple[float, float], title: str, made: dt.datetime) -> None:
        from fpdf import FPDF

        self.width, self.height = size
        self.pdf = FPDF(unit="mm", format=size)
        self.pdf.set_auto_page_break(False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.set_creation_date(made)
        self.pdf.add_font("Sans", "", font_folder() / REGULAR)
        self.pdf.add_font("Sans", "B", font_folder() / BOLD)

    def page(self) -> None:
        self.pdf.add_page()

    def ends(self) -> bytes:
        """The whole file."""
        return bytes(self.pdf.output())

    def letters(self, size: float, bold: bool = False, faint: bool = False) -> None:
        """How the next text looks; sizes in points."""
        self.pdf.set_font("Sans", "B" if bold else "", size)
        self.pdf.set_text_color(FAINT if faint else INK)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        width: float,
        bold: bool = False,
        faint: bool = False,
        align: str = "L",
    ) -> float:
        """One line, made smaller and at last cut off so that it fits; where it ends below."""
        self.letters(size, bold, faint)
        while size > SMALLEST and self.pdf.get_string_width(text) > width:
            size -= 0.25
            self.letters(size, bold, faint)
        if self.pdf.get_string_width(text) > width:
            while text and self.pdf.get_string_width(text + "…") > width:
                text = text[:-1]
            text += "…"
        height = size * POINT * LINE
        self.pdf.set_xy(x, y)
        self.pdf.cell(width, height, text, align=align)
        return y + height

    def lines_of(self, text: str, size: float, width: float, bold: bool = False) -> list[str]:
        """A long text as the lines that fit into a width."""
        self.letters(size, bold)
        height = size * POINT * LINE
        found: Any = self.pdf.multi_cell(width, height, text, dry_run=True, output="LINES")
        return [str(line) for line in found]

    def paragraph(
        self, x: float, y: float, text: str, size: float, *, width: float, most: int = 99
    ) -> float:
        """A text of several lines, at most so many; where it ends below."""
        lines = self.lines_of(text, size, width)
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1] + " …"]
        for line in lines:
            y = self.text(x, y, line, size, width=width)
        return y

    def fact(
        self, x: float, y: float, label: str, value: str, *, width: float, size: float = 9
    ) -> float:
        """A small label above its value; where it ends below."""
        y = self.text(x, y, label, size * 2 / 3, width=width, faint=True)
        self.text(x, y, value, size, width=width, bold=True)
        return y + size * POINT * LINE + 1

    def rule(self, y: float, x: float, width: float, thick: float = 0.2) -> None:
        """A line across."""
        self.pdf.set_draw_color(INK)
        self.pdf.set_line_width(thick)
        self.pdf.line(x, y, x + width, y)

    def tick_box(self, x: float, y: float, side: float, ticked: bool) -> None:
        """A box to be ticked by hand, or one that is ticked already."""
        self.pdf.set_draw_color(INK)
        self.pdf.set_line_width(0.25)
        self.pdf.rect(x, y, side, side)
        if ticked:
            self.pdf.set_line_width(0.45)
            self.pdf.line(x + side * 0.2, y + side * 0.55, x + side * 0.42, y + side * 0.78)
            self.pdf.line(x + side * 0.42, y + side * 0.78, x + side * 0.82, y + side * 0.22)

    def bars(self, x: float, y: float, width: float, height: float, text: str) -> None:
        """Code 128 (ISO/IEC 15417) for wedge scanners, with its quiet zones inside the width."""
        from barcode.codex import Code128

        [modules] = Code128(text).build()
        module = width / (len(modules) + 2 * QUIET_BARS)
        self._runs(modules, x + QUIET_BARS * module, y, module, height)

    def square(self, x: float, y: float, side: float, text: str) -> None:
        """A QR code (ISO/IEC 18004) for phones, with its quiet zone inside the side."""
        import segno

        rows = segno.make(text, error="m", micro=False).matrix
        module = side / (len(rows) + 2 * QUIET_SQUARES)
        start = QUIET_SQUARES * module
        for number, row in enumerate(rows):
            marks = "".join("1" if dark else "0" for dark in row)
            self._runs(marks, x + start, y + start + number * module, module, module + SEAM)

    def _runs(self, marks: str, x: float, y: float, module: float, height: float) -> None:
        """Dark runs of modules as filled boxes; runs in one piece, so that no seam shows."""
        self.pdf.set_fill_color(0)
        place = 0
        for mark, run in groupby(marks):
            count = len(list(run))
            if mark == "1":
                self.pdf.rect(x + place * module, y, count * module, height, style="F")
            place += count
