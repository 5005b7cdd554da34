"""Names of the rows that a page refers to: one query for each table, within rights and scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from peewee import Expression, ForeignKeyField, Model

from admin_views.composed import rows_with_keys
from admin_views.policy import can_see_table, readable_titles, scope, scoped
from schema.base import option
from schema.search import contains

Wanted = dict[type[Model], set[int]]
PART = 500


class TitleBook:
    """Learns names in bulk and tells them one by one; a row outside of the rights has none."""

    def __init__(self) -> None:
        self.names: dict[tuple[type[Model], int], str] = {}

    def learn(self, wanted: Wanted) -> None:
        """Look up the names of all these rows, and of the rows that those names are made of."""
        rows: dict[type[Model], list[tuple]] = {}
        deeper: Wanted = defaultdict(set)
        for model, keys in wanted.items():
            new = sorted(key for key in keys if key is not None and (model, key) not in self.names)
            if not new or not can_see_table(model):
                continue
            rows[model] = _rows(model, new)
            for place, field in enumerate(readable_titles(model), start=1):
                if isinstance(field, ForeignKeyField):
                    deeper[field.rel_model] |= {row[place] for row in rows[model]}
        if deeper:
            self.learn(deeper)
        for model, found in rows.items():
            self._write(model, found)

    def _write(self, model: type[Model], rows: list[tuple]) -> None:
        fields = readable_titles(model)
        for key, *values in rows:
            words = (self._word(field, value) for field, value in zip(fields, values, strict=True))
            self.names[model, key] = " ".join(filter(None, words))

    def _word(self, field: Any, value: Any) -> str:
        if isinstance(field, ForeignKeyField):
            return self.names.get((field.rel_model, value), "")
        if value is None:
            return ""
        return f"#{value}" if field.primary_key else str(value)

    def name(self, model: type[Model], key: int | None) -> str:
        """The name of a row that was learnt; empty when it may not be known."""
        return self.names.get((model, key), "") if key is not None else ""


def _rows(model: type[Model], keys: list[int]) -> list[tuple]:
    key = model._meta.primary_key
    columns = [key, *readable_titles(model)]
    limit = scope(model)
    if limit is None:
        return rows_with_keys(columns, keys)
    return list(model.select(*columns).where(key.in_(keys), limit).tuples())


def name_of(row: Model | None) -> str:
    """The name of one row as the person at the screen may know it."""
    if row is None:
        return ""
    book = TitleBook()
    book.learn({type(row): {row._pk}})
    return book.name(type(row), row._pk)


def named_like(model: type[Model], term: str) -> Any:
    """Keys of rows, within rights and scope, whose name has `term` inside; None if nameless."""
    test = title_has(model, term)
    return None if test is None else scoped(model, model._meta.primary_key).where(test)


def title_has(model: type[Model], term: str) -> Expression | None:
    """True where a readable title column of `model`, or of a row it names, contains `term`."""
    if not can_see_table(model):
        return None
    fields = readable_titles(model)
    texts = [field.name for field in fields if field.field_type in ("VARCHAR", "TEXT")]
    tests = [contains(model, texts, term)] if texts else []
    for field in fields:
        if isinstance(field, ForeignKeyField):
            keys = named_like(field.rel_model, term)
            tests += [field.in_(keys)] if keys is not None else []
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
