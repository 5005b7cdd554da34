"""Which rows answer a question: scope, search through relations, filters and order as SQL."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from peewee import Asc, Desc, Expression, Field, ForeignKeyField, Model, fn

from admin_views.asking import Ask
from admin_views.columns import Column, columns_of, shown_columns, supertype_of
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.policy import can, readable_titles, scope
from admin_views.titles import named_like
from schema.base import option
from schema.database import database, is_sqlite
from schema.search import contains, searched_columns

COUNTED = 10_000
ESTIMATED_FROM = 100_000


def found_keys(model: type[Model], ask: Ask) -> Any:
    """A select of the keys that answer, without order."""
    key = model._meta.primary_key
    query = model.select(key)
    for test in conditions(model, ask):
        query = query.where(test)
    return query


def conditions(model: type[Model], ask: Ask) -> list[Expression]:
    """What a row must fulfil: the person's scope, every filter, every word of the search."""
    limit = scope(model)
    tests = [] if limit is None else [limit]
    tests += [one.condition() for one in ask.filters]
    tests += [_word(model, word) for word in ask.search.split()]
    return tests


def _word(model: type[Model], word: str) -> Expression:
    """Rows where a word stands in a text of theirs or in the name of a row they refer to.

    The keys are gathered by a UNION, so that each part uses its own index and none scans the table.
    """
    key = model._meta.primary_key
    parts = []
    texts = own_texts(model)
    if texts:
        parts.append(model.select(key).where(contains(model, texts, word)))
    for column in searched_relations(model):
        keys = named_like(column.field.rel_model, word)
        if keys is not None:
            parts.append(model.select(key).where(column.field.in_(keys)))
    return key.in_(reduce(or_, parts)) if parts else key.is_null()


def own_texts(model: type[Model]) -> list[str]:
    """The text columns that a search looks into, as far as the person may read them."""
    names = searched_columns(model) or [
        name
        for name in option(model, "title", ())
        if model._meta.fields[name].field_type in ("VARCHAR", "TEXT")
    ]
    return [name for name in names if can("read", model, name)]


def searched_relations(model: type[Model]) -> list[Column]:
    """The shown references whose names a search looks into."""
    return [
        column
        for column in shown_columns(model)
        if column.relation and column.via is None and column.readable()
    ]


def order(model: type[Model], ask: Ask) -> tuple[list[Any], bool]:
    """The ORDER BY terms, ending in the key, and whether the card is needed for them."""
    if not ask.sort:
        names = option(model, "order") or ("-id",)
        terms = [_term(model._meta.fields[n.removeprefix("-")], n.startswith("-")) for n in names]
        falling = names[-1].startswith("-")
        needs_card = False
    else:
        column = columns_of(model)[ask.sort_column]
        terms, falling = [_term(column.field, ask.descending)], ask.descending
        needs_card = column.via is not None
    key = (_above(model) if needs_card else model)._meta.primary_key
    return [*terms, Desc(key) if falling else Asc(key)], needs_card


def _term(field: Field, falling: bool) -> Any:
    """Empty values come first going up and last going down, on both engines."""
    value: Any = field
    if isinstance(field, ForeignKeyField):
        value = _name_of(field)
    if is_sqlite() or not field.null:
        return Desc(value) if falling else Asc(value)
    return Desc(value, nulls="last") if falling else Asc(value, nulls="first")


def _name_of(field: ForeignKeyField) -> Any:
    """What people read in the column: the first name column of the row it refers to."""
    other = field.rel_model.alias()
    title = readable_titles(field.rel_model)[0]
    key = getattr(other, field.rel_field.name)
    return other.select(getattr(other, title.name)).where(key == field)


def page_of(model: type[Model], ask: Ask, columns: list[Column], rows: int) -> list[tuple]:
    """The rows of one page as (key, values…): the keys are paged first, then their values read."""
    skipped = ask.page * ask.page_size
    if ask.search or ask.filters or scope(model) is not None:
        return list(_page(model, ask, columns, rows, skipped).tuples())
    text, values = _page_text(model, ask.sort, tuple(columns), is_sqlite())
    fields = [model._meta.primary_key, *(column.field for column in columns)]
    return answers(text, (*values, rows, skipped), fields)


def _page(model: type[Model], ask: Ask, columns: Iterable[Column], rows: int, skipped: int) -> Any:
    key = model._meta.primary_key
    terms, needs_card = order(model, ask)
    keys = found_keys(model, ask)
    if needs_card:
        keys = keys.join(_above(model), on=_on_card(model)).where(_of_kind(model))
    keys = keys.order_by(*terms).limit(rows).offset(skipped)
    query = model.select(key, *(column.field for column in columns)).where(key.in_(keys))
    if needs_card or any(column.via for column in columns):
        query = query.join(_above(model), on=_on_card(model))
    return query.order_by(*terms)


@drawn_once
def _page_text(
    model: type[Model], sort: str, columns: tuple[Column, ...], sqlite: bool
) -> tuple[str, list]:
    """The statement for a page of all rows; its last values are how many, and how many skipped."""
    text, values = _page(model, Ask(sort=sort), columns, 1, 0).sql()
    return str(text), values[:-2]


def _above(model: type[Model]) -> type[Model]:
    key = supertype_of(model)
    assert key is not None
    return key.rel_model


def _on_card(model: type[Model]) -> Expression:
    key = supertype_of(model)
    assert key is not None
    return key == key.rel_model._meta.primary_key


def _of_kind(model: type[Model]) -> Expression:
    """True for every card of these rows; said because the cards' index begins with the kind."""
    return _above(model)._meta.fields["kind"] == option(model, "kind")


def count_of(model: type[Model], ask: Ask) -> tuple[int, str]:
    """How many rows answer: the number and how sure it is (`exact`, `about` or `over`)."""
    tests = conditions(model, ask)
    if not tests:
        return _count_all(model)
    query = model.select(model._meta.primary_key)
    for test in tests:
        query = query.where(test)
    some = query.limit(COUNTED + 1).alias("some")
    [(count,)] = model.select(fn.COUNT(1)).from_(some).tuples()
    return (COUNTED, "over") if count > COUNTED else (count, "exact")


def _count_all(model: type[Model]) -> tuple[int, str]:
    table = model._meta.table_name
    if not is_sqlite():
        [guess] = database.execute_sql(
            "SELECT reltuples::bigint FROM pg_class WHERE oid = %s::regclass", (f'"{table}"',)
        ).fetchone()
        if guess > ESTIMATED_FROM:
            return guess, "about"
    [count] = database.execute_sql(f'SELECT COUNT(*) FROM "{table}"').fetchone()
    return count, "exact"
