"""Which rows answer a question: scope, search through relations, filters and order as SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from peewee import Asc, Desc, Expression, Field, ForeignKeyField, Model, Ordering

from admin_views.asking import Ask
from admin_views.columns import Column, columns_of, supertype_of
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.policy import can, readable_titles, scope, scoped
from admin_views.searching import has_word, has_word_widely
from schema.alphabet import place_in_alphabet
from schema.base import option, titles
from schema.database import is_sqlite
from schema.names import NameField


def found_keys(model: type[Model], ask: Ask, wide: bool = False) -> Any:
    """A select of the keys that answer, without order; `wide` when very many are expected."""
    key = model._meta.primary_key
    query = model.select(key)
    for test in conditions(model, ask, wide):
        query = query.where(test)
    return query


def conditions(model: type[Model], ask: Ask, wide: bool = False) -> list[Expression]:
    """What a row must fulfil: the person's scope, every filter, every word of the search."""
    limit = scope(model)
    tests = [] if limit is None else [limit]
    tests += [one.condition(row_by_row=wide and is_sqlite()) for one in ask.filters]
    says = has_word_widely if wide else has_word
    tests += [says(model, word) for word in ask.search.split()]
    return tests


def asks_for_all(model: type[Model], ask: Ask) -> bool:
    """Whether every row of the table answers, as far as the page knows."""
    return not ask.search and not ask.filters and scope(model) is None


def order(model: type[Model], ask: Ask) -> tuple[list[Any], bool]:
    """The ORDER BY terms, ending in the key, and whether the card is needed for them."""
    if not ask.sort:
        names = option(model, "order") or _by_name(model) or ("-id",)
        if not all(can("read", model, name.removeprefix("-")) for name in names):
            names = ("-id",)
        terms = [_in_order(model._meta.fields[n.removeprefix("-")], n[0] == "-") for n in names]
        falling = names[-1].startswith("-")
        needs_card = False
    else:
        column = columns_of(model)[ask.sort_column]
        terms, falling = [_term(column.field, ask.descending)], ask.descending
        needs_card = column.via is not None
    key = (_above(model) if needs_card else model)._meta.primary_key
    return [*terms, Desc(key) if falling else Asc(key)], needs_card


def _by_name(model: type[Model]) -> tuple[str, ...]:
    """A short list stands by the names of its rows, when nothing else is said."""
    return tuple(field.name for field in titles(model)) if option(model, "lookup") else ()


def _term(field: Field, falling: bool) -> Any:
    """What people read in a column; of a reference that is the other row's name."""
    if isinstance(field, ForeignKeyField):
        return _turned(_name_of(field), falling, field.null)
    return _in_order(field, falling)


def _in_order(field: Field, falling: bool) -> Any:
    return _turned(_sorted_by(field), falling, field.null)


def _sorted_by(field: Field) -> Any:
    """Names stand as in the alphabet, everything else by what it is."""
    return place_in_alphabet(field) if isinstance(field, NameField) else field


def _turned(value: Any, falling: bool, may_be_empty: bool | None = None) -> Any:
    """Empty values come first going up and last going down, on both engines."""
    if is_sqlite() or not (value.null if may_be_empty is None else may_be_empty):
        return Desc(value) if falling else Asc(value)
    return Desc(value, nulls="last") if falling else Asc(value, nulls="first")


def _name_of(field: ForeignKeyField) -> Any:
    """What people read in the column: the first name column of the row, if it is theirs to see."""
    target = field.rel_model
    other, title = target.alias(), readable_titles(target)[0]
    key = getattr(other, field.rel_field.name)
    names = other.select(_sorted_by(getattr(other, title.name))).where(key == field)
    if scope(target) is None:
        return names
    return names.where(key.in_(scoped(target, target._meta.primary_key)))


def page_of(
    model: type[Model],
    ask: Ask,
    columns: list[Column],
    rows: int,
    wide: bool = False,
    count: int | None = None,
) -> list[tuple]:
    """The rows of one page as (key, values…): the keys are paged first, then their values read.

    Where `count` says how many rows there are, a page of the second half is reached from the end.
    """
    skipped = ask.page * ask.page_size
    if not asks_for_all(model, ask) or ordered_by_scope(model, ask):
        keys = paged(model, ask, found_keys(model, ask, wide), rows, skipped)
        return list(values_of(model, ask, columns, keys).tuples())
    fields = [model._meta.primary_key, *(column.field for column in columns)]
    back = count is not None and skipped * 2 > count
    if back and count is not None:
        rows = max(0, min(rows, count - skipped))
        skipped = count - skipped - rows
    text, values = _page_text(model, ask.sort, tuple(columns), is_sqlite(), back)
    return answers(text, (*values, rows, max(0, skipped)), fields)


def ordered_by_scope(model: type[Model], ask: Ask) -> bool:
    """Whether the order depends on which rows of another table this very person may see."""
    column = columns_of(model).get(ask.sort_column)
    return column is not None and column.relation is not None and scope(column.relation) is not None


def paged(
    model: type[Model], ask: Ask, keys: Any, rows: int, skipped: int, back: bool = False
) -> Any:
    terms, needs_card = order(model, ask)
    terms = [_turned_round(term) for term in terms] if back else terms
    if needs_card:
        keys = keys.join(_above(model), on=_on_card(model)).where(_of_kind(model))
    return keys.order_by(*terms).limit(rows).offset(skipped)


def _turned_round(term: Ordering) -> Ordering:
    other = {"ASC": "DESC", "DESC": "ASC", "first": "last", "last": "first"}
    return Ordering(term.node, other[term.direction], nulls=other.get(term.nulls))


def values_of(
    model: type[Model], ask: Ask, columns: Iterable[Column], keys: Any, *more: Any
) -> Any:
    """A select of the columns of the rows with these keys, in the order that was asked for."""
    key = model._meta.primary_key
    terms, needs_card = order(model, ask)
    query = model.select(*more, key, *(column.field for column in columns)).where(key.in_(keys))
    if needs_card or any(column.via for column in columns):
        query = query.join(_above(model), on=_on_card(model))
    return query.order_by(*terms)


@drawn_once
def _page_text(
    model: type[Model], sort: str, columns: tuple[Column, ...], sqlite: bool, back: bool
) -> tuple[str, list]:
    """The statement for a page of all rows; its last values are how many, and how many skipped."""
    ask = Ask(sort=sort)
    keys = paged(model, ask, model.select(model._meta.primary_key), 1, 0, back)
    text, values = values_of(model, ask, columns, keys).sql()
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
