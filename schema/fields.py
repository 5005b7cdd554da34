"""Column types of the clinic: instants, clinic days, money, phones, teeth, shades, choices."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from peewee import (
    BigIntegerField,
    CharField,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    SmallIntegerField,
)

from schema.rules import Rule
from schema.sayings import Unfit

HOME_REGION = "RO"
TEETH = tuple(
    quadrant * 10 + place
    for quadrant in range(1, 9)
    for place in range(1, 9 if quadrant < 5 else 6)
)


class InstantField(DateTimeField):
    """A moment, in UTC: aware datetimes in Python, `YYYY-MM-DD HH:MM:SS` in UTC in the tables."""

    def db_value(self, value: Any) -> Any:
        if isinstance(value, dt.datetime):
            if value.tzinfo is None:
                raise ValueError(f"{self.name}: a moment needs its time zone")
            value = value.astimezone(dt.UTC).replace(tzinfo=None)
        return super().db_value(value)

    def python_value(self, value: Any) -> Any:
        moment = super().python_value(value)
        if isinstance(moment, dt.datetime) and moment.tzinfo is None:
            return moment.replace(tzinfo=dt.UTC)
        return moment

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        good = f"strftime('%Y-%m-%d %H:%M:%S', {column}) IS substr({column}, 1, 19)"
        return [
            Rule(
                f"{table}_{column}_is_an_instant",
                f"{column} IS NULL OR {good}",
                says="A moment is written as year-month-day hours:minutes:seconds in UTC.",
                field=self.name,
                engine="sqlite",
            )
        ]


class DayField(DateField):
    """A day of the clinic's calendar, without a time and without a zone."""

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_a_day",
                f"{column} IS NULL OR date({column}) IS {column}",
                says="A day is written as year-month-day.",
                field=self.name,
                engine="sqlite",
            )
        ]


class ClockField(IntegerField):
    """A time of day on the clinic's clock, kept as minutes after midnight; 1440 is midnight."""


class WeekdayField(IntegerField):
    """A day of the week, 1 (Monday) to 7 (Sunday)."""


class MoneyField(BigIntegerField):
    """An amount in minor units (bani, cents); never a fraction, never a binary float."""

    def __init__(self, *args: Any, may_be_negative: bool = False, **kwargs: Any) -> None:
        self.may_be_negative = may_be_negative
        super().__init__(*args, **kwargs)

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        rules = [
            Rule(
                f"{table}_{column}_is_whole",
                f"{column} IS NULL OR typeof({column}) = 'integer'",
                says="Money is kept in whole bani or cents.",
                field=self.name,
                engine="sqlite",
            )
        ]
        if not self.may_be_negative:
            rules.append(
                Rule(
                    f"{table}_{column}_not_negative",
                    f"{column} >= 0",
                    says="The amount cannot be negative.",
                    field=self.name,
                )
            )
        return rules


class PhoneField(CharField):
    """A telephone number, kept in E.164 (`+40722418330`); national forms are understood."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 16)
        super().__init__(*args, **kwargs)

    def db_value(self, value: Any) -> Any:
        return normal_phone(value) if value else None

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_e164",
                f"{column} LIKE '+%' AND length({column}) BETWEEN 8 AND 16"
                f" AND trim(substr({column}, 2), '0123456789') = ''",
                says="A phone number is kept as + and 7 to 15 digits.",
                field=self.name,
            )
        ]


class EmailField(CharField):
    """An e-mail address in lower case."""

    def db_value(self, value: Any) -> Any:
        return normal_email(value) if value else None

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_normal",
                f"{column} = lower({column}) AND {column} LIKE '%_@_%'",
                says="An e-mail address looks like name@place and is kept in lower case.",
                field=self.name,
            )
        ]


class ToothField(SmallIntegerField):
    """One of the 52 teeth of ISO 3950 (FDI): quadrant and place, such as 11 or 85."""

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_fdi",
                f"{column} IN ({', '.join(map(str, TEETH))})",
                says="A tooth is an FDI number: 11 to 48, or 51 to 85 for milk teeth.",
                field=self.name,
            )
        ]


class ShadeField(ForeignKeyField):
    """A tab of a shade guide; the widget lays the tabs out as the guide does."""


class ChoiceField(CharField):
    """One word of a fixed list; the list is a CHECK, the labels are what people read."""

    def __init__(self, choices: dict[str, str], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(*args, choices=list(choices.items()), **kwargs)

    def rules(self, table: str) -> list[Rule]:
        words = ", ".join(f"'{word}'" for word, _ in self.choices)
        return [
            Rule(
                f"{table}_{self.column_name}_is_known",
                f"{self.column_name} IN ({words})",
                says="Choose one of the listed values.",
                field=self.name,
            )
        ]


class LinkField(CharField):
    """An https address without credentials; the server shows it and never fetches it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2000)
        super().__init__(*args, **kwargs)

    def db_value(self, value: Any) -> Any:
        return normal_link(value) if value else None

    def rules(self, table: str) -> list[Rule]:
        column = self.column_name
        return [
            Rule(
                f"{table}_{column}_is_a_link",
                f"{column} LIKE 'https://_%' AND {column} NOT LIKE '% %'",
                says="A link starts with https:// and has no blanks.",
                field=self.name,
            )
        ]


def normal_phone(text: str, region: str = HOME_REGION) -> str:
    """The E.164 form of a number as people write it; Unfit in words when it is none."""
    try:
        number = phonenumbers.parse(str(text), region)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Unfit(
            "«%(value)s» is not a phone number. Write 0722 418 330 or +40 …", value=str(text)[:40]
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normal_email(text: str) -> str:
    """The lower-case form of an address; Unfit in words when it is none."""
    try:
        checked = validate_email(
            str(text).strip(), check_deliverability=False, test_environment=True
        )
    except EmailNotValidError:
        raise Unfit("«%(value)s» is not an e-mail address.", value=str(text)[:60]) from None
    return checked.normalized.lower()


def normal_link(text: str) -> str:
    """A safe https address; Unfit in words when it is none."""
    link = str(text).strip()
    good = re.fullmatch(r"https://[^\s/@\\]+(/[^\s\\]*)?", link) and link.isprintable()
    if len(link) > 2000 or not good:
        raise Unfit("A link starts with https://, has no blanks and no password in it.")
    return link
