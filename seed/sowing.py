"""Puts first rows where they are missing; what the clinic has made of a row is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import Model

BATCH = 200


def sow(
    model: type[Model], unique_by: tuple[str, ...], rows: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Insert the rows of which none has the same `unique_by` yet; the rows that were missing."""
    there = known(model, unique_by)
    missing = [dict(row) for row in rows if key_of(row, unique_by) not in there]
    for start in range(0, len(missing), BATCH):
        model.insert_many(missing[start : start + BATCH]).execute()
    return missing


def sow_once(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert the rows into a table that is still empty: its rows have no code to know them by."""
    if not model.select().exists():
        model.insert_many([dict(row) for row in rows]).execute()


def known(model: type[Model], unique_by: tuple[str, ...]) -> set[tuple[Any, ...]]:
    """The keys that the table holds already."""
    fields = [model._meta.fields[name] for name in unique_by]
    return set(model.select(*fields).tuples())


def key_of(row: Mapping[str, Any], unique_by: tuple[str, ...]) -> tuple[Any, ...]:
    """The key of a row to be sown; a row that it refers to counts by its number."""
    values = (row.get(name) for name in unique_by)
    return tuple(value.get_id() if isinstance(value, Model) else value for value in values)


def ids(model: type[Model], name: str = "code") -> dict[str, int]:
    """The number of each row by its code."""
    return dict(model.select(model._meta.fields[name], model._meta.primary_key).tuples())
