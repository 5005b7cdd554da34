"""Whether a row refers to one that a word names, asked of row after row on SQLite.

The search index is asked for the first and the last three letters of a word only, which takes it
half as long as for the whole word; the few rows that are met are then looked at themselves.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from peewee import OP, SQL, Expression, Field, NodeList, fn

from admin_views.searching import ROUGHLY, STAND_IN
from schema.database import database
from schema.search import Phrase, like


def named(place: Expression) -> tuple[str, list]:
    """The statement, in brackets, for the keys of the rows that the word names."""
    text, values = database.obj.get_sql_context().sql(place.rhs).query()
    return (text if text.startswith("(") else f"({text})"), values


def is_named(place: Expression) -> Expression:
    """True for a row at whose place such a key stands.

    The + keeps SQLite from gathering all of these rows by an index.
    """
    keys = place.rhs
    if not isinstance(keys, Phrase):
        return _stands_in(place.lhs, SQL(*named(place)))
    rough = Phrase(keys.model, keys.columns, f"{{{' '.join(keys.columns)}}}: {ROUGHLY}")
    other = keys.model.alias()
    holds = other.select(SQL("1")).where(
        getattr(other, keys.model._meta.primary_key.name) == place.lhs,
        _holds([getattr(other, name) for name in keys.columns]),
    )
    return _stands_in(place.lhs, rough) & fn.EXISTS(holds)


def _stands_in(field: Field, keys: SQL) -> Expression:
    return Expression(NodeList((SQL("+"), field)), OP.IN, keys)


def _holds(texts: list[Field]) -> Expression:
    """Most names hold the word as it is; folding a name, in Python, is the dearest of all."""
    pattern = f"%{STAND_IN}%"
    plain = [like(text, pattern) for text in texts]
    return reduce(or_, plain + [like(fn.fold(text), pattern) for text in texts])
