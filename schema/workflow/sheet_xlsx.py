"""Reads the first filled sheet of an XLSX file, values only; bombs and damage are refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from schema.workflow import Refused
from schema.workflow.sheet_rows import Cells

MOST_UNPACKED = 120 * 2**20
MOST_PARTS = 2000
MOST_LINES, MOST_CELLS = 250_000, 30_000_000
PIECE = 2**20
OVERLAP = 20_000
UNSAVED = re.compile(
    rb'<c\b(?![^<>]*\bt="str")[^<>]*\br="([A-Z]+[0-9]+)"[^<>]*>\s*'
    rb"<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>"
)
DAMAGED = (
    "The file is damaged or is no XLSX table. Open it in Excel, save it as XLSX and try again."
)


def xlsx_lines(data: bytes) -> Iterator[tuple[int, Cells]]:
    """The numbered lines of the first sheet that has any."""
    _refuse_bomb(data)
    book = _open(data)
    try:
        yield from _lines(book, data)
    except Refused:
        raise
    except Exception as error:  # a damaged part makes the foreign reader fail in any way
        raise Refused(DAMAGED) from error
    finally:
        book.close()


def _refuse_bomb(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(DAMAGED) from error
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("The file is protected with a password. Save it without one and try again.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused(
            "The file unpacks to more than %(most)d MB. Split it into parts.",
            most=MOST_UNPACKED // 2**20,
        )


def _open(data: bytes) -> Any:
    import openpyxl  # with numpy behind it 17 MiB and 0.3 s, for the few processes that import

    try:
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
    except Exception as error:  # a damaged part makes the foreign reader fail in any way
        raise Refused(DAMAGED) from error


def _lines(book: Any, data: bytes) -> Iterator[tuple[int, Cells]]:
    for page in book.worksheets:
        # The declared size of a sheet may lie; without it only real cells are read.
        page.reset_dimensions()
        found, read = False, 0
        for number, cells in enumerate(page.iter_rows(values_only=True), start=1):
            read += len(cells)
            _refuse_emptiness(number, read)
            if not found and any(cell is not None for cell in cells):
                _refuse_unsaved_formula(data, page._worksheet_path)
                found = True
            yield number, tuple(cells)
        if found:
            return


def _refuse_emptiness(lines: int, cells: int) -> None:
    """A cell far below or far to the right makes the reader fill in all that lies before it."""
    if lines > MOST_LINES or cells > MOST_CELLS:
        raise Refused(
            "The table has too many empty rows or columns. Delete those after its last value, "
            "save it and try again."
        )


def _refuse_unsaved_formula(data: bytes, path: str) -> None:
    tail = b""
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(path) as part:
        while piece := part.read(PIECE):
            tail += piece
            found = UNSAVED.search(tail) if b"<f" in tail else None
            if found:
                raise Refused(
                    "Cell %(cell)s holds a formula whose result is not saved in the file. "
                    "Open it in Excel or LibreOffice, save it and try again.",
                    cell=found[1].decode(),
                )
            tail = tail[-OVERLAP:]
