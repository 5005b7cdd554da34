"""One column as people see it: of the table, of the card below it, or of the clinic's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from peewee import SQL, BlobField, Expression, Field, ForeignKeyField, Model, TextField, fn

from admin_views.policy import can
from schema.base import label

Test = Callable[[Field, str], Expression]


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

    def rows_where(self, operation: str, test: Test, row_by_row: bool = False) -> Expression:
        """The condition on the listed table that `test` makes of a column and an operation.

        `row_by_row` looks at each row's own card instead of gathering all cards that fit.
        """
        if self.via is None:
            return test(self.field, operation)
        above = self.via.rel_model
        if row_by_row:
            here = above._meta.primary_key == self.via
            return fn.EXISTS(above.select(SQL("1")).where(here, test(self.field, operation)))
        return self.via.in_(
            above.select(above._meta.primary_key).where(test(self.field, operation))
        )
