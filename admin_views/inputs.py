"""Form fields for the clinic's column types; what was typed stays until it makes sense."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from markupsafe import Markup
from peewee import ForeignKeyField, Model
from wtforms import Field, IntegerField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import HiddenInput, TextInput

from admin_views.near import near_columns
from admin_views.numbers_in import number_in
from admin_views.options import attributes
from admin_views.plain_words import (
    clinic_zone,
    money_text,
    number_text,
    phone_text,
    plain_day,
    plain_moment,
)
from admin_views.sentences import in_words
from schema.workflow import Refused
from schema.workflow.value_days import parse_day, parse_moment
from schema.workflow.values import parse_amount, parse_decimal, parse_whole
from schema.workflow.weeks import clock_text, read_clock

SMALLEST, LARGEST = -(2**31), 2**31 - 1


class TypedField(Field):
    """A text box that keeps what was typed until it makes sense."""

    widget: Any = TextInput()
    helped: dict[str, Any] = {}  # how the browser helps to type it; see days.js

    def say(self, value: Any) -> str:
        return str(value)

    def understand(self, text: str) -> Any:
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.say(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = self.understand(text)
            except (Refused, ValueError) as error:
                raise ValueError(in_words(error)) from None

    def __call__(self, **kwargs: Any) -> Markup:
        return Markup(super().__call__(**self.helped, **kwargs))


class MoneyInput(TypedField):
    """`1.234,56` typed and shown; minor units kept."""

    helped = {"inputmode": "decimal"}

    def say(self, value: int) -> str:
        return money_text(value)

    def understand(self, text: str) -> int | None:
        return parse_amount(text)


class BalanceInput(MoneyInput):
    """An amount that may be below zero: telephones show no minus beside their digits."""

    helped = {"inputmode": "text"}


class WholeInput(TypedField):
    """A whole number within what the database holds."""

    helped = {"inputmode": "numeric"}

    def understand(self, text: str) -> int:
        number = parse_whole(text)
        assert number is not None
        if not SMALLEST <= number <= LARGEST:
            raise ValueError(gettext("That number is too large."))
        return number


class ClockInput(TypedField):
    """A time of day as `08:30`; minutes after midnight kept. `24:00` is midnight at the end."""

    helped = {"data-clock": True}

    def say(self, value: int) -> str:
        return clock_text(value)

    def understand(self, text: str) -> int | None:
        return read_clock(text)


class NumberInput(TypedField):
    """A number with a decimal point or comma; never infinite, never a binary fraction."""

    def say(self, value: Decimal) -> str:
        return number_text(value)

    def understand(self, text: str) -> Decimal:
        return parse_decimal(text)


class DayInput(TypedField):
    """A day, as 31.12.2025 in either language: a browser's own picker follows the browser's."""

    helped = {"data-day": True}

    def say(self, value: Any) -> str:
        return plain_day(value) if isinstance(value, dt.date) else str(value)

    def understand(self, text: str) -> dt.date:
        day = parse_day(text)
        if day is None or not 1850 <= day.year <= 2200:
            raise ValueError(gettext("Choose a day between 1850 and 2200."))
        return day


class MomentInput(TypedField):
    """A moment on the clinic's clock; kept in UTC. A clock that jumps is told, not guessed."""

    helped = {"data-moment": True}

    def say(self, value: dt.datetime) -> str:
        return plain_moment(value)

    def understand(self, text: str) -> dt.datetime | None:
        same = self.object_data
        if isinstance(same, dt.datetime) and self.say(same) == text:
            return same
        return parse_moment(text, clinic_zone())


class NormalInput(StringField):
    """Text with a normal form: a phone, an e-mail, a link. What stands already may stay."""

    def __init__(self, *args: Any, normal: Callable[[str], str | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.normal = normal

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        text = self.data or ""
        return phone_text(text) if text.startswith("+") else text

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        if text and text == self.object_data:
            return
        try:
            self.data = self.normal(text) if text else None
        except (Refused, ValueError) as error:
            self.data = text
            raise ValueError(in_words(error)) from None


class PickerField(Field):
    """A reference to a row of a large table, found by typing; its key is kept."""

    def __init__(
        self, *args: Any, column: ForeignKeyField, lookup: str, may_be_empty: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.column, self.lookup, self.may_be_empty = column, lookup, may_be_empty
        self.target: type[Model] = column.rel_model
        self.lookup_url = ""
        self.shown = ""
        self.known = True

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = number_in(text)
        if text and self.data is None:
            self.shown = text
            raise ValueError(gettext("Choose a row from the list."))

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not self.known:
            raise ValidationError(gettext("Choose a row that exists."))

    def __call__(self, **kwargs: Any) -> Markup:
        kwargs["class"] = f"{kwargs.get('class', 'form-control')} picker-text"
        described = {k: v for k, v in kwargs.items() if k != "id"}
        near = near_columns(self.column)
        return Markup(
            '<div class="picker" data-url="{}"{}{}>'
            '<input type="hidden" name="{}" value="{}">'
            '<input type="text" id="{}" role="combobox" aria-expanded="false" '
            'autocomplete="off" value="{}" {}></div>'
        ).format(
            self.lookup_url,
            Markup(' data-blank="1"') if self.may_be_empty else "",
            Markup(' data-near="{}"').format(" ".join(near)) if near else "",
            self.name,
            "" if self.data is None else self.data,
            self.id,
            self.shown,
            attributes(**described),
        )


class VersionInput(IntegerField):
    """The row version that the person saw; a missing or forged one never matches."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = number_in(valuelist[0]) if valuelist else None


def blank(fields: Iterable[Field]) -> bool:
    """Whether nothing was typed or chosen in a row of fields (hidden ones and ticks aside)."""
    typed = [f for f in fields if f.type not in ("VersionInput", "HiddenField", "BooleanField")]
    return all(f.data in (None, "") or f.data == f.default for f in typed) and not any(
        f.raw_data and str(f.raw_data[0]).strip() and f.data != f.default for f in typed
    )
