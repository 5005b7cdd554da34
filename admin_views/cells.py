"""How one value looks: to people on a page, and to a spreadsheet in an export."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from flask import current_app
from flask_babel import gettext
from markupsafe import Markup, escape
from peewee import BooleanField, DateField, Field, ForeignKeyField, IntegerField

from admin_views.titles import TitleBook
from schema.fields import InstantField, LinkField, MoneyField, PhoneField, ToothField

SHORT = 80
NOTHING = Markup('<span class="faint">–</span>')


def clinic_zone() -> ZoneInfo:
    """The zone in which the clinic reads its clocks."""
    return ZoneInfo(current_app.config["CLINIC_TIMEZONE"])


def local(moment: dt.datetime) -> dt.datetime:
    """A UTC moment on the clinic's clock."""
    return moment.astimezone(clinic_zone())


def money_text(minor: int) -> str:
    """`1.234,56` for 123456 minor units."""
    sign = "-" if minor < 0 else ""
    whole, part = divmod(abs(minor), 100)
    return f"{sign}{whole:,}".replace(",", ".") + f",{part:02d}"


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


def day_text(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def moment_text(moment: dt.datetime) -> str:
    return f"{local(moment):%d.%m.%Y %H:%M}"


def yes_text(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


SAYERS: tuple[tuple[type[Field], Callable[[Any], str]], ...] = (
    (BooleanField, yes_text),
    (InstantField, moment_text),
    (DateField, day_text),
    (MoneyField, money_text),
    (PhoneField, phone_text),
)


def text_maker(field: Field) -> Callable[[Any, TitleBook], str]:
    """The function that says a value of this column in plain text."""
    if isinstance(field, ForeignKeyField):
        return lambda value, book: book.name(field.rel_model, value)
    if field.choices:
        words = dict(field.choices)
        return lambda value, _: gettext(words.get(value, str(value)))
    say = next((say for kind, say in SAYERS if isinstance(field, kind)), str)
    return lambda value, _: say(value)


def cell_maker(field: Field, short: bool = True) -> Callable[[Any, TitleBook], Markup]:
    """The function that shows a value of this column on a page; lists show long text shortened."""
    if isinstance(field, LinkField):
        return lambda value, _: _link(value) if value else NOTHING
    say = text_maker(field)

    def cell(value: Any, book: TitleBook) -> Markup:
        if value is None or value == "":
            return NOTHING
        text = say(value, book)
        if short and len(text) > SHORT:
            text = text[: SHORT - 1] + "…"
        return escape(text) if text else NOTHING

    return cell


def _link(address: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer" target="_blank">{}</a>').format(
        address, address.split("/")[2]
    )


def is_number(field: Field) -> bool:
    """Whether values line up on the right."""
    plain = isinstance(field, IntegerField | MoneyField)
    return plain and not isinstance(field, ForeignKeyField | ToothField) and not field.choices
