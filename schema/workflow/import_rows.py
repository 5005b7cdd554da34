"""What every import has in common: target columns, results row by row, and who is known already."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from peewee import CharField, Model

from schema.base import label as label_of
from schema.database import database, is_sqlite
from schema.sayings import Noun, Nouns
from schema.staff import Location, Staff
from schema.workflow import Refused
from schema.workflow.import_own import own_targets
from schema.workflow.import_target import Target
from schema.workflow.sheet_rows import Cell
from schema.workflow.values import clean_text, same

NEW, KNOWN, CHANGED, DOUBLE, REFUSED = "new", "known", "changed", "double", "refused"
OUTCOMES = {
    NEW: "New",
    KNOWN: "Already there",
    CHANGED: "Already there, with other data",
    DOUBLE: "Maybe a duplicate",
    REFUSED: "Refused",
}
Values = dict[str, Any]


@dataclass(frozen=True)
class Remark:
    """What is to be said about a row, and at which heading of the file."""

    column: str | None
    says: Refused

    @property
    def whole(self) -> Refused:
        """Its sentence, with the heading in front."""
        if not self.column:
            return self.says
        return Refused("%(heading)s: %(reason)s", heading=self.column, reason=self.says)

    def __str__(self) -> str:
        return str(self.whole)


@dataclass
class RowResult:
    """What becomes of one row of the file."""

    number: int
    outcome: str
    values: Values = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    may_create: bool = True
    written: bool = False
    like: int | None = None

    @property
    def reason(self) -> str:
        """Everything that was remarked, in one line."""
        return "; ".join(map(str, self.remarks))

    def refuse(self, column: str | None, says: Refused) -> None:
        self.outcome = REFUSED
        self.remarks.append(Remark(column, says))


@dataclass(frozen=True)
class Twin:
    """An earlier row or record that looks like this one."""

    outcome: str
    says: Refused
    may_create: bool = True
    target: str | None = None
    key: int | None = None


class Importer:
    """One kind of import; made afresh for every run, because it remembers the rows it saw."""

    kind: ClassVar[str]
    label: ClassVar[str]
    model: ClassVar[type[Model]]
    targets: ClassVar[tuple[Target, ...]]
    card_kind: ClassVar[str | None] = None
    needs: ClassVar[tuple[tuple[str, ...], ...]]

    def __init__(self, *, by: Staff | None, now: dt.datetime, zone: ZoneInfo) -> None:
        self.by, self.now, self.zone = by, now, zone
        self.mapped: frozenset[str] = frozenset()

    @classmethod
    def columns(cls) -> tuple[Target, ...]:
        """What a file can fill, the clinic's own fields on these cards included."""
        return (*cls.targets, *own_targets(cls.card_kind)) if cls.card_kind else cls.targets

    def load(self, mapped: frozenset[str]) -> None:
        """Read what is in the database already, with one query for each table."""
        self.mapped = mapped

    def complete(self, values: Values) -> list[tuple[str, Refused]]:
        """Fill in what follows from other columns; say what is wrong, by target column."""
        return []

    def twin(self, number: int, values: Values) -> Twin | None:
        """The record or earlier row that this row repeats."""
        raise NotImplementedError

    def accept(self, number: int, values: Values) -> None:
        """Take note that a row will be written; most kinds have noted it when they saw it."""

    def write(self, rows: Sequence[RowResult]) -> list[int]:
        """Write these rows within the open transaction; the keys of the new records."""
        raise NotImplementedError


def column_target(
    model: type[Model],
    name: str,
    words: dict[str, str],
    parse: Callable[..., Any] = clean_text,
    *,
    zoned: bool = False,
) -> Target:
    """A target that is a column of a table, with that column's label and length."""
    column = model._meta.fields[name]
    most = column.max_length if isinstance(column, CharField) else None
    return Target(name, label_of(column), words.get(name, ""), parse, most, zoned)


def choice_of(choices: dict[str, str], **words: str) -> Callable[[Cell], str | None]:
    """Understands a word of a fixed list by its code, its English label or another word."""
    known = {same(text): word for word, text in choices.items()}
    known |= {word: word for word in choices} | {same(text): word for text, word in words.items()}

    def parse(cell: Cell) -> str | None:
        text = clean_text(cell)
        if text is None:
            return None
        if same(text) not in known:
            raise Refused(
                "«%(value)s» is not one of: %(list)s.",
                value=text[:40],
                list=Nouns(choices.values()),
            )
        return known[same(text)]

    return parse


class Names:
    """Finds the rows of a small table by what files call them."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.keys: dict[str, set[int]] = {}

    def add(self, key: int, *names: str | None) -> None:
        for name in names:
            if name:
                self.keys.setdefault(same(name), set()).add(key)

    def find(self, name: str) -> int:
        """The key of the one row of that name; Refused when there is none, or more than one."""
        found = self.keys.get(same(name), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Refused("«%(name)s» can be several. Write the e-mail or code.", name=name[:60])
        raise Refused(
            "«%(name)s» is not in the list «%(list)s».", name=name[:60], list=Noun(self.what)
        )


def staff_names() -> Names:
    """Everyone who works here, by e-mail and by name in either order, with or without a title."""
    names = Names("Staff")
    people = Staff.select(Staff.id, Staff.last_name, Staff.first_name, Staff.email)
    for key, last, first, email in people.where(Staff.ended_on.is_null()).tuples():
        plain = (f"{last} {first}", f"{first} {last}")
        titled = tuple(f"{title} {name}" for title in ("dr", "asist") for name in plain)
        names.add(key, email, *plain, *titled)
    return names


def location_names() -> Names:
    """The open locations by name."""
    names = Names("Locations")
    for key, name in (
        Location.select(Location.id, Location.name).where(Location.ended_on.is_null()).tuples()
    ):
        names.add(key, name)
    return names


def default_location(names: Names, by: Staff | None) -> int | None:
    """Where a row belongs that names no location: the only one, else the importer's own."""
    keys = set().union(*names.keys.values()) if names.keys else set()
    if len(keys) == 1:
        return next(iter(keys))
    return by.location_id if by is not None else None


def look_up(
    values: Values, name: str, names: Names, problems: list[tuple[str, Refused]]
) -> int | None:
    """Replace a name in a row by the key that it stands for, or note why it cannot."""
    written = values.get(name)
    if written is None:
        return None
    try:
        values[name] = names.find(written)
    except Refused as refusal:
        problems.append((name, refusal))
        return None
    return int(values[name])


def inserted(model: type[Model], records: Sequence[Values]) -> list[int]:
    """Add rows with one statement; their keys in the order of the rows, as both engines count."""
    rows = model.insert_many(records).returning(model._meta.primary_key).tuples().execute()
    return sorted(key for (key,) in rows)


def lock_against_rivals(model: type[Model]) -> None:
    """Let no other import or form add rows until this act ends; SQLite has one writer anyway."""
    if not is_sqlite():
        table = model._meta.table_name
        database.execute_sql(f'LOCK TABLE "{table}" IN SHARE ROW EXCLUSIVE MODE')
