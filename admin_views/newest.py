"""A search that very many rows answer: the newest of them, met by walking back from the last row.

Only on SQLite, only for one word over a whole table, newest first. Walking is quick just where the
other way, gathering the keys of all that answer, is slow; it ends after a fixed number of rows.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from peewee import OP, Expression, Field, Model, fn

from admin_views.asking import Ask
from admin_views.columns import Column
from admin_views.composed import answers
from admin_views.drawn import drawn_once
from admin_views.finding import asks_for_all, conditions, order, values_of
from admin_views.roughly import is_named, named
from admin_views.searching import STAND_IN, is_long, places_of, said_of, whose
from schema.database import database, is_sqlite

FURTHEST = 20_000


def newest_of_many(
    model: type[Model], ask: Ask, columns: list[Column], rows: int, most: int
) -> list[tuple] | None:
    """The rows of the page, where more than `most` rows answer; None when it is not so sure."""
    word = ask.search
    if not (is_sqlite() and is_one_word(model, ask) and walks_back(model, ask)):
        return None
    live = _live(model, word, most)
    if live is None or max(live.values(), default=0) <= most:
        return None
    text, values = _text(model, tuple(live), tuple(columns), whose())
    fields: list[Field] = [model._meta.primary_key, *(column.field for column in columns)]
    asked = [said_of(value, word) for value in values]
    found = answers(text, (*asked, rows, ask.page * ask.page_size), fields)
    return found if len(found) == rows else None


def keys_that_fit(model: type[Model], ask: Ask, rows: int) -> tuple[str, list]:
    """The statement for the keys of the page, each row tested by itself from the newest back.

    It ends after a fixed number of rows, with fewer keys than `rows` where few of these fit.
    """
    key = model._meta.primary_key
    keys = model.select(key).where(key > _reach(model), *conditions(model, ask, wide=True))
    text, values = keys.order_by(key.desc()).limit(rows).offset(ask.page * ask.page_size).sql()
    return text, values


def is_one_word(model: type[Model], ask: Ask) -> bool:
    """Whether nothing but one long word is asked, of rows that are all the person's to see."""
    word = ask.search
    if ask.filters or not (is_long(word) and len(word.split()) == 1):
        return False
    return asks_for_all(model, Ask())


def newest_first(model: type[Model], ask: Ask) -> bool:
    """Whether the page is one that walking back over single rows can find."""
    return is_sqlite() and walks_back(model, ask)


def walks_back(model: type[Model], ask: Ask) -> bool:
    """Whether the rows stand from the newest back."""
    if ask.sort:
        return False
    first = order(model, ask)[0][0]
    return first.node is model._meta.primary_key and first.direction == "DESC"


def _reach(model: type[Model]) -> Any:
    other, key = model.alias(), model._meta.primary_key
    return other.select(fn.MAX(getattr(other, key.name)) - FURTHEST)


def _live(model: type[Model], word: str, most: int) -> dict[int, int] | None:
    """How many rows the word finds at each place, up to one more than `most`; None when unknown."""
    text, values = _probe(model, most, whose())
    if not text:
        return None
    said = [said_of(value, word) for value in values]
    return {place: count for place, count in database.execute_sql(text, said) if count}


@drawn_once
def _probe(model: type[Model], most: int, whose: Any) -> tuple[str, list]:
    """Counts the rows of each place; the cross join makes SQLite begin with what is named."""
    parts, values = [], []
    for number, place in enumerate(places_of(model, STAND_IN)):
        if place.op != OP.IN:
            return "", []
        text, own = named(place)
        parts.append(
            f"SELECT {number}, COUNT(*) FROM (WITH named (key) AS {text} "
            f'SELECT 1 FROM named CROSS JOIN "{model._meta.table_name}" r '
            f'WHERE r."{place.lhs.column_name}" = named.key LIMIT {most + 1})'
        )
        values += own
    return " UNION ALL ".join(parts), values


@drawn_once
def _text(
    model: type[Model], live: tuple[int, ...], columns: tuple[Column, ...], whose: Any
) -> tuple[str, list]:
    """The page, met by walking back over rows at whose live places a key stands that is named."""
    places = places_of(model, STAND_IN)
    keys = _walk(model, [places[number] for number in live])
    text, values = values_of(model, Ask(), columns, keys.limit(1).offset(0)).sql()
    return text, values[:-2]


def _walk(model: type[Model], places: list[Expression]) -> Any:
    """The keys from the newest back."""
    key = model._meta.primary_key
    fits = reduce(or_, [is_named(place) for place in places])
    return model.select(key).where(key > _reach(model), fits).order_by(key.desc())
