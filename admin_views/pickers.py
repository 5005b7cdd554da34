"""Rows to choose from: looked up by typing in large tables, listed in small ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from flask_babel import gettext
from peewee import (
    DateField,
    DateTimeField,
    Expression,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
)

from admin_views.drawn import drawn_once, drawn_once_a_page
from admin_views.numbers_in import number_in
from admin_views.plain_words import sayer, weekday_text
from admin_views.policy import can, can_see_table, readable_titles, scoped
from admin_views.searching import own_texts, whose, words_in
from admin_views.titles import TitleBook, ended, title_has
from schema.base import option
from schema.database import database, fold, is_sqlite
from schema.fields import TEETH
from schema.pipelines import Pipeline
from schema.search import contains, searched_columns

LISTED = 1000
OFFERED = 20
FURTHEST = 1000
STANDS_FOR_CHOSEN = -8_765_432  # no row has this key; a composed statement is told the right one
QUADRANTS = {
    1: "Upper right",
    2: "Upper left",
    3: "Lower left",
    4: "Lower right",
    5: "Milk teeth, upper right",
    6: "Milk teeth, upper left",
    7: "Milk teeth, lower left",
    8: "Milk teeth, lower right",
}


def rows_of(
    model: type[Model],
    text: str,
    offset: int = 0,
    limit: int = OFFERED,
    near: Expression | None = None,
) -> list:
    """At most 20 `[key, name, more]` rows that hold every word of `text`, by name.

    `more` tells namesakes apart; `near` leaves only rows that fit to the rest of the form.
    """
    if not can_see_table(model):
        return []
    query = scoped(model, model._meta.primary_key)
    query = query if near is None else query.where(near)
    for word in words_in(" ".join(text.replace("\x00", "").split()))[:6]:
        tests = list(_places(model, word))
        query = query.where(reduce(or_, tests) if tests else False)
    gone = ended(model)
    query = query if gone is None else query.where(~gone)
    order = [_offered(f) for f in readable_titles(model) if not isinstance(f, ForeignKeyField)]
    query = query.order_by(*order, model._meta.primary_key)
    page = query.offset(min(max(offset, 0), FURTHEST)).limit(min(max(limit, 1), OFFERED))
    keys = [key for (key,) in page.tuples()]
    more = _more(model, keys)
    return [[key, name, more.get(key, "")] for key, name in named(model, keys)]


def _offered(field: Field) -> Any:
    """Names are offered from A on, days and moments from the latest back."""
    return field.desc() if isinstance(field, DateField | DateTimeField) else field


def _places(model: type[Model], word: str) -> Iterator[Expression]:
    """Where a word of a picker may stand: in the name, in a searched text, as a whole number."""
    test = title_has(model, word)
    if test is not None:
        yield test
    texts = own_texts(model) if searched_columns(model) else []
    if texts:
        yield contains(model, texts, word)
    number = number_in(word)
    if number is not None:
        for field in readable_titles(model):
            if isinstance(field, IntegerField) and not isinstance(field, ForeignKeyField):
                yield field == number


def _more(model: type[Model], keys: list[int]) -> dict[int, str]:
    """What tells namesakes apart (`Meta.told_by`), as far as the person may read it."""
    named_by = {field.name for field in readable_titles(model)}
    names = [name for name in option(model, "told_by", ()) if name not in named_by]
    fields = [model._meta.fields[name] for name in names if can("read", model, name)]
    if not fields or not keys:
        return {}
    rows = model.select(model._meta.primary_key, *fields).where(model._meta.primary_key.in_(keys))
    return {
        key: " · ".join(
            sayer(field)(value) for field, value in zip(fields, values, strict=True) if value
        )
        for key, *values in rows.tuples()
    }


def named(model: type[Model], keys: list[int]) -> list:
    """`[key, name]` pairs in the given order."""
    book = TitleBook()
    book.learn({model: set(keys)})
    return [[key, book.name(model, key)] for key in keys]


def choices_of(field: ForeignKeyField, chosen: int | None) -> dict[str, list[tuple[int, str]]]:
    """The rows of a small table for a select, under headings; ended rows only when chosen."""
    living = _choices(field.rel_model, None)
    if chosen is None or any(chosen == key for pairs in living.values() for key, _ in pairs):
        return living
    return _choices(field.rel_model, chosen)


@drawn_once_a_page
def _choices(model: type[Model], chosen: int | None) -> dict[str, list[tuple[int, str]]]:
    if not can_see_table(model):
        return {}
    text, values = _listed(model, chosen is not None, whose(), is_sqlite())
    said = [chosen if value == STANDS_FOR_CHOSEN else value for value in values]
    keys = [key for (key,) in database.execute_sql(text, said).fetchall()]
    pairs = [(key, name) for key, name in named(model, keys)]
    if option(model, "spoken") and not option(model, "order"):
        pairs.sort(key=lambda pair: fold(pair[1]) or "")
    within = option(model, "within")
    grouped = within and pairs and can("read", model, within)
    return _under(model, within, pairs) if grouped else {"": pairs}


@drawn_once
def _listed(
    model: type[Model], with_chosen: bool, person: Any, sqlite: bool
) -> tuple[str, list[Any]]:
    """The statement for the keys of a short list; `person` because scopes say who is asking."""
    key, gone = model._meta.primary_key, ended(model)
    query = scoped(model, key)
    if gone is not None:
        query = query.where(~gone | (key == STANDS_FOR_CHOSEN) if with_chosen else ~gone)
    text, values = query.order_by(*_order(model)).limit(LISTED).sql()
    return text, values


def ways_for(kind: str) -> dict[str, list[tuple[int, str]]]:
    """The pipelines in use on which a new card of a kind may be opened, newest first."""
    in_use = (Pipeline.kind == kind) & Pipeline.published_at.is_null(False)
    query = scoped(Pipeline, Pipeline.id).where(in_use, Pipeline.retired_at.is_null())
    keys = [key for (key,) in query.order_by(Pipeline.published_at.desc()).tuples()]
    return {"": [(key, name) for key, name in named(Pipeline, keys)]}


def _order(model: type[Model]) -> list[Any]:
    names = option(model, "order") or [f.name for f in readable_titles(model)]
    fields = [model._meta.fields[name.removeprefix("-")] for name in names]
    return [field for field in fields if not isinstance(field, ForeignKeyField)]


def _under(model: type[Model], name: str, pairs: list[tuple[int, str]]) -> dict:
    """Rows under what they lie within (`Meta.within`): shades under their guide."""
    field: Any = model._meta.fields[name]
    key = model._meta.primary_key
    rows = model.select(key, field).where(key.in_([key for key, _ in pairs]))
    lies = dict(rows.tuples())
    if isinstance(field, ForeignKeyField):
        headings: dict[Any, str] = dict(named(field.rel_model, list(set(lies.values()))))
    else:
        headings = {value: sayer(field)(value) for value in set(lies.values())}
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for row, text in pairs:
        found[headings.get(lies[row], "")].append((row, text))
    return found


@drawn_once
def teeth() -> dict[str, list[tuple[int, str]]]:
    """The 52 teeth under their quadrants."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for tooth in TEETH:
        found[gettext(QUADRANTS[tooth // 10])].append((tooth, str(tooth)))
    return found


def weekdays() -> dict[str, list[tuple[int, str]]]:
    """The days of a week under no heading."""
    return {"": [(day, weekday_text(day)) for day in range(1, 8)]}
