"""The columns of a table as people see them: its own, and those of the card that it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from peewee import BlobField, Field, ForeignKeyField, Model, TextField

from admin_views.policy import can
from schema.base import label, option

HOUSEKEEPING = ("id", "row_version", "created_at")
ON_SUBTYPES = ("stage", "responsible", "due_at", "priority", "at_risk", "closed_at")
IN_LISTS = ON_SUBTYPES[:4]
Found = TypeVar("Found")


def _remembered(work: Callable[[Any], Found]) -> Callable[[Any], Found]:
    """A table never changes while the program runs, so its columns are worked out once."""
    return cache(work)


@dataclass(frozen=True)
class Column:
    """A column by name: `due_on`, or `card.stage` when it belongs to the supertype."""

    name: str
    field: Field
    via: ForeignKeyField | None = None

    @property
    def label(self) -> str:
        return label(self.field)

    @property
    def relation(self) -> type[Model] | None:
        """The table that this column refers to, if it is a reference."""
        return self.field.rel_model if isinstance(self.field, ForeignKeyField) else None

    @property
    def is_long(self) -> bool:
        return isinstance(self.field, TextField | BlobField)

    def readable(self) -> bool:
        """Whether the person at the screen may see this column."""
        if self.via is not None and not can("read", self.via.model, self.via):
            return False
        return can("read", self.field.model, self.field)


def supertype_of(model: type[Model]) -> ForeignKeyField | None:
    """The key to the card under a lead, a plan, a claim, an order or a track."""
    name = option(model, "supertype")
    return model._meta.fields[name] if name else None


@_remembered
def columns_of(model: Any) -> dict[str, Column]:
    """Every column that a screen may ever show, by name; secrets and housekeeping are left out."""
    kept = [f for f in model._meta.sorted_fields if f.name not in option(model, "secret", ())]
    found = {f.name: Column(f.name, f) for f in kept if f.name not in HOUSEKEEPING}
    above = supertype_of(model)
    if above is not None:
        for name in option(above.rel_model, "on_subtypes", ON_SUBTYPES):
            field = above.rel_model._meta.fields[name]
            found[f"{above.name}.{name}"] = Column(f"{above.name}.{name}", field, above)
        found.pop(above.name, None)
    return found


@_remembered
def shown_columns(model: Any) -> tuple[Column, ...]:
    """The columns of the list: `Meta.shown`, else the first short ones; then the card's."""
    every = columns_of(model)
    names = option(model, "shown") or [c.name for c in every.values() if not c.is_long][:9]
    chosen = [every[name] for name in names if name in every]
    on_card = [c for c in every.values() if c.via and c.field.name in IN_LISTS and c not in chosen]
    return (*chosen, *on_card)


def readable(columns: tuple[Column, ...] | Iterator[Column]) -> list[Column]:
    return [column for column in columns if column.readable()]
