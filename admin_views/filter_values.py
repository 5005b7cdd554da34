"""What a filter's text means for its column: a number, a day, an amount, a row within the scope."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from peewee import DecimalField, Field

from admin_views.measures import scaled
from admin_views.policy import scope, scoped
from admin_views.sentences import in_words
from schema.fields import MoneyField
from schema.measures import ScaledField, SpanField
from schema.workflow import Refused
from schema.workflow.spans import read_span
from schema.workflow.value_days import parse_day
from schema.workflow.values import parse_amount, parse_decimal

BIGGEST = 2**63 - 1


class BadFilter(ValueError):
    """A filter value that says nothing for its column; its words are for the person."""


def wanted_value(field: Field, kind: str, value: str) -> Any:
    """What a column is compared with; BadFilter when the value says nothing for it."""
    if kind == "row":
        key = number_of(value)
        if scope(field.rel_model) is None:
            return key  # a plain number: PostgreSQL knows then how many rows fit
        return scoped(field.rel_model, field.rel_field).where(field.rel_field == key)
    if kind == "choice":
        if value not in dict(field.choices):
            raise BadFilter(gettext("«%(value)s» is not in the list.", value=value))
        return value
    if kind == "yes_no":
        if value not in ("0", "1"):
            raise BadFilter(gettext("Choose yes or no."))
        return value == "1"
    if isinstance(field, DecimalField):
        return _decimal(value)
    if isinstance(field, SpanField | ScaledField):
        return _measure(field, value)
    return _amount(value) if isinstance(field, MoneyField) else number_of(value)


def number_of(value: str) -> int:
    """A whole number that both engines hold."""
    try:
        number = int(value)
    except ValueError:
        raise BadFilter(gettext("«%(value)s» is not a whole number.", value=value)) from None
    if abs(number) > BIGGEST:
        raise BadFilter(gettext("That number is too large."))
    return number


def _decimal(value: str) -> Decimal:
    try:
        return parse_decimal(value)
    except Refused as error:
        raise BadFilter(in_words(error)) from None


def _measure(field: SpanField | ScaledField, value: str) -> int:
    """As it is typed in a form: `2 h`, `12,4 mm`."""
    try:
        return read_span(value) or 0 if isinstance(field, SpanField) else scaled(field, value)
    except (Refused, ValueError) as error:
        raise BadFilter(in_words(error)) from None


def _amount(value: str) -> int:
    try:
        return parse_amount(value) or 0
    except (Refused, ValueError) as error:
        raise BadFilter(in_words(error)) from None


def day_of(value: str) -> dt.date:
    """A day, in any of the ways in which people write one."""
    try:
        day = parse_day(value)
    except (Refused, ValueError) as error:
        raise BadFilter(in_words(error)) from None
    if day is None or not 1900 <= day.year <= 2200:
        raise BadFilter(gettext("Choose a day between 1900 and 2200."))
    return day
