"""Which rows of one table answer what was typed: within the rights, the best ones first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from peewee import SQL, Expression, Field, ForeignKeyField, Model

from admin_views.columns import supertype_of
from admin_views.find_ranks import rank_of
from admin_views.find_words import Word
from admin_views.policy import can, readable_titles, scope, scoped
from schema.base import option
from schema.database import is_sqlite
from schema.fields import DayField
from schema.names import NameField
from schema.search import contains, starts

MOST = 200
BEST = 100
READ_AT_LEAST = 501  # with fewer, PostgreSQL thinks that it finds them sooner without the index
Known = Mapping[type[Model], "Rows"]


@dataclass(frozen=True)
class Rows:
    """The keys of the rows that answer, best first; those that have ended; were there more?"""

    keys: tuple[int, ...] = ()
    gone: frozenset[int] = frozenset()
    over: bool = False


def rows_that_answer(model: type[Model], words: tuple[Word, ...], known: Known) -> Rows:
    """The rows of a table; `known` are those of the tables that come before it."""
    found = _Search(model, words, known)
    test = found.test()
    if test is None:
        return Rows(over=found.unsure)
    rows = found.rows(test, MOST + 1)
    over = len(rows) > MOST
    if over:
        sharp = found.sharp()
        rows = rows[:MOST] + (found.rows(sharp, BEST, BEST) if sharp is not None else [])
    ranked = sorted(set(rows), key=lambda row: _rank(row, found, words))
    gone = frozenset(row[0] for row in rows if row[1] is not None)
    return Rows(tuple(row[0] for row in ranked), gone, over or found.unsure)


def _rank(row: tuple, found: _Search, words: tuple[Word, ...]) -> tuple:
    """Exact before beginnings before middles; what goes on before what ended; then the newest."""
    key, gone, *texts = row
    names, others = texts[: len(found.names)], texts[len(found.names) :]
    return rank_of(names, others, words), gone is not None, -key


class _Search:
    """The tests of one question to one table."""

    def __init__(self, model: type[Model], words: tuple[Word, ...], known: Known) -> None:
        self.model, self.words = model, words
        self.key: Field = model._meta.primary_key
        fields = [model._meta.fields[name] for name in option(model, "found").by]
        fields = [field for field in fields if can("read", model, field)]
        self.days = [field for field in fields if isinstance(field, DayField)]
        self.refers = [field for field in fields if isinstance(field, ForeignKeyField)]
        self.above = [field for field in self.refers if known.get(field.rel_model, Rows()).keys]
        self.texts = [
            field for field in fields if not isinstance(field, DayField | ForeignKeyField)
        ]
        titles = {field.name for field in readable_titles(model)}
        self.names = [field for field in self.texts if field.name in titles]
        self.codes = [field for field in self.texts if field.name not in titles]
        self.known = known
        self.unsure = any(known[field.rel_model].over for field in self.above)

    def test(self) -> Expression | None:
        """True for the rows that hold every word, or refer to a row that does."""
        parts = [f.in_(_listed(self.known[f.rel_model].keys)) for f in self.above]
        if self.texts or self.days:
            parts += self._own()
        return self._gathered(parts) if parts else None

    def _own(self) -> list[Expression]:
        """Each word in a text of the row, or, beside one that is, in the row it refers to."""
        long = [word for word in self.words if not word.is_short]
        if not long:
            return self._beginnings()
        if not self.refers:
            return [reduce(and_, [self._holds(word) for word in self.words])]
        return [reduce(and_, [self._holds(w), *self._others(w)]) for w in long]

    def _beginnings(self) -> list[Expression]:
        """Words of one or two letters: a name begins with one of them, and holds the others."""
        if not self.names:
            return []
        return [
            reduce(
                and_,
                [
                    self._gathered(self._begins(word)),
                    *(self._holds(other) for other in self.words if other is not word),
                ],
            )
            for word in self.words
        ]

    def _others(self, own: Word) -> list[Expression]:
        return [
            reduce(or_, [self._holds(word), *(_names(field, word) for field in self.refers)])
            for word in self.words
            if word is not own
        ]

    def _holds(self, word: Word) -> Expression:
        if word.day is not None and self.days:
            return reduce(or_, [field == word.day for field in self.days])
        if not self.texts:
            return self.key.is_null()
        tests = [contains(self.model, self._texts(), form) for form in word.forms]
        return tests[0] if len(tests) == 1 else self._gathered(tests)

    def _gathered(self, tests: list[Expression]) -> Expression:
        """Part by part, so that each uses its own index and none scans the table."""
        if len(tests) == 1:
            return tests[0]
        query = reduce(or_, [self.model.select(self.key).where(test) for test in tests])
        text, values = query.sql()
        return self.key.in_(SQL(f"({text})", values))

    def sharp(self) -> Expression | None:
        """True for rows that are likely to be the very ones, when very many answer."""
        if not any(isinstance(field, NameField) for field in self.names[:1]):
            return None
        return reduce(or_, [self._all_with(self._sharply(w), w) for w in self.words])

    def _all_with(self, test: Expression, word: Word) -> Expression:
        return reduce(and_, [test, *self._others(word)])

    def _sharply(self, word: Word) -> Expression:
        """A name begins with the word, or a text ends with the running number that it says."""
        tests = [contains(self.model, self._texts(), form) for form in word.others]
        return self._gathered([*tests, *self._begins(word)])

    def _begins(self, word: Word) -> list[Expression]:
        return starts(self.model, self.names[0].name, word.text)

    def _texts(self) -> list[str]:
        return [field.name for field in self.texts]

    def rows(self, test: Expression, most: int, read: int = READ_AT_LEAST) -> list[tuple]:
        """Key, end, and texts of the newest rows; PostgreSQL is asked for `read` of them."""
        query, end = self.model.select(), self._end()
        above = supertype_of(self.model)
        if above is not None and end is not None and end.model is above.rel_model:
            query = query.join(above.rel_model, on=above == above.rel_model._meta.primary_key)
        limit = scope(self.model)
        query = query.where(test) if limit is None else query.where(test, limit)
        columns = [self.key, end or SQL("NULL"), *self.names, *self.codes]
        wanted = most if is_sqlite() or self.refers else max(most, read)
        found = query.select(*columns).order_by(self._newest()).limit(wanted)
        return list(found.tuples())[:most]

    def _newest(self) -> Any:
        """Newest first; where few keys were gathered, PostgreSQL must not walk the whole table."""
        walked = is_sqlite() or not self.refers
        return self.key.desc() if walked else (self.key + 0).desc()

    def _end(self) -> Field | None:
        """The column that says that a row, or the card it stands on, has ended."""
        name, above = option(self.model, "ends"), supertype_of(self.model)
        if name is None and above is not None and can("read", above.rel_model, "closed_at"):
            return above.rel_model._meta.fields["closed_at"]
        return self.model._meta.fields[name] if name and can("read", self.model, name) else None


def _names(field: ForeignKeyField, word: Word) -> Expression:
    """True where the row that is referred to holds the word."""
    other = field.rel_model
    rows = scoped(other, other._meta.primary_key)
    return field.in_(rows.where(_Search(other, (word,), {})._holds(word)))


def _listed(keys: Iterable[int]) -> SQL:
    """Keys as a list of the statement itself: quicker than a thousand values beside it."""
    return SQL(f"({','.join(str(int(key)) for key in keys)})")
