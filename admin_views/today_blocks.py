"""What the first page is made of: figures, panels and their lines, within a person's rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from flask_babel import gettext
from peewee import Model
from werkzeug.datastructures import MultiDict

from admin_views.asking import Ask, read_ask
from admin_views.columns import Column, columns_of
from admin_views.counting import count_of
from admin_views.finding import page_of
from admin_views.listing import learn_names
from admin_views.people import Person
from admin_views.plain_words import count_text, day_text, near_day_text
from admin_views.policy import can
from admin_views.reading import note_rows
from admin_views.titles import TitleBook
from schema.base import table_name

A_DAY = dt.timedelta(days=1)
LINES = 8


@dataclass(frozen=True)
class Now:
    """Who looks, at which moment, on which day of the clinic."""

    person: Person
    moment: dt.datetime
    zone: ZoneInfo

    @property
    def today(self) -> dt.date:
        return self.moment.astimezone(self.zone).date()

    def day(self, days: int = 0) -> str:
        """The day so many days from today, as filters take it."""
        return (self.today + days * A_DAY).isoformat()

    def start(self, days: int = 0) -> dt.datetime:
        """The moment at which the day so many days from today begins."""
        return dt.datetime.combine(self.today + days * A_DAY, dt.time(), self.zone).astimezone(
            dt.UTC
        )

    def near(self, moment: dt.datetime | None) -> str:
        """`09:15` today, `Mon 23, 12:00` within a fortnight, the day in full else."""
        if moment is None:
            return ""
        here, today = moment.astimezone(self.zone), self.today
        if here.date() == today:
            return f"{here:%H:%M}"
        if abs((here.date() - today).days) < 14:
            return f"{near_day_text(here)}, {here:%H:%M}"
        return day_text(here)


class AtLeast(int):
    """A count that stopped here because there are more."""


def said(count: int) -> str:
    """A count as the list behind it says it."""
    number = count_text(count)
    return gettext("more than %(number)s", number=number) if isinstance(count, AtLeast) else number


@dataclass(frozen=True)
class Figure:
    """A number with its meaning and the list behind it; `tone` is a word of the status dots."""

    label: str
    value: Any
    note: str = ""
    tone: str = ""
    url: str | None = None

    @property
    def said(self) -> str:
        return said(self.value) if isinstance(self.value, int) else str(self.value)


@dataclass(frozen=True)
class LineAct:
    """What a line offers in place: a link, or with a `key` a form that posts it."""

    label: Any
    url: str
    key: int | None = None
    main: bool = True


@dataclass(frozen=True)
class Line:
    """One thing that waits: when, what, the second fact, how it stands, and what to do about it."""

    text: str
    url: str | None = None
    when: str = ""
    late: bool = False
    more: str = ""
    tone: str = ""
    state: str = ""
    acts: tuple[LineAct, ...] = ()
    mark: str = ""


@dataclass(frozen=True)
class Panel:
    """A list of lines, or of bars when `most` says how much fills one."""

    title: str
    lines: list[Any] = field(default_factory=list)
    url: str | None = None
    empty: str = ""
    most: int = 0


@dataclass(frozen=True)
class Bar:
    """A name with a number, drawn as long as it is much."""

    text: str
    count: int
    url: str | None = None
    note: str = ""
    late: bool = False


@dataclass(frozen=True)
class Among:
    """A condition that stands in no address: rows whose column has one of these values."""

    column: Any
    keys: tuple[int, ...]

    def condition(self, row_by_row: bool = False) -> Any:
        return self.column.in_(self.keys)


Block = Callable[[Now], Any]


def asked(model: type[Model], filters: dict[str, Any], sort: str = "") -> Ask | None:
    """The question of a list as its address would ask it; None where the person may not ask it."""
    if not can("read", model):
        return None
    given = {f"flt.{name}": str(value) for name, value in filters.items()}
    ask = read_ask(model, MultiDict({**given, "sort": sort}))
    return None if ask.problems or ask.sort != sort else ask


def address(model: type[Model], ask: Ask) -> str:
    return ask.url(url_for(f"{table_name(model)}.index_view"))


def page_address(model: type[Model], key: int | None) -> str | None:
    """The page of a row; None where the table is closed to the person."""
    if key is None or not can("read", model):
        return None
    return url_for(f"{table_name(model)}.details_view", id=key)


def counted(model: type[Model], ask: Ask) -> int:
    """How many rows answer, counted as far as the list counts."""
    count, sure = count_of(model, ask)
    return AtLeast(count) if sure == "over" else count


@dataclass(frozen=True)
class Found:
    """A row of a list: its key, its values as they are, and as people read them."""

    key: int
    values: dict[str, Any]
    book: TitleBook
    columns: dict[str, Column]

    def name(self, column: str) -> str:
        """What people read of a reference; empty when there is none or it may not be known."""
        relation = self.columns[column].relation if column in self.columns else None
        return self.book.name(relation, self.values.get(column)) if relation else ""

    def get(self, column: str) -> Any:
        return self.values.get(column)

    def knows(self, *columns: str) -> bool:
        """Whether the person may see all of these columns."""
        return all(column in self.columns for column in columns)


def found(model: type[Model], ask: Ask, names: str, most: int = LINES) -> list[Found]:
    """The first rows that answer, with those of the named columns that the person may read."""
    every = columns_of(model)
    columns = [every[name] for name in names.split() if every[name].readable()]
    rows = page_of(model, ask, columns, most)
    note_rows("list", model, [key for key, *_ in rows])
    book, by_name = learn_names(columns, rows), {column.name: column for column in columns}
    return [
        Found(key, dict(zip(by_name, values, strict=True)), book, by_name) for key, *values in rows
    ]
