"""A page far down a long list on PostgreSQL, reached by the marks of its table, not row by row."""

from __future__ import annotations

from typing import Any

from peewee import SQL, Field, Model

from admin_views.asking import Ask
from admin_views.columns import Column
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.finding import values_of
from admin_views.newest import walks_back
from schema.database import is_sqlite
from schema.marks import STRETCH, is_marked

FAR = 2 * STRETCH


def page_by_marks(
    model: type[Model], ask: Ask, columns: list[Column], rows: int
) -> list[tuple] | None:
    """The rows of a page of all rows, newest first; None when marks do not lead there."""
    skipped = ask.page * ask.page_size
    if is_sqlite() or skipped < FAR or not is_marked(model) or not walks_back(model, ask):
        return None
    fields: list[Field] = [model._meta.primary_key, *(column.field for column in columns)]
    return answers(_text(model, tuple(columns)), (skipped, skipped, rows, skipped), fields) or None


@drawn_once
def _text(model: type[Model], columns: tuple[Column, ...]) -> str:
    """The rows newer than all marks are counted, those of marked stretches summed up."""
    table: Any = model._meta.table_name
    keys = (
        "(WITH marked AS MATERIALIZED (SELECT stretch, row_count, SUM(row_count) "
        "OVER (ORDER BY stretch DESC) AS down_to FROM row_mark "
        f"WHERE table_name = '{table}'), "
        "whole AS MATERIALIZED (SELECT MAX(stretch) AS last FROM marked "
        "HAVING COUNT(*) = MAX(stretch) + 1), "
        f'newer AS MATERIALIZED (SELECT COUNT(*) AS n FROM "{table}" '
        f"WHERE id >= (SELECT (last + 1) * {STRETCH} FROM whole)), "
        "here AS MATERIALIZED (SELECT stretch, n + down_to - row_count AS above "
        "FROM marked CROSS JOIN newer CROSS JOIN whole "
        "WHERE n <= %s AND n + down_to > %s ORDER BY stretch DESC LIMIT 1) "
        f'SELECT id FROM "{table}" WHERE id < (SELECT (stretch + 1) * {STRETCH} FROM here) '
        "ORDER BY id DESC LIMIT %s OFFSET (SELECT %s - above FROM here))"
    )
    text, _ = values_of(model, Ask(), columns, SQL(keys)).sql()
    return str(text)
