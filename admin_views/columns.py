"""The columns of a table as people see them: its own, its card's, and those the clinic added."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar

from peewee import ForeignKeyField, Model

from admin_views.column import Column
from admin_views.own_columns import listed_columns, own_columns
from schema.base import option

HOUSEKEEPING = ("id", "row_version", "created_at", "rights_stamp")
IN_LISTS = ("stage", "responsible", "due_at", "priority")
ON_SUBTYPES = (*IN_LISTS, "pipeline", "location", "opened_at", "closed_at", "at_risk")
Found = TypeVar("Found")


def _remembered(work: Callable[[Any], Found]) -> Callable[[Any], Found]:
    """A table never changes while the program runs, so its columns are worked out once."""
    return cache(work)


def supertype_of(model: type[Model]) -> ForeignKeyField | None:
    """The key to the card under a lead, a plan, a claim, an order or a track."""
    name = option(model, "supertype")
    return model._meta.fields[name] if name else None


def columns_of(model: type[Model]) -> dict[str, Column]:
    """Every column that a screen may ever show, by name; secrets and housekeeping are left out."""
    return {**fixed_columns(model), **own_columns(model)}


@_remembered
def fixed_columns(model: Any) -> dict[str, Column]:
    """The columns that the schema gives, without those that the clinic added."""
    kept = [f for f in model._meta.sorted_fields if f.name not in option(model, "secret", ())]
    found = {f.name: Column(f.name, f) for f in kept if f.name not in HOUSEKEEPING}
    above = supertype_of(model)
    if above is not None:
        for name in ON_SUBTYPES:
            field = above.rel_model._meta.fields[name]
            found[f"{above.name}.{name}"] = Column(f"{above.name}.{name}", field, above)
        found.pop(above.name, None)
    return found


def shown_columns(model: type[Model]) -> tuple[Column, ...]:
    """The columns of the list: `Meta.shown`, else the first short ones; card's; clinic's."""
    return (*_fixed_shown(model), *listed_columns(model))


@_remembered
def _fixed_shown(model: Any) -> tuple[Column, ...]:
    every = fixed_columns(model)
    names = option(model, "shown") or [c.name for c in every.values() if not c.is_long][:9]
    chosen = [every[name] for name in names if name in every]
    if any(column.via for column in chosen):  # the table says itself which of its card's it shows
        return tuple(chosen)
    on_card = [c for c in every.values() if c.via and c.field.name in IN_LISTS]
    return (*chosen, *on_card)


def readable(columns: tuple[Column, ...] | Iterator[Column]) -> list[Column]:
    return [column for column in columns if column.readable()]
