"""Reads CSV text: finds the encoding and the separator, and says which row is damaged."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from schema.workflow import Refused
from schema.workflow.sheet_rows import Cells

SEPARATORS = (";", ",", "\t")
SAMPLE_ROWS = 30
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(data: bytes) -> str:
    """The text of a CSV file in UTF-8, UTF-16 or Windows-1250; Refused when it is no text."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        _refuse_unreadable(text)
        return text
    raise Refused("This is not a table in text form. Save it as XLSX or as CSV in UTF-8.")


def csv_lines(text: str) -> Iterator[tuple[int, Cells]]:
    """The numbered lines of a CSV text, quotes and line breaks inside quotes understood."""
    text, separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _damaged(number, error) from None
        yield number, tuple(cells)


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith(codecs.BOM_UTF8):
        return ("utf-8-sig",)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ("utf-16",)
    even, odd = data[0:2000:2].count(0), data[1:2000:2].count(0)
    if odd > 4 * even and odd * 4 > len(data[:2000]):
        return ("utf-16-le",)
    if even > 4 * odd and even * 4 > len(data[:2000]):
        return ("utf-16-be",)
    return ("utf-8", "cp1250")


def _refuse_unreadable(text: str) -> None:
    found = UNREADABLE.search(text)
    if not found:
        return
    if len(UNREADABLE.findall(text[:20_000])) > 5:
        raise Refused("This is not a table in text form. Save it as XLSX or as CSV in UTF-8.")
    raise Refused(
        "Line %(line)d of the file holds a character that cannot be read. Delete it and try again.",
        line=text.count("\n", 0, found.start()) + 1,
    )


def _separator(text: str) -> tuple[str, str]:
    told = re.match(r"sep=([;,\t])\r?\n", text)
    if told:
        # The line stays, emptied, so that row numbers still agree with the spreadsheet's.
        return text[told.end() - 1 :], told[1]
    return text, max(SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    widths = []
    try:
        for cells in reader:
            if any(cells):
                widths.append(len(cells))
            if len(widths) == SAMPLE_ROWS:
                break
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] < 2:
        return (0.0, 0)
    return (Counter(widths)[widths[0]] / len(widths), widths[0])


def _damaged(number: int, error: csv.Error) -> Refused:
    if "field larger" in str(error):
        return Refused("Row %(row)d holds a cell that is too long, or an open quote.", row=number)
    return Refused(
        "Row %(row)d: a quotation mark is not closed, or stands inside a quoted value. "
        "Write it twice inside the quotes.",
        row=number,
    )
