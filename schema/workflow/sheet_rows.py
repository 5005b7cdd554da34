"""A table that was sent: its header, its numbered lines, and the limits that it keeps to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from schema.workflow import Refused

MOST_BYTES = 20 * 2**20
MOST_COLUMNS = 200
MOST_ROWS = 100_000
MOST_LETTERS = 10_000

Cell = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
Cells = tuple[Cell, ...]


@dataclass(frozen=True)
class SheetRow:
    """One line of the table; `number` is the one that a spreadsheet shows at its left edge."""

    number: int
    cells: Cells


@dataclass(frozen=True)
class Sheet:
    """A table as it was sent: file name, column headings, lines that are not empty."""

    name: str
    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]

    def heading(self, index: int) -> str:
        """How people find a column: its heading, else its letter."""
        title = self.header[index] if index < len(self.header) else ""
        return title or f"({column_letters(index)})"


def column_letters(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    letters, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


def refuse_bytes(size: int) -> None:
    """Say no to a file that is too large, before it is read into memory."""
    if size > MOST_BYTES:
        raise Refused(
            "The file has %(size)d MB; at most %(most)d MB are read. Split it into parts.",
            size=-(-size // 2**20),
            most=MOST_BYTES // 2**20,
        )


def tabulate(name: str, lines: Iterable[tuple[int, Cells]]) -> Sheet:
    """A checked table of numbered lines: the first line that is not empty is the header."""
    filled = _filled(lines)
    _, first = next(filled, (0, ()))
    if not first:
        raise Refused("The file is empty.")
    header = tuple(" ".join(str(cell or "").split()) for cell in first)
    rows: list[SheetRow] = []
    for number, cells in filled:
        if len(rows) == MOST_ROWS:
            raise Refused(
                "The file has more than %(most)d rows. Split it into parts.", most=MOST_ROWS
            )
        rows.append(SheetRow(number, cells))
    if not rows:
        raise Refused("The file has a header and no rows below it.")
    return Sheet(name, header, tuple(rows))


def _filled(lines: Iterable[tuple[int, Cells]]) -> Iterator[tuple[int, Cells]]:
    for number, cells in lines:
        last = len(cells)
        while last and cells[last - 1] in (None, ""):
            last -= 1
        if last > MOST_COLUMNS:
            raise Refused(
                "Row %(row)d has %(columns)d columns; at most %(most)d are read.",
                row=number,
                columns=last,
                most=MOST_COLUMNS,
            )
        trimmed = cells[:last]
        _refuse_long_cell(number, trimmed)
        if any(not isinstance(cell, str) or cell.strip() for cell in trimmed if cell is not None):
            yield number, trimmed


def _refuse_long_cell(number: int, cells: Cells) -> None:
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > MOST_LETTERS:
            raise Refused(
                "Cell %(cell)s has %(letters)d characters; at most %(most)d are read.",
                cell=f"{column_letters(index)}{number}",
                letters=len(cell),
                most=MOST_LETTERS,
            )
