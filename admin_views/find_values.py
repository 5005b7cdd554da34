"""Values of rows that were found with the names of what they refer to: one question for a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from peewee import JOIN, Field, FieldAlias, ForeignKeyField, Model

from admin_views.asking import Ask
from admin_views.columns import Column
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.finding import values_of
from admin_views.policy import can_see_table, readable_titles, scope
from admin_views.titles import TitleBook
from schema.base import option
from schema.database import is_sqlite
from schema.fixed import Fixed


def values_and_names(
    model: type[Model], columns: Sequence[Column], keys: Sequence[int], book: TitleBook
) -> dict[int, list[Any]]:
    """The columns of these rows by key; the book learns the rows' names on the way.

    It also learns the names of rows in other tables, where the person may see all of those and
    their names are made of their own columns; of the others it must still ask.
    """
    text, told, fields = _statement(model, tuple(columns), len(keys), is_sqlite())
    rows = answers(text, [*told, *keys], fields)
    own = readable_titles(model) if _told_along(model, found=True) else []
    end = 1 + len(columns)
    if own:
        book.note(model, [(row[0], *row[end : end + len(own)]) for row in rows])
    end += len(own)
    for _, target in _near(columns):
        width = 1 + len(readable_titles(target))
        book.note(target, _once(row[end : end + width] for row in rows))
        end += width
    return {row[0]: list(row[1 : 1 + len(columns)]) for row in rows}


@drawn_once
def _statement(
    model: type[Model], columns: tuple[Column, ...], count: int, sqlite: bool
) -> tuple[Fixed, list[Any], list[Field]]:
    """The text for so many keys, which are its last values; the values before; what it gives."""
    query = values_of(model, Ask(), columns, list(range(count)))
    if _told_along(model, found=True):
        query = query.select_extend(*readable_titles(model))
    for column, target in _near(columns):
        query = _joined(query, model, column, target)
    text, told = query.sql()
    fields = [one.field if isinstance(one, FieldAlias) else one for one in query._returning]
    return Fixed(text), told[: len(told) - count], fields


def _near(columns: Iterable[Column]) -> list[tuple[Column, type[Model]]]:
    """The columns whose names are read along, with the tables that they refer to."""
    return [(one, one.relation) for one in columns if one.relation and _told_along(one.relation)]


def _told_along(model: type[Model], found: bool = False) -> bool:
    """Whether a name needs no other table, and no test of which rows the person may see."""
    if not can_see_table(model) or option(model, "named_by"):
        return False
    if any(isinstance(field, ForeignKeyField) for field in readable_titles(model)):
        return False
    return found or scope(model) is None


def _joined(query: Any, model: type[Model], column: Column, target: type[Model]) -> Any:
    other = target.alias()
    key: Field = getattr(other, target._meta.primary_key.name)
    titles = [getattr(other, field.name) for field in readable_titles(target)]
    start = column.via.rel_model if column.via is not None else model
    query = query.join_from(start, other, JOIN.LEFT_OUTER, on=column.field == key)
    return query.select_extend(key, *titles)


def _once(rows: Iterable[tuple]) -> list[tuple]:
    """Each row once, by its key; a reference that is empty has none."""
    return list({row[0]: row for row in rows if row[0] is not None}.values())
