"""Who is the same person: by code, personal number, name and birth day, telephone, e-mail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from schema.database import fold
from schema.sayings import Noun, Nouns
from schema.workflow import Refused
from schema.workflow.import_rows import CHANGED, DOUBLE, KNOWN, Twin, Values
from schema.workflow.values import same


class Person(NamedTuple):
    """Somebody in the database (`row` is 0) or in an earlier row of the file."""

    row: int
    title: str | Refused
    values: Values
    key: int | None = None


def name_key(*names: str | None) -> str:
    """A name without case, accents and order: «Ionescu Maria» is «maria IONESCU»."""
    return " ".join(sorted(same(" ".join(name for name in names if name)).split()))


class People:
    """Everyone known so far; `sure` columns name one person, `hints` may be shared by a family."""

    def __init__(
        self,
        *,
        sure: tuple[str, ...],
        hints: tuple[str, ...],
        labels: dict[str, str],
        naming: tuple[str, ...] = ("last_name", "first_name"),
    ) -> None:
        self.sure, self.hints, self.labels, self.naming = sure, hints, labels, naming
        self.by_name: dict[str, list[Person]] = {}
        self.by_value: dict[tuple[str, str], Person] = {}

    def add(self, person: Person) -> None:
        values = person.values
        self.by_name.setdefault(self._key(values), []).append(person)
        for column in self.sure + self.hints:
            if values.get(column):
                self.by_value.setdefault((column, _plain(values[column])), person)

    def twin(self, values: Values) -> Twin | None:
        """The person whom these values repeat, and how sure that is."""
        namesakes = self.by_name.get(self._key(values), [])
        for person in namesakes:
            if not self.differing(person, values):
                return self._same(person)
        return self._sure(values) or self._namesake(namesakes, values) or self._hint(values)

    def differing(self, person: Person, values: Values) -> list[str]:
        """Labels of the columns in which the file says something else; empty cells say nothing."""
        return [
            self.labels[name]
            for name, value in values.items()
            if name in self.labels and value is not None and not _equal(person, name, value)
        ]

    def _key(self, values: Values) -> str:
        return name_key(*(values.get(name) for name in self.naming))

    def _same(self, person: Person) -> Twin:
        if person.row:
            return Twin(DOUBLE, Refused("The same as row %(row)d.", row=person.row))
        says = Refused("%(title)s.", title=person.title)
        return Twin(KNOWN, says, may_create=False, key=person.key)

    def _sure(self, values: Values) -> Twin | None:
        for column in self.sure:
            person = self.by_value.get((column, _plain(values.get(column))))
            if person is not None:
                return self._changed(person, values, may_create=False)
        return None

    def _namesake(self, namesakes: Iterable[Person], values: Values) -> Twin | None:
        for person in namesakes:
            born = (person.values.get("birth_on"), values.get("birth_on"))
            shared = any(
                values.get(column) and _equal(person, column, values[column])
                for column in self.hints
            )
            if (born[0] is not None and born[0] == born[1]) or (None in born and shared):
                return self._changed(person, values, may_create=True)
        return None

    def _hint(self, values: Values) -> Twin | None:
        for column in self.hints:
            person = self.by_value.get((column, _plain(values.get(column))))
            if person is not None:
                facts = {"column": Noun(self.labels[column]), "title": person.title}
                if person.row:
                    says = Refused("The same %(column)s as %(title)s.", **facts)
                else:
                    says = Refused("The same %(column)s as %(title)s, who is here.", **facts)
                return Twin(DOUBLE, says, key=person.key)
        return None

    def _changed(self, person: Person, values: Values, *, may_create: bool) -> Twin:
        columns = Nouns(self.differing(person, values))
        says = Refused("%(title)s; other: %(columns)s.", title=person.title, columns=columns)
        return Twin(DOUBLE if person.row else CHANGED, says, may_create, key=person.key)


def _plain(value: object) -> str:
    return (fold(str(value)) or "") if value else ""


def _equal(person: Person, name: str, value: object) -> bool:
    known = person.values.get(name)
    if isinstance(value, str) and isinstance(known, str):
        return known == value
    if isinstance(known, dt.datetime | dt.date) or known is None:
        return known == value
    return str(known) == str(value)
