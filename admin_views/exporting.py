"""A list as a file: streamed, capped, only what the person may read, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from flask import Response, current_app, stream_with_context
from flask_babel import gettext
from peewee import Model
from werkzeug.utils import import_string

from admin_views.asking import Ask
from admin_views.columns import Column, columns_of, readable, supertype_of
from admin_views.finding import found_keys, order
from admin_views.listing import text_rows
from admin_views.policy import scope
from admin_views.reading import note_rows
from schema.base import table_name
from schema.database import database

MOST_ROWS = 20_000
AT_ONCE = 500
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\x00")
MIME = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def export_rows(model: type[Model], ask: Ask, kind: str) -> Response:
    """The answer to a question as `csv` or `xlsx`, at most 20,000 rows.

    It has the columns that were chosen; every readable one when none was.
    """
    every = columns_of(model)
    columns = readable(tuple(every[name] for name in ask.columns or every))
    heads = [gettext(column.label) for column in columns]
    shown = note_rows("export", model)
    rows = _connected(_rows(model, ask, columns, shown))
    body: Any = stream_with_context(_csv(heads, rows)) if kind == "csv" else _xlsx(heads, rows)
    name = f"{table_name(model)}-{dt.date.today():%Y-%m-%d}.{kind}"
    current_app.logger.info("export of %s as %s", table_name(model), kind)
    return Response(
        body,
        content_type=MIME[kind],
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _connected(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """A streamed answer is read after Flask gave its connection back: it holds its own."""
    opened_here = database.connect(reuse_if_open=True)
    try:
        yield from rows
    finally:
        if opened_here:
            database.close()


def _rows(
    model: type[Model], ask: Ask, columns: list[Column], shown: list[int]
) -> Iterator[list[str]]:
    """Text rows in parts, each part with its names; the keys are read once, in order."""
    terms, needs_card = order(model, ask)
    keys = found_keys(model, replace(ask, page=0))
    limit = scope(model, "export")
    keys = keys if limit is None else keys.where(limit)
    above = supertype_of(model)
    if needs_card and above is not None:
        keys = keys.join(above.rel_model, on=above == above.rel_model._meta.primary_key)
    numbers = [key for (key,) in keys.order_by(*terms).limit(MOST_ROWS).tuples()]
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        shown += part
        yield from text_rows(columns, _values(model, part, columns))


def _values(model: type[Model], keys: list[int], columns: list[Column]) -> list[tuple]:
    key = model._meta.primary_key
    query = model.select(key, *(column.field for column in columns)).where(key.in_(keys))
    above = supertype_of(model)
    if above is not None and any(column.via for column in columns):
        query = query.join(above.rel_model, on=above == above.rel_model._meta.primary_key)
    found = {row[0]: row for row in query.tuples()}
    return [found[number] for number in keys if number in found]


def _csv(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for row in _with_heads(heads, rows):
        writer.writerow([safe_cell(text) for text in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _with_heads(heads: list[str], rows: Iterable[list[str]]) -> Iterator[list[str]]:
    yield heads
    yield from rows


def _xlsx(heads: list[str], rows: Iterable[list[str]]) -> bytes:
    """Rows go to a temporary file one by one, so that memory stays small."""
    file = io.BytesIO()
    # Named, not imported: at the start it would take 2 MiB that few processes ever need.
    book = import_string("xlsxwriter.Workbook")(
        file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    for number, row in enumerate(_with_heads(heads, rows)):
        for place, text in enumerate(row):
            sheet.write_string(number, place, safe_cell(text)[:32_767])
    book.close()
    return file.getvalue()
