"""Statements of a busy act, composed once: composing one costs more than the database's answer."""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from peewee import Context, DatabaseError, IntegrityError, Model, ModelSelect, Node

from schema.base import table_name
from schema.database import database, engine_name, is_sqlite
from schema.fields import InstantField
from schema.fixed import Fixed
from schema.one_trip import one_trip

_instant = InstantField()


@dataclass(frozen=True)
class Later:
    """The parameter of that number, converted as the column beside it asks."""

    place: int
    convert: Callable[[Any], Any]


class Slot(Node):
    """Stands in a query for the parameter of that number."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __sql__(self, ctx: Context) -> Context:
        return ctx.value(Later(self.place, ctx.state.converter or _bare), converter=False)


@dataclass
class Composed:
    """A query, its text for one engine and its values; how its rows are read is found out once."""

    query: Any
    text: Fixed
    told: list[Any]
    reader: Any = None

    def answer(self, cursor: Any) -> Any:
        """All rows of a SELECT; of any other statement how many rows it touched."""
        if not isinstance(self.query, ModelSelect):
            return database.rows_affected(cursor)
        return [self.row(cursor, row) for row in cursor.fetchall()]

    def row(self, cursor: Any, values: tuple[Any, ...]) -> Any:
        if self.reader is None:
            reader = self.query._get_cursor_wrapper(cursor)
            reader.initialize()
            self.reader = reader
        return self.reader.process_row(values)


@dataclass(frozen=True)
class Asked:
    """A statement with its values, and how its answer is read."""

    text: Fixed
    told: Sequence[Any]
    read: Callable[[Any], Any]
    row: Any = None  # the one that this puts, which has its key once that is done

    def __call__(self) -> Any:
        return self.read(database.execute_sql(self.text, self.told))


def _nothing(cursor: Any) -> None:
    """The answer of a statement that has none."""


BEGIN, UNDO, END = (
    Asked(Fixed(f"{text} apart"), (), _nothing)
    for text in ("SAVEPOINT", "ROLLBACK TO SAVEPOINT", "RELEASE SAVEPOINT")
)


class Prepared:
    """A query whose text is kept for each engine; called with the values of its parameters.

    Gives the rows of a SELECT as peewee would, of any other statement how many rows it touched.
    A list cannot be a value: its length is part of the text.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.count = len(inspect.signature(build).parameters)
        self.kept: dict[str, Composed] = {}

    def __call__(self, *values: Any) -> Any:
        return self.asked(*values)()

    def asked(self, *values: Any) -> Asked:
        """The question, to be asked together with others; see `at_once`."""
        engine = engine_name()
        if engine not in self.kept:
            self.kept[engine] = self._composed()
        kept = self.kept[engine]
        told = [one.convert(values[one.place]) if type(one) is Later else one for one in kept.told]
        return Asked(kept.text, told, kept.answer)

    def first(self, *values: Any) -> Any:
        """The first row of a SELECT, or None."""
        return next(iter(self(*values)), None)

    def _composed(self) -> Composed:
        query = self.build(*(Slot(place) for place in range(self.count)))
        text, told = database.get_sql_context().parse(query)
        return Composed(query, Fixed(text), told)


def prepared(build: Callable[..., Any]) -> Prepared:
    """Decorates a function that composes a query from its parameters."""
    return Prepared(build)


def at_once(*questions: Asked) -> list[Any]:
    """The answers of all, asked in this order in one round trip; a refusal is that of the first."""
    if is_sqlite():
        return [question() for question in questions]
    with one_trip(database.obj):
        cursors = [database.execute_sql(one.text, one.told) for one in questions]
    return _read(questions, cursors)


def all_or_none(
    questions: Sequence[Asked], first: Sequence[Asked] = ()
) -> tuple[list[Any], IntegrityError | None]:
    """Inside an act, in one round trip: what must be done `first`, then all questions or none.

    Gives the answers of those that were done, in their order, and why the questions were not; then
    the act may go on. A refusal of what comes first is raised.
    """
    if is_sqlite():
        return _one_by_one(first, questions)
    cursors: list[Any] = []
    try:
        with one_trip(database.obj):
            cursors += [database.execute_sql(one.text, one.told) for one in first]
            for one in (BEGIN, *questions, END):
                cursors.append(database.execute_sql(one.text, one.told))
    except IntegrityError as refusal:
        try:
            at_once(UNDO, END)
        except DatabaseError:  # it did not come to the questions
            raise refusal from None
        return _read(first, cursors[: len(first)]), refusal
    apart = cursors[len(first) + 1 : -1]
    return [*_read(first, cursors[: len(first)]), *_read(questions, apart)], None


def _one_by_one(
    first: Sequence[Asked], questions: Sequence[Asked]
) -> tuple[list[Any], IntegrityError | None]:
    answers = [question() for question in first]
    try:
        with database.atomic():
            return answers + [question() for question in questions], None
    except IntegrityError as refusal:
        return answers, refusal


def _read(questions: Sequence[Asked], cursors: Sequence[Any]) -> list[Any]:
    return [one.read(cursor) for one, cursor in zip(questions, cursors, strict=True)]


def put_row(model: type[Model], **values: Any) -> Any:
    """Insert one row, as `model.create` would; gives it with its key."""
    return row_to_put(model, **values)()


def row_to_put(model: type[Model], **values: Any) -> Asked:
    """The same, to be done together with others."""
    row = model(**values)
    told = row.__data__
    fields = [model._meta.fields[name] for name in told]
    given = [field.db_value(told[field.name]) for field in fields]
    columns = tuple(field.column_name for field in fields)

    def kept(cursor: Any) -> Any:
        row.id = cursor.fetchone()[0]
        row._dirty.clear()
        return row

    return Asked(_insertion(table_name(model), columns, engine_name()), given, kept, row)


@cache
def _insertion(table: str, columns: tuple[str, ...], engine: str) -> Fixed:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["?" if engine == "sqlite" else "%s"] * len(columns))
    return Fixed(f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING id')


def _bare(value: Any) -> Any:
    """A value beside no column: moments as the tables keep them, rows by their keys."""
    if isinstance(value, dt.datetime):
        return _instant.db_value(value)
    return value.id if isinstance(value, Model) else value
