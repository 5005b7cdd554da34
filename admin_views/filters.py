"""Filters by type: `flt.<column>.<operation>=value` in the address, one meaning for every table."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from peewee import (
    BooleanField,
    DateField,
    DecimalField,
    Expression,
    Field,
    ForeignKeyField,
    IntegerField,
)

from admin_views.cells import text_maker
from admin_views.columns import Column
from admin_views.filter_values import BadFilter, day_of, number_of, wanted_value
from admin_views.language import row_names_with
from admin_views.people import current_person
from admin_views.plain_words import is_code, is_spoken
from admin_views.relative import MOST_DAYS, PERIODS, between, in_period, older_than
from admin_views.sentences import in_words
from admin_views.titles import TitleBook, named_like
from schema.base import table_name, utcnow
from schema.fields import InstantField
from schema.search import contains

OPERATIONS = {
    "has": lazy_gettext("contains"),
    "is": lazy_gettext("is"),
    "any": lazy_gettext("is one of"),
    "not": lazy_gettext("is not"),
    "me": lazy_gettext("is me"),
    "here": lazy_gettext("is my location"),
    "in": lazy_gettext("when"),
    "from": lazy_gettext("from"),
    "to": lazy_gettext("up to"),
    "older": lazy_gettext("is more days ago than"),
    "empty": lazy_gettext("is empty"),
    "filled": lazy_gettext("is filled"),
}
WITHOUT_VALUE = ("empty", "filled", "me", "here")
YES_NO = (("1", lazy_gettext("Yes")), ("0", lazy_gettext("No")))


@dataclass(frozen=True)
class Filter:
    """One condition as the person chose it."""

    column: Column
    operation: str
    value: str

    @property
    def argument(self) -> str:
        return f"flt.{self.column.name}.{self.operation}"

    def condition(self, row_by_row: bool = False) -> Expression:
        """The condition on the listed table; `row_by_row` looks at each row's own card instead of
        gathering all cards that fit. Raises BadFilter in words."""
        return self.column.rows_where(
            self.operation,
            lambda field, operation: _test(field, operation, self.value),
            row_by_row,
        )

    def text(self, book: TitleBook | None = None) -> str:
        """The filter in words; a name that `book` knows is not looked up again."""
        if self.operation == "in":
            return f"{gettext(self.column.label)}: {self.shown()}"
        said = f"{gettext(self.column.label)} {OPERATIONS[self.operation]}"
        return said if self.operation in WITHOUT_VALUE else f"{said} «{self.shown(book)}»"

    def shown(self, book: TitleBook | None = None) -> str:
        """The value as people read it: the word of a choice, the name of a row."""
        field = self.column.field
        if self.operation == "in":
            return str(PERIODS[self.value])
        if isinstance(field, ForeignKeyField) and self.operation in ("is", "not"):
            book = book or TitleBook()
            book.learn({field.rel_model: {int(self.value)} if self.value.isdigit() else set()})
            return book.name(field.rel_model, int(self.value)) or f"#{self.value}"
        if field.choices:
            say = text_maker(field)
            return ", ".join(say(word, TitleBook()) for word in self.value.split(","))
        return str(dict(YES_NO)[self.value]) if isinstance(field, BooleanField) else self.value


def kind_of(field: Field) -> str:
    """What the person types: `text`, `number`, `day`, `choice`, `yes_no` or `row`."""
    if isinstance(field, ForeignKeyField):
        return "row"
    if field.choices:
        return "choice"
    for kind, word in (
        (BooleanField, "yes_no"),
        (InstantField, "day"),
        (DateField, "day"),
        (IntegerField, "number"),
        (DecimalField, "number"),
    ):
        if isinstance(field, kind):
            return word
    return "text"


def operations_of(field: Field) -> list[str]:
    """The operations that make sense for a column."""
    basic = {
        "row": ["has", "is", "not"],
        "choice": ["is", "any", "not"],
        "yes_no": ["is"],
        "day": ["in", "from", "to", "is", "older"],
        "number": ["is", "from", "to"],
        "text": ["has", "is"],
    }[kind_of(field)]
    whose = {"staff": ["me"], "location": ["here"]}
    mine = whose.get(table_name(field.rel_model), []) if kind_of(field) == "row" else []
    return mine + basic + (["empty", "filled"] if field.null else [])


def _test(field: Field, operation: str, value: str) -> Expression:
    if operation in ("empty", "filled"):
        return field.is_null(operation == "empty")
    if operation in ("me", "here"):
        return field == _mine(operation)
    kind = kind_of(field)
    if kind == "text":
        return _text_test(field, operation, value)
    if kind == "row" and operation == "has":
        keys = named_like(field.rel_model, value)
        return field.in_(keys if keys is not None else [])
    if kind == "day":
        return _day_test(field, operation, value)
    if operation == "any":
        return field.in_([wanted_value(field, kind, one) for one in value.split(",")])
    wanted = wanted_value(field, kind, value)
    if operation == "from":
        return field >= wanted
    if operation == "to":
        return field <= wanted
    if operation == "is" and wanted is False:
        return ~field  # as the partial indexes say it
    return field == wanted if operation == "is" else (field != wanted) | field.is_null()


def _text_test(field: Field, operation: str, value: str) -> Expression:
    if is_code(field):
        value = value.strip().lower().replace(" ", "_")
    if operation == "has":
        test = contains(field.model, [field.name], value)
        names = row_names_with(value) if is_spoken(field) else []
        return test | field.in_(names) if names else test
    try:
        return field == field.db_value(value)
    except ValueError as error:
        raise BadFilter(in_words(error)) from None


def _mine(operation: str) -> int:
    person = current_person()
    assert person is not None
    key = person.staff_id if operation == "me" else person.location_id
    if key is None:
        raise BadFilter(gettext("You have no location of your own."))
    return key


def _day_test(field: Field, operation: str, value: str) -> Expression:
    if operation == "in":
        if value not in PERIODS:
            raise BadFilter(gettext("«%(value)s» is not in the list.", value=value))
        return in_period(field, value, utcnow())
    if operation == "older":
        days = number_of(value)
        if not 0 <= days <= MOST_DAYS:
            raise BadFilter(gettext("That number is too large."))
        return older_than(field, days, utcnow())
    day = day_of(value)
    first = None if operation == "to" else day
    return between(field, first, None if operation == "from" else day)
