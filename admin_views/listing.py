"""One page of a list, made ready for the template: columns, rows, filters and links."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import url_for
from flask_babel import gettext
from markupsafe import Markup
from peewee import Model

from admin_views.asking import PAGE_SIZES, Ask
from admin_views.cells import cell_maker, is_number, text_maker
from admin_views.columns import Column, readable, shown_columns
from admin_views.columns import columns_of as every_column
from admin_views.counting import page_and_count
from admin_views.drawn import drawn_once
from admin_views.grouping import group_columns, groups_of
from admin_views.list_tools import column_ways, filter_ways, hidden_args
from admin_views.plain_words import count_text
from admin_views.titles import TitleBook
from schema.fields import DayField, InstantField, PhoneField


def list_page(model: type[Model], endpoint: str, ask: Ask) -> dict[str, Any]:
    """Everything that the list template shows."""
    columns = list_columns(model, ask.columns)
    here = url_for(endpoint)
    rows, (count, sure) = page_and_count(model, ask, columns, ask.page_size + 1)
    more, rows = len(rows) > ask.page_size, rows[: ask.page_size]
    book = learn_names(columns, rows)
    details_url = url_for(endpoint.replace(".index_view", ".details_view"))
    return {
        "columns": [_head(head, here, ask) for head in _heads(model, ask.columns)],
        "rows": table_of(columns, rows, details_url, book),
        "count_text": _count_text(count, sure),
        "prev_url": ask.url(here, page=ask.page - 1) if ask.page else None,
        "next_url": ask.url(here, page=ask.page + 1) if more else None,
        "page_sizes": [
            (size, ask.url(here, page_size=size), size == ask.page_size) for size in PAGE_SIZES
        ],
        "search": ask.search,
        "clear_url": Ask(opens_with_view=ask.opens_with_view).url(here),
        "active_filters": [
            {"text": one.text(book), "remove_url": ask.url(here, filters=_without(ask, one))}
            for one in ask.filters
        ],
        **groups_of(model, ask, here, count, sure),
        "group_columns": group_columns(model),
        "group_args": hidden_args(ask, "group"),
        "group": ask.group,
        "ungroup_url": ask.url(here, group=""),
        "filter_ways": filter_ways(model),
        "choosing": ask.choosing,
        "column_ways": column_ways(model, ask.columns),
        "usual_columns_url": ask.url(here, columns=()),
        "hidden_args": hidden_args(ask),
        "search_args": hidden_args(ask, "search"),
        "column_args": hidden_args(ask, "columns"),
        "usual": not ask.columns,
    }


@drawn_once
def list_columns(model: type[Model], names: tuple[str, ...] = ()) -> list[Column]:
    """The columns of the list that this person may read: those chosen, else the usual ones."""
    every = every_column(model)
    return readable(tuple(every[name] for name in names) or shown_columns(model))


@drawn_once
def _heads(model: type[Model], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": column.name,
            "label": gettext(column.label),
            "help": gettext(column.field.help_text) if column.field.help_text else "",
            "is_long": column.is_long,
            "numeric": is_number(column.field),
            "unbroken": isinstance(column.field, InstantField | DayField | PhoneField),
        }
        for column in list_columns(model, names)
    ]


def _head(head: dict[str, Any], here: str, ask: Ask) -> dict[str, Any]:
    name = head["name"]
    sorted_here = ask.sort_column == name
    turned = f"-{name}" if sorted_here and not ask.descending else name
    return head | {
        "sort_url": None if head["is_long"] else ask.url(here, sort=turned),
        "sorted": ("desc" if ask.descending else "asc") if sorted_here else None,
    }


def learn_names(columns: list[Column], rows: list[tuple]) -> TitleBook:
    """The names that the references of these rows need, one query for each table."""
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    for place, column in enumerate(columns, start=1):
        if column.relation is not None:
            wanted[column.relation] |= {row[place] for row in rows}
    book = TitleBook()
    book.learn(wanted)
    return book


def text_rows(columns: list[Column], rows: list[tuple]) -> list[list[str]]:
    """The same rows as plain text, for exports."""
    book = learn_names(columns, rows)
    makers = [text_maker(column.field, plain=True) for column in columns]
    return [
        ["" if v is None else make(v, book) for make, v in zip(makers, values, strict=True)]
        for _, *values in rows
    ]


def _without(ask: Ask, gone: Any) -> tuple:
    return tuple(one for one in ask.filters if one != gone)


def _count_text(count: int, sure: str) -> str:
    number = count_text(count)
    if sure == "over":
        return gettext("more than %(number)s", number=number)
    return gettext("about %(number)s", number=number) if sure == "about" else number


def table_of(
    columns: list[Column], rows: list[tuple], url: str, book: TitleBook | None = None
) -> list[dict[str, Any]]:
    """The rows of a table on a page, with a link to each; `rest` are all cells but the first."""
    if not columns:
        return []
    book = book or learn_names(columns, rows)
    drawn = [
        _cells(column, [row[place] for row in rows], book)
        for place, column in enumerate(columns, start=1)
    ]
    return [
        {"id": key, "url": f"{url}?id={key}", "cells": cells, "rest": _rest(cells)}
        for (key, *_), cells in zip(rows, zip(*drawn, strict=True), strict=True)
    ]


def _cells(column: Column, values: list[Any], book: TitleBook) -> list[Markup]:
    """One column of a page; a value that comes again is drawn once."""
    make = cell_maker(column.field)
    drawn = {value: make(value, book) for value in set(values)}
    return [drawn[value] for value in values]


def _rest(cells: tuple[Markup, ...]) -> Markup:
    """Written here because a template would escape the 500 cells of a page one by one."""
    return Markup("".join(f"<td>{cell}</td>" for cell in cells[1:]))
