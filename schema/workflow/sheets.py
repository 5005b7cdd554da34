"""Reads an uploaded table (CSV or XLSX) into a header and rows, or refuses it in clear words."""

from __future__ import annotations

from schema.workflow import Refused
from schema.workflow.sheet_csv import csv_lines, decode
from schema.workflow.sheet_rows import Cell, Sheet, SheetRow, refuse_bytes, tabulate
from schema.workflow.sheet_xlsx import xlsx_lines

__all__ = ["Cell", "Sheet", "SheetRow", "read_sheet"]

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
FOREIGN = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF"}


def read_sheet(name: str, data: bytes) -> Sheet:
    """The table in a file's bytes; its content tells the kind, not its name.

    Raises Refused when it is empty, too large, damaged, locked, or no table.
    """
    refuse_bytes(len(data))
    if not data.strip():
        raise Refused("The file is empty.")
    if data.startswith(OLD_OFFICE):
        raise Refused(
            "The file is protected with a password or is an old Excel file (.xls). "
            "Save it as XLSX without a password and try again."
        )
    for mark, kind in FOREIGN.items():
        if data.startswith(mark):
            raise Refused("This is a %(kind)s file. Send a table in XLSX or CSV.", kind=kind)
    if data.startswith(ZIP):
        return tabulate(name, xlsx_lines(data))
    return tabulate(name, csv_lines(decode(data)))
