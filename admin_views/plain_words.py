"""Plain values in words: days, moments on the clinic's clock, amounts, phones, choices, codes."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import get_day_names, get_month_names
from flask import current_app
from flask_babel import gettext, pgettext
from peewee import BooleanField, DateField, DecimalField, Field

from admin_views.catalogues import ENGLISH
from admin_views.devices import device_text
from admin_views.language import language, row_name
from admin_views.people import current_person
from admin_views.spans import lasting, plain_span
from schema import TABLES
from schema.base import code_words, label, option, singular, table_name
from schema.fields import ClockField, InstantField, MoneyField, PhoneField, WeekdayField
from schema.measures import ScaledField, SpanField
from schema.names import DeviceField, ReasonField
from schema.workflow.weeks import clock_text

GROUPS = {"ro": ".", "en": ","}
TURNED = str.maketrans(",.", ".,")


def clinic_zone() -> ZoneInfo:
    """The zone in which the clinic reads its clocks: its own row's, else the server's setting."""
    person = current_person()
    named = person.zone if person else None
    return ZoneInfo(named or current_app.config["CLINIC_TIMEZONE"])


def local(moment: dt.datetime) -> dt.datetime:
    """A UTC moment on the clinic's clock."""
    return moment.astimezone(clinic_zone())


def plain_money(minor: int) -> str:
    """`1.234,56` for 123456 minor units, whatever the reader's language."""
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 100)
    return f"{sign}{count_text(whole, GROUPS['ro'])},{part:02d}"


def money_text(minor: int) -> str:
    """`1.234,56` for 123456 minor units; `1,234.56` to readers of English."""
    text = plain_money(minor)
    return text if language() != ENGLISH else text.translate(TURNED)


def count_text(number: int, mark: str = "") -> str:
    """`12.345`, or `12,345` to readers of English."""
    return f"{number:,}".replace(",", mark or GROUPS.get(language(), "."))


@lru_cache(maxsize=20_000)
def phone_text(number: str) -> str:
    """`0722 418 330` for a Romanian number, the international form for others."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = phonenumbers.region_code_for_number(parsed) == "RO"
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if at_home else form.INTERNATIONAL)


def plain_number(number: Decimal) -> str:
    """`2,5` for 2.5000, whatever the reader's language."""
    return f"{number.normalize():f}".replace(".", ",")


def number_text(number: Decimal) -> str:
    """`2,5` for 2.5000; `2.5` to readers of English."""
    text = plain_number(number)
    return text if language() != ENGLISH else text.translate(TURNED)


def scaled_text(field: ScaledField, kept: int) -> str:
    """`12.4 mm` for 124 tenths; `1.2350` where each digit is kept."""
    return _scaled(field, kept) if not _english() else _scaled(field, kept).translate(TURNED)


def _scaled(field: ScaledField, kept: int) -> str:
    number = Decimal(kept).scaleb(-field.digits)
    said = f"{number:f}".replace(".", ",") if field.every_digit else plain_number(number)
    return f"{said} {field.unit}".rstrip()


def plain_day(day: dt.date) -> str:
    """`21.11.2026`, whatever the reader's language."""
    return f"{day:%d.%m.%Y}"


def plain_moment(moment: dt.datetime) -> str:
    """`21.11.2026 14:30` on the clinic's clock, whatever the reader's language."""
    return f"{local(moment):%d.%m.%Y %H:%M}"


def day_text(day: dt.date) -> str:
    """`21.11.2026`, or `21 Nov 2026` to readers of English."""
    return f"{day.day} {_months()[day.month]} {day.year}" if _english() else plain_day(day)


def moment_text(moment: dt.datetime) -> str:
    """`21.11.2026 14:30`, or `21 Nov 2026, 14:30` to readers of English; the clinic's clock."""
    if not _english():
        return plain_moment(moment)
    here = local(moment)
    return f"{day_text(here)}, {here:%H:%M}"


def _english() -> bool:
    return language() == ENGLISH


@lru_cache(maxsize=1)
def _months() -> Mapping[int, str]:
    return get_month_names("abbreviated", locale=ENGLISH)


def near_day_text(day: dt.date) -> str:
    """`Mon 23`, in the reader's language."""
    return f"{_weekdays(language())[day.weekday()]} {day.day}"


@lru_cache(maxsize=9)
def _weekdays(language: str) -> Mapping[int, str]:
    return get_day_names("abbreviated", locale=language)


def weekday_text(day: int) -> str:
    """`Monday` for 1, in the reader's language."""
    return get_day_names("wide", locale=language())[day - 1].capitalize()


def yes_text(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


def code_text(code: str) -> str:
    """`Inquiry received` for lead_received; a table or a column by its own name."""
    if code in _tables():
        return gettext(singular(_tables()[code]))
    if code in _columns():
        return gettext(_columns()[code])
    return row_name(code_words(code))


def reason_text(reason: str) -> str:
    """`Run visits` for run_visits, a work of the clock; what people wrote stays as it is."""
    return code_text(reason) if re.fullmatch("[a-z]+(_[a-z]+)+", reason) else reason


def codes_text(codes: str) -> str:
    """The words of one code, or of several with commas between them."""
    return ", ".join(code_text(code) for code in codes.split(",") if code)


@lru_cache(maxsize=1)
def _columns() -> dict[str, str]:
    """The label of each name of a column; where two tables differ, the first one's."""
    fields = (field for model in reversed(TABLES) for field in model._meta.sorted_fields)
    return {field.name: label(field) for field in fields}


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return {table_name(model): model for model in TABLES}


PLAIN: dict[Any, Callable[[Any], str]] = {
    moment_text: plain_moment,
    day_text: plain_day,
    money_text: plain_money,
    number_text: plain_number,
    lasting: plain_span,
}
SAYERS: tuple[tuple[type[Field], Callable[[Any], str]], ...] = (
    (BooleanField, yes_text),
    (InstantField, moment_text),
    (DateField, day_text),
    (DecimalField, number_text),
    (MoneyField, money_text),
    (PhoneField, phone_text),
    (ClockField, clock_text),
    (DeviceField, device_text),
    (ReasonField, reason_text),
    (SpanField, lasting),
    (WeekdayField, weekday_text),
)


@lru_cache(maxsize=5000)
def sayer(field: Field) -> Callable[[Any], str]:
    """The function that says a value of this column, which is no reference, in words."""
    if field.choices:
        return lambda value: choice_text(field, value)
    if is_code(field):
        return codes_text
    if is_spoken(field):
        return row_name
    if isinstance(field, ScaledField):
        return partial(scaled_text, field)
    return next((say for kind, say in SAYERS if isinstance(field, kind)), str)


def plain_sayer(field: Field) -> Callable[[Any], str]:
    """As `sayer`, with days and amounts in the one form that every spreadsheet here reads."""
    if isinstance(field, ScaledField):
        return partial(_scaled, field)
    say = sayer(field)
    return PLAIN.get(say, say)


def choice_text(field: Field, value: Any) -> str:
    """The word of a choice; a translator may give it another one in this very column."""
    place = f"{field.model._meta.table_name}.{field.name}"
    return pgettext(place, _words(field).get(value, str(value)))


@lru_cache(maxsize=1000)
def _words(field: Field) -> dict[Any, str]:
    return dict(field.choices)


def is_spoken(field: Field) -> bool:
    """Whether a column holds names that may be those of first rows (`Meta.spoken`)."""
    return field.name in option(field.model, "spoken", ())


def is_code(field: Field) -> bool:
    """Whether a column of text holds a code of the program (`Meta.coded`), read as words."""
    return field.name in option(field.model, "coded", ())
