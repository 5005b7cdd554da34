"""Groups of a list: how many of the rows that answer have each value of one column."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from peewee import SQL, Case, Expression, Field, ForeignKeyField, Model, fn

from admin_views.asking import GROUPED, Ask
from admin_views.cells import text_maker
from admin_views.columns import Column, columns_of, readable, supertype_of
from admin_views.drawn import drawn_once
from admin_views.filters import Filter, kind_of
from admin_views.finding import found_keys
from admin_views.plain_words import clinic_zone
from admin_views.reading import note_rows
from admin_views.relative import day_begins, first_of_month
from admin_views.titles import TitleBook
from schema.fields import InstantField

MOST_GROUPS = 40
MOST_MONTHS = 36
MOST_ROWS = 100_000


@drawn_once
def group_columns(model: type[Model]) -> list[tuple[str, str]]:
    """The columns by which the person may group this list, by name and label."""
    every = readable(tuple(columns_of(model).values()))
    return [(c.name, gettext(c.label)) for c in every if kind_of(c.field) in GROUPED]


def groups_of(model: type[Model], ask: Ask, here: str, count: int, sure: str) -> dict[str, Any]:
    """The heads of the groups with their numbers; a head leads to its rows.

    At most 40 groups of at most 100,000 rows: two questions, and one for names.
    """
    if not ask.group:
        return {"groups": [], "grouped_by": "", "too_many": False}
    column = columns_of(model)[ask.group]
    too_many = count > MOST_ROWS or sure == "over"
    found = [] if too_many else _found(model, ask, column)
    heads = [
        {"label": label, "count": number, "url": _url(ask, here, column, filters)}
        for label, number, filters in found
    ]
    return {"groups": heads, "grouped_by": gettext(column.label), "too_many": too_many}


def _url(ask: Ask, here: str, column: Column, filters: list[tuple[str, str]] | None) -> str | None:
    if filters is None:
        return None
    more = tuple(Filter(column, operation, value) for operation, value in filters)
    kept = tuple(one for one in ask.filters if one not in more)
    return replace(ask, filters=kept + more).url(here, group="")


Head = tuple[str, int, list[tuple[str, str]] | None]


def _found(model: type[Model], ask: Ask, column: Column) -> list[Head]:
    if kind_of(column.field) == "day":
        return _months(model, ask, column)
    counted = _count(model, ask, column, column.field)
    if isinstance(column.field, ForeignKeyField):
        return _rows(column.field, counted)
    say, yes_no = text_maker(column.field), kind_of(column.field) == "yes_no"
    heads: list[Head] = []
    for value, number in counted:
        if value is None:
            heads.append((gettext("(empty)"), number, [("empty", "1")]))
        else:
            kept = str(int(value)) if yes_no else str(value)
            heads.append((say(value, TitleBook()), number, [("is", kept)]))
    return heads


def _rows(field: ForeignKeyField, counted: list[tuple[Any, int]]) -> list[Head]:
    """References by name; those whose rows the person may not know are one group without a way."""
    book = TitleBook()
    book.learn({field.rel_model: {key for key, _ in counted if key is not None}})
    heads: list[Head] = []
    named, unknown = [], 0
    for key, number in counted:
        name = book.name(field.rel_model, key)
        if key is None:
            heads.append((gettext("(empty)"), number, [("empty", "1")]))
        elif name:
            heads.append((name, number, [("is", str(key))]))
            named.append(key)
        else:
            unknown += number
    note_rows("list", field.rel_model, named)
    return heads + ([(gettext("(not yours to see)"), unknown, None)] if unknown else [])


def _count(model: type[Model], ask: Ask, column: Column, value: Any) -> list[tuple[Any, int]]:
    """Each value with its number of rows, the most frequent first."""
    query = _of(model, ask, column, value, fn.COUNT(1))
    rows = query.group_by(SQL("1")).order_by(SQL("2 DESC"), SQL("1")).limit(MOST_GROUPS)
    return [tuple(row) for row in rows.tuples()]


def _of(model: type[Model], ask: Ask, column: Column, *wanted: Any) -> Any:
    key = model._meta.primary_key
    query = model.select(*wanted).where(key.in_(found_keys(model, replace(ask, page=0))))
    above = supertype_of(model)
    if column.via is not None and above is not None:
        query = query.join(above.rel_model, on=above == above.rel_model._meta.primary_key)
    return query


def _months(model: type[Model], ask: Ask, column: Column) -> list[Head]:
    """Months of the clinic's calendar, the newest first; what is older stands together."""
    field = column.field
    [(low, high, filled, every)] = _of(
        model, ask, column, fn.MIN(field), fn.MAX(field), fn.COUNT(field), fn.COUNT(1)
    ).tuples()
    heads: list[Head] = []
    if filled:
        first, last = _day(field, low), _day(field, high)
        starts = _starts(first, last)
        filled_ones = replace(ask, filters=(*ask.filters, Filter(column, "filled", "1")))
        counted = dict(_count(model, filled_ones, column, _month_of(field, starts)))
        for place, start in reversed(list(enumerate(starts))):
            if counted.get(place):
                heads.append((f"{start:%m.%Y}", counted[place], _from_to(start)))
        if counted.get(-1):
            before = starts[0] - dt.timedelta(days=1)
            heads.append((gettext("earlier"), counted[-1], [("to", before.isoformat())]))
    if every > filled:
        heads.append((gettext("(empty)"), every - filled, [("empty", "1")]))
    return heads


def _starts(first: dt.date, last: dt.date) -> list[dt.date]:
    """The first days of the newest months from `first` to `last`."""
    starts = [first_of_month(last)]
    while len(starts) < MOST_MONTHS and starts[-1] > first_of_month(first):
        starts.append(first_of_month(starts[-1], -1))
    return starts[::-1]


def _month_of(field: Field, starts: list[dt.date]) -> Expression:
    """The place of a row's month among `starts`; -1 before all of them."""
    moment = isinstance(field, InstantField)
    edges = [day_begins(start) if moment else start for start in starts]
    cases = [(field < edges[0], -1)]
    cases += [(field < edge, place) for place, edge in enumerate(edges[1:])]
    return Case(None, cases, len(starts) - 1)


def _day(field: Field, value: Any) -> dt.date:
    found = field.python_value(value)
    return found.astimezone(clinic_zone()).date() if isinstance(found, dt.datetime) else found


def _from_to(start: dt.date) -> list[tuple[str, str]]:
    last = first_of_month(start, 1) - dt.timedelta(days=1)
    return [("from", start.isoformat()), ("to", last.isoformat())]
