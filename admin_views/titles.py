"""Names of the rows that a page refers to: one query for each table, within rights and scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from peewee import OP, Expression, ForeignKeyField, Model

from admin_views.composed import rows_with_keys
from admin_views.language import row_names_with
from admin_views.plain_words import day_text, is_spoken, local, sayer
from admin_views.policy import can, can_see_table, readable_titles, scope, scoped
from schema.among import among
from schema.base import option
from schema.fields import InstantField
from schema.search import contains

Wanted = dict[type[Model], set[int]]


class TitleBook:
    """Learns names in bulk and tells them one by one; a row outside of the rights has none."""

    def __init__(self) -> None:
        self.names: dict[tuple[type[Model], int], str] = {}

    def learn(self, wanted: Wanted) -> None:
        """Look up the names of all these rows, and of the rows that those names are made of.

        A table waits until no other one can ask for more of its rows, so each is read once.
        """
        waiting: Wanted = defaultdict(set, {model: set(keys) for model, keys in wanted.items()})
        read: list[tuple[type[Model], list[tuple]]] = []
        while waiting:
            model = _first_to_read(waiting)
            rows = self._new_rows(model, waiting.pop(model))
            for place, field in enumerate(readable_titles(model) if rows else (), start=1):
                if isinstance(field, ForeignKeyField):
                    waiting[field.rel_model] |= {row[place] for row in rows}
            read.append((model, rows))
        for model, rows in reversed(read):
            self.note(model, rows)
            if option(model, "named_by"):
                self._name_after(model, {row[0] for row in rows})
            if option(model, "nameless"):
                self._name_otherwise(model, [row[0] for row in rows if not any(row[1:])])

    def _new_rows(self, model: type[Model], keys: set[int]) -> list[tuple]:
        new = sorted(key for key in keys if key is not None and (model, key) not in self.names)
        return _rows(model, new) if new and can_see_table(model) else []

    def note(self, model: type[Model], rows: list[tuple]) -> None:
        """Make names of rows that were read already: each its key and its readable titles."""
        fields = readable_titles(model) if rows else []
        joint = option(model, "joint") or " "
        for key, *values in rows:
            words = (self._word(field, value) for field, value in zip(fields, values, strict=True))
            self.names[model, key] = joint.join(filter(None, words)) or f"#{key}"

    def _name_after(self, model: type[Model], keys: set[int]) -> None:
        """Name rows as the rows that stand on them are named: a card as its lab order."""
        for key, child in standing_on(model):
            rows = scoped(child, child._meta.primary_key, key).where(among(key, keys)).tuples()
            on = dict(rows) if keys else {}
            self.learn({child: set(on)})
            for row, below in on.items():
                self.names[model, below] = self.names.get((child, row)) or self.names[model, below]
                keys.discard(below)

    def _name_otherwise(self, model: type[Model], keys: list[int]) -> None:
        """Name rows that have no title yet by what they are: «Draft invoice, Popa Ana»."""
        what, names = option(model, "nameless")
        fields = [model._meta.fields[name] for name in names if can("read", model, name)]
        key = model._meta.primary_key
        rows = list(model.select(key, *fields).where(among(key, keys)).tuples()) if keys else []
        for place, field in enumerate(fields, start=1):
            if isinstance(field, ForeignKeyField):
                self.learn({field.rel_model: {row[place] for row in rows}})
        for one, *values in rows:
            said = (self._word(field, value) for field, value in zip(fields, values, strict=True))
            self.names[model, one] = ", ".join(filter(None, (gettext(what), *said)))

    def _word(self, field: Any, value: Any) -> str:
        if isinstance(field, ForeignKeyField):
            return self.names.get((field.rel_model, value), "")
        if value is None:
            return ""
        if isinstance(field, InstantField) and field.name == "created_at":
            return day_text(local(value).date())
        return f"#{value}" if field.primary_key else sayer(field)(value)

    def name(self, model: type[Model], key: int | None) -> str:
        """The name of a row that was learnt; empty when it may not be known."""
        return self.names.get((model, key), "") if key is not None else ""


def standing_on(model: type[Model]) -> list[tuple[ForeignKeyField, type[Model]]]:
    """The tables whose rows name a row of `model` better than itself, if the person may read."""
    names = option(model, "named_by", ())
    found = {key.backref: (key, child) for key, child in model._meta.backrefs.items()}
    return [found[name] for name in names if can("read", *reversed(found[name]))]


def _first_to_read(waiting: Wanted) -> type[Model]:
    """A table that the names of no other waiting table are made of."""
    for model in waiting:
        if not any(model in _made_of(other) for other in waiting if other is not model):
            return model
    return next(iter(waiting))


def _made_of(model: type[Model], seen: frozenset = frozenset()) -> set[type[Model]]:
    """The tables whose rows the names of this one are made of, at any depth."""
    if model in seen:
        return set()
    below = {f.rel_model for f in readable_titles(model) if isinstance(f, ForeignKeyField)}
    return below.union(*(_made_of(other, seen | {model}) for other in below))


def _rows(model: type[Model], keys: list[int]) -> list[tuple]:
    key = model._meta.primary_key
    columns = [key, *readable_titles(model)]
    limit = scope(model)
    if limit is None:
        return rows_with_keys(columns, keys)
    return list(model.select(*columns).where(among(key, keys), limit).tuples())


def name_of(row: Model | None) -> str:
    """The name of one row as the person at the screen may know it."""
    if row is None:
        return ""
    book = TitleBook()
    book.learn({type(row): {row._pk}})
    return book.name(type(row), row._pk)


def named_like(model: type[Model], term: str) -> Any:
    """Keys of rows, within rights and scope, whose name has `term` inside; None if nameless."""
    test, key = title_has(model, term), model._meta.primary_key
    if test is not None and test.lhs is key and test.op == OP.IN and scope(model) is None:
        return test.rhs
    return None if test is None else scoped(model, key).where(test)


def title_has(model: type[Model], term: str) -> Expression | None:
    """True where a readable title column of `model`, or of a row it names, contains `term`."""
    if not can_see_table(model):
        return None
    fields = readable_titles(model)
    texts = [field.name for field in fields if field.field_type in ("VARCHAR", "TEXT")]
    tests = [contains(model, texts, term)] if texts else []
    names = row_names_with(term) if option(model, "spoken") else []
    tests += [field.in_(names) for field in fields if names and is_spoken(field)]
    for field in fields:
        if isinstance(field, ForeignKeyField):
            keys = named_like(field.rel_model, term)
            tests += [field.in_(keys)] if keys is not None else []
    for below, child in standing_on(model):
        test = title_has(child, term)
        if test is not None:
            tests.append(model._meta.primary_key.in_(scoped(child, below).where(test)))
    return _any(tests)


def _any(tests: Iterable[Expression]) -> Expression | None:
    found = None
    for test in tests:
        found = test if found is None else found | test
    return found


def ended(model: type[Model]) -> Expression | None:
    """True for rows that an act has ended; None where rows do not end."""
    name = option(model, "ends")
    return model._meta.fields[name].is_null(False) if name else None
