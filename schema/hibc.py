"""Reads HIBC labels: «+», who makes it and what it is; then lot, serial and dates; a check."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from schema.label_dates import a_day, day_of_year, digits, full_year
from schema.sayings import Unfit

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
PRIMARY = re.compile(r"([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})([0-9])")
LOT = re.compile(r"[A-Z0-9.\-]{0,18}")


@dataclass
class Found:
    """What an HIBC label says; a secondary label alone has no product but the `link` to it."""

    product: str | None = None
    lot: str | None = None
    serial: str | None = None
    expires_on: dt.date | None = None
    made_on: dt.date | None = None
    quantity: int | None = None
    check: str | None = None
    link: str | None = None


def looks_like_hibc(text: str) -> bool:
    """Whether a string is a label of this kind; asterisks around it are bars, not text."""
    return text.strip("*").startswith("+")


def read_hibc(text: str, today: dt.date) -> Found:
    """Everything that a primary, secondary or combined label says. Raises Unfit in words.

    ANSI/HIBC 2.6, supplier labelling: the last character checks all before it, modulo 43.
    """
    whole = text.strip("*").upper()
    if whole.endswith("_"):  # a blank that checks is printed so
        whole = whole[:-1] + " "
    if len(whole) < 4 or any(sign not in ALPHABET for sign in whole):
        raise Unfit("The label is cut off; scan it again.")
    if check_character(whole[:-1]) != whole[-1]:
        raise Unfit("The check character does not fit; the label is cut off or misread.")
    body, check = whole[1:-1], whole[-1]
    if body[0] in "$" or body[0].isdigit():
        return _secondary_alone(body, check, today)
    first, *more = body.split("/")
    found = _primary(first, check)
    for part in more:
        _more(found, part, today)
    return found


def check_character(text: str) -> str:
    """The sum of all values, modulo 43, as a character."""
    return ALPHABET[sum(ALPHABET.index(sign) for sign in text) % 43]


def _primary(text: str, check: str) -> Found:
    parts = PRIMARY.fullmatch(text)
    if parts is None:
        raise Unfit("The label does not say who makes it and what it is.")
    return Found(product=parts[1] + parts[2], check=check)


def _secondary_alone(body: str, check: str, today: dt.date) -> Found:
    """A second label of its own ends with the check character of the first, then its own."""
    found = Found(check=check, link=body[-1])
    _secondary(found, body[:-1], today)
    return found


def _more(found: Found, part: str, today: dt.date) -> None:
    """What follows a stroke: the secondary data, or a field with its own name."""
    if part.startswith("16D"):
        found.expires_on = _eight(part[3:])
    elif part.startswith("14D"):
        found.made_on = _eight(part[3:])
    elif part.startswith("S"):
        found.serial = _text(part[1:])
    elif part.startswith("Q"):
        found.quantity = digits(part[1:], len(part[1:]) or 1)
    else:
        _secondary(found, part, today)


def _eight(text: str) -> dt.date:
    number = digits(text, 8)
    return a_day(number // 10_000, number // 100 % 100, number % 100)


def _secondary(found: Found, text: str, today: dt.date) -> None:
    if text.startswith("$$"):
        by_serial = text.startswith("$$+")
        rest = _quantity(found, text[3:] if by_serial else text[2:])
        rest = _expiry(found, rest, today)
    elif text.startswith("$"):
        by_serial, rest = text.startswith("$+"), text[2:] if text.startswith("$+") else text[1:]
    else:  # the oldest form: year and day of the year, then the lot
        by_serial, number = False, digits(text, 5)
        found.expires_on = day_of_year(number // 1000, number % 1000, today)
        rest = text[5:]
    if by_serial:
        found.serial = _text(rest)
    else:
        found.lot = _text(rest)


def _quantity(found: Found, text: str) -> str:
    """8 and two digits, or 9 and five, say how many are inside."""
    length = {"8": 2, "9": 5}.get(text[:1])
    if length is None:
        return text
    found.quantity = digits(text[1:], length)
    return text[1 + length :]


def _expiry(found: Found, text: str, today: dt.date) -> str:
    """The date in one of its forms, named by its first digit; what is left is the lot."""
    form = text[:1]
    if form == "7":
        return text[1:]
    if form in ("5", "6"):
        number = digits(text[1:], 5)
        found.expires_on = day_of_year(number // 1000, number % 1000, today)
        return text[6 + _hour(form == "6", text[6:]) :]
    if form in ("2", "3", "4"):
        number = digits(text[1:], 6)
        one, two, three = number // 10_000, number // 100 % 100, number % 100
        year, month, day = (three, one, two) if form == "2" else (one, two, three)
        found.expires_on = _strict(full_year(year, today), month, day)
        return text[7 + _hour(form == "4", text[7:]) :]
    number = digits(text, 4)
    found.expires_on = a_day(full_year(number % 100, today), number // 100, 0)
    return text[4:]


def _strict(year: int, month: int, day: int) -> dt.date:
    """Only the form of month and year leaves the day out."""
    if day == 0:
        raise Unfit("The label has a date that is none: day %(day)s.", day=day)
    return a_day(year, month, day)


def _hour(there: bool, text: str) -> int:
    if there and digits(text, 2) > 23:
        raise Unfit("The label has an hour that is none.")
    return 2 if there else 0


def _text(text: str) -> str | None:
    if not LOT.fullmatch(text):
        raise Unfit("The lot on the label has signs that lots do not have.")
    return text or None
