"""Plain values in words: days, moments on the clinic's clock, amounts, phones, choices, codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from flask import current_app
from flask_babel import gettext
from peewee import BooleanField, DateField, DecimalField, Field

from admin_views.people import current_person
from schema import TABLES
from schema.base import option, singular, table_name
from schema.fields import InstantField, MoneyField, PhoneField

# The first sign that fits wins: Edge and Opera also call themselves Chrome, Chrome also Safari.
DEVICES = (
    (
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS", "Chrome"),
        ("Safari/", "Safari"),
    ),
    (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ),
)


def clinic_zone() -> ZoneInfo:
    """The zone in which the clinic reads its clocks: its own row's, else the server's setting."""
    person = current_person()
    named = person.zone if person else None
    return ZoneInfo(named or current_app.config["CLINIC_TIMEZONE"])


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


def number_text(number: Decimal) -> str:
    """`2,5` for 2.5000."""
    return f"{number.normalize():f}".replace(".", ",")


def day_text(day: dt.date) -> str:
    return f"{day:%d.%m.%Y}"


def moment_text(moment: dt.datetime) -> str:
    return f"{local(moment):%d.%m.%Y %H:%M}"


def yes_text(value: bool) -> str:
    return gettext("Yes") if value else gettext("No")


def code_text(code: str) -> str:
    """`Lead received` for lead_received; the code of a table as the table's own name."""
    table = _tables().get(code)
    return gettext(singular(table)) if table else code.replace("_", " ").capitalize()


def device_text(agent: str | None) -> str:
    """`Firefox, Windows` for what a browser says of itself; its first words when unknown."""
    said = agent or ""
    found = [next((word for sign, word in signs if sign in said), "") for signs in DEVICES]
    return ", ".join(filter(None, found)) or said[:40]


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    return {table_name(model): model for model in TABLES}


SAYERS: tuple[tuple[type[Field], Callable[[Any], str]], ...] = (
    (BooleanField, yes_text),
    (InstantField, moment_text),
    (DateField, day_text),
    (DecimalField, number_text),
    (MoneyField, money_text),
    (PhoneField, phone_text),
)


@lru_cache(maxsize=5000)
def sayer(field: Field) -> Callable[[Any], str]:
    """The function that says a value of this column, which is no reference, in words."""
    if field.choices:
        words = dict(field.choices)
        return lambda value: gettext(words.get(value, str(value)))
    if is_code(field):
        return code_text
    return next((say for kind, say in SAYERS if isinstance(field, kind)), str)


def is_code(field: Field) -> bool:
    """Whether a column of text holds a code of the program (`Meta.coded`), read as words."""
    return field.name in option(field.model, "coded", ())
