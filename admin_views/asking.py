"""What a list was asked for, read from the address: search, filters, order and page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote_plus

from flask_babel import gettext
from peewee import Model
from werkzeug.datastructures import MultiDict

from admin_views.columns import columns_of, readable, shown_columns
from admin_views.filter_values import BadFilter
from admin_views.filters import WITHOUT_VALUE, Filter, kind_of, operations_of
from admin_views.numbers_in import number_in
from admin_views.searching import words_in

PAGE_SIZES = (20, 50, 100)
USUAL_SIZE = 50
LAST_PAGE = 1_000_000
LONGEST_SEARCH = 100
MOST_COLUMNS = 16
GROUPED = ("choice", "row", "yes_no", "day")
Arguments = dict[str, str | int | list[str]]


@dataclass(frozen=True)
class Ask:
    """One question to a list; `problems` are parts of it that say nothing, in words.

    `view` is the saved view that it comes from and `stored` what that one asks, as an address.
    Where a list opens with a view, a bare address does not mean all rows.
    """

    search: str = ""
    sort: str = ""
    page: int = 0
    page_size: int = USUAL_SIZE
    filters: tuple[Filter, ...] = ()
    columns: tuple[str, ...] = ()
    group: str = ""
    choosing: bool = False
    view: int = 0
    stored: str = field(default="", compare=False)
    opens_with_view: bool = field(default=False, compare=False)
    problems: tuple[str, ...] = field(default=(), compare=False)

    @property
    def sort_column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        return self.sort.startswith("-")

    def question(self) -> Arguments:
        """Rows, order, columns and size of this question; what is usual is left out."""
        found: Arguments = {}
        for one in self.filters:
            kept = found.setdefault(one.argument, [])
            assert isinstance(kept, list)
            kept.append(one.value)
        if self.search:
            found["search"] = self.search
        if self.sort:
            found["sort"] = self.sort
        if self.columns:
            found["columns"] = ",".join(self.columns)
        if self.group:
            found["group"] = self.group
        if self.page_size != USUAL_SIZE:
            found["page_size"] = self.page_size
        return found

    def text(self) -> str:
        """The question as it is kept under a name."""
        return encoded(self.question())

    def arguments(self) -> Arguments:
        """This question as arguments of an address; a saved view needs no words but its number."""
        found = self.question()
        if self.view and self.text() == self.stored:
            found = {}
        elif not found and (self.view or self.opens_with_view):
            found["search"] = ""
        for name in ("view", "page"):
            if getattr(self, name):
                found[name] = getattr(self, name)
        return found | ({"choosing": 1} if self.choosing else {})

    def url(self, path: str, **changes: object) -> str:
        """The address of this question with some parts changed."""
        changed = replace(self, **{"page": 0, "choosing": False, **changes})  # type: ignore[arg-type]
        arguments = encoded(changed.arguments())
        return f"{path}?{arguments}" if arguments else path


def encoded(arguments: Arguments) -> str:
    """Arguments as they stand in an address; a list says the same name again and again.

    A page says the same words in each of its addresses, so each is encoded once.
    """
    return "&".join(
        f"{_quoted(name)}={_quoted(str(one))}"
        for name, value in arguments.items()
        for one in (value if isinstance(value, list) else [value])
    )


_quoted = lru_cache(512)(quote_plus)


def read_ask(model: type[Model], arguments: MultiDict[str, str]) -> Ask:
    """Read the question; what the person may not read or what makes no sense becomes a problem."""
    filters, problems = _filters(model, arguments)
    columns, more = _columns(model, arguments)
    return Ask(
        search=" ".join(words_in(" ".join(arguments.get("search", "").split())))[:LONGEST_SEARCH],
        sort=_sort(model, arguments.get("sort", "")),
        page=min(_number(arguments, "page", 0), LAST_PAGE),
        page_size=_page_size(arguments),
        filters=filters,
        columns=columns,
        group=_group(model, arguments.get("group", "")),
        choosing="choosing" in arguments or "move" in arguments,
        problems=problems + more,
    )


def _filters(
    model: type[Model], arguments: MultiDict[str, str]
) -> tuple[tuple[Filter, ...], tuple[str, ...]]:
    found, problems = [], []
    for name, value in _said(arguments):
        column_name, _, operation = name.removeprefix("flt.").rpartition(".")
        column = columns_of(model).get(column_name)
        if column is None or not column.readable() or operation not in operations_of(column.field):
            problems.append(
                gettext("A filter in the address does not exist here; it was left out.")
            )
        elif value or operation in WITHOUT_VALUE:
            one = Filter(column, operation, value)
            try:
                one.condition()
                found.append(one)
            except BadFilter as error:
                problems.append(f"{gettext(column.label)}: {error}")
    return tuple(found), tuple(problems)


def _said(arguments: MultiDict[str, str]) -> Iterator[tuple[str, str]]:
    """Every filter by name and value; the ticked values of «one of» make one filter."""
    for name, values in arguments.lists():
        if name.startswith("flt.") and name.endswith(".any"):
            yield name, ",".join(dict.fromkeys(",".join(values).split(",")))
        elif name.startswith("flt."):
            yield from ((name, value) for value in values)


def _columns(
    model: type[Model], arguments: MultiDict[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The chosen columns in their order; none when they are the usual ones."""
    said = [name for part in arguments.getlist("columns") for name in part.split(",") if name]
    every = columns_of(model)
    good = [name for name in dict.fromkeys(said) if name in every and every[name].readable()]
    lost = len(good) < len(set(said))
    problem = gettext("A column in the address does not exist here; it was left out.")
    usual = [column.name for column in readable(shown_columns(model))]
    moved = _moved(good, arguments.get("move", ""))[:MOST_COLUMNS]
    return () if moved == usual else tuple(moved), (problem,) if lost else ()


def _moved(names: list[str], move: str) -> list[str]:
    """The same names with one of them a place nearer to an end: `phone:up`."""
    name, _, way = move.rpartition(":")
    if name not in names:
        return names
    place = names.index(name)
    other = max(0, place - 1) if way == "up" else min(len(names) - 1, place + 1)
    names.insert(other, names.pop(place))
    return names


def _sort(model: type[Model], text: str) -> str:
    column = columns_of(model).get(text.removeprefix("-"))
    sortable = column is not None and column.readable() and not column.is_long
    return text if sortable else ""


def _group(model: type[Model], name: str) -> str:
    column = columns_of(model).get(name)
    may = column is not None and column.readable() and kind_of(column.field) in GROUPED
    return name if may else ""


def _number(arguments: Mapping[str, str], name: str, usual: int) -> int:
    number = number_in(arguments.get(name))
    return usual if number is None else number


def _page_size(arguments: Mapping[str, str]) -> int:
    size = _number(arguments, "page_size", USUAL_SIZE)
    return size if size in PAGE_SIZES else USUAL_SIZE
