"""The rows that were not taken, as a file to correct and send again."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io

from schema.workflow.import_plan import Plan
from schema.workflow.sheet_rows import Cell

RISKY = ("=", "+", "-", "@", "\t", "\r")


def refused_csv(plan: Plan) -> bytes:
    """The refused rows with their own columns and the reason; UTF-8 with BOM, safe in Excel."""
    rows = {row.number: row.cells for row in plan.sheet.rows}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    width = len(plan.sheet.header)
    writer.writerow([*map(safe_cell, plan.sheet.header), "Row", "Reason"])
    for result in plan.refused():
        cells = [*rows[result.number], *[None] * width][:width]
        writer.writerow([*map(safe_cell, cells), result.number, safe_cell(result.reason)])
    return codecs.BOM_UTF8 + text.getvalue().encode()


def safe_cell(cell: Cell) -> str:
    """The text of a cell; one that a spreadsheet would run as a formula gets an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return f"{cell:%d.%m.%Y}" if midnight else f"{cell:%d.%m.%Y %H:%M:%S}"
    if isinstance(cell, dt.date):
        return f"{cell:%d.%m.%Y}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(RISKY) else text
