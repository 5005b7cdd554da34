"""Understands what people write in a cell: text, amounts, personal numbers, yes and no."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from math import isfinite

from schema.database import fold
from schema.workflow import Refused
from schema.workflow.sheet_rows import Cell

MOST_MINOR_UNITS = 10**15
COMMA_BELOW = str.maketrans("şţŞŢ", "șțȘȚ")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
CURRENCY = re.compile(r"\s*(?:ron|lei|leu|eur|euro|€)\.?\s*", re.IGNORECASE)
CNP_WEIGHTS = (2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9)
CNP_CENTURIES = {"1": 1900, "2": 1900, "3": 1800, "4": 1800, "5": 2000, "6": 2000}
YES = {"da", "yes", "y", "d", "true", "adevarat", "1", "x"}
NO = {"nu", "no", "n", "false", "fals", "0", "-"}


def clean_text(value: Cell) -> str | None:
    """One line of text: composed letters, comma-below ș and ț, no stray or invisible blanks."""
    lines = clean_lines(value)
    return " ".join(lines.split()) if lines else None


def clean_lines(value: Cell) -> str | None:
    """Text that may have several lines, cleaned like `clean_text`; None when nothing is left."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", str(value)).translate(COMMA_BELOW)
    text = INVISIBLE.sub("", text).strip()
    if text in EXCEL_ERRORS:
        raise Refused("The cell holds the Excel error %(error)s.", error=text)
    if text[:1] == "'" and text[1:2] in tuple("=+-@"):
        # Our own files write an apostrophe before such text, so that Excel runs no formula.
        text = text[1:]
    kept = (re.sub(r"[^\S\n]+", " ", line).strip() for line in text.splitlines())
    return "\n".join(kept) or None


def same(text: str | None) -> str:
    """The form in which two spellings of one name are equal: no case, accents, signs."""
    return " ".join(re.sub(r"[\W_]+", " ", fold(text) or "").split())


def parse_amount(value: Cell, digits: int = 2) -> int | None:
    """An amount in minor units from `1.234,56`, `1,234.56`, `1 234`, with or without «lei»."""
    if isinstance(value, bool):
        raise _no_amount(value)
    if isinstance(value, int):
        number = Decimal(value)
    elif isinstance(value, float):
        number = _shortest(value, digits) if isfinite(value) else Decimal("NaN")
    else:
        text = clean_text(value)
        if text is None:
            return None
        number = _decimal(text, digits)
    minor = number.scaleb(digits) if number.is_finite() else number
    if not minor.is_finite() or minor != minor.to_integral_value() or abs(minor) > MOST_MINOR_UNITS:
        raise _no_amount(value)
    return int(minor)


def parse_decimal(value: str) -> Decimal:
    """A number with at most ten digits before and four after the point or comma."""
    text = value.strip().replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"-?[0-9]{1,10}(\.[0-9]{1,4})?", text):
        raise Refused("«%(value)s» is not a number. Write 12,5.", value=value[:40])
    return Decimal(text)


def parse_whole(value: Cell) -> int | None:
    """A whole number of at most nine digits."""
    text = clean_text(value)
    if text is None:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise Refused("«%(value)s» is not a whole number.", value=text[:40])
    return int(text)


def parse_yes(value: Cell) -> bool | None:
    """Yes or no, as people write it in Romanian and English."""
    word = fold(clean_text(value))
    if word is None:
        return None
    if word not in YES | NO:
        raise Refused("«%(value)s» is neither yes nor no. Write da or nu.", value=word[:40])
    return word in YES


def parse_cnp(value: Cell) -> str | None:
    """A Romanian personal number (CNP), its date and check digit verified."""
    text = clean_text(value)
    if text is None:
        return None
    digits = text.replace(" ", "")
    if not re.fullmatch(r"[1-9][0-9]{12}", digits):
        raise Refused("A CNP has 13 digits; «%(value)s» has not.", value=text[:40])
    total = sum(int(a) * b for a, b in zip(digits, CNP_WEIGHTS, strict=False)) % 11
    if int(digits[12]) != (1 if total == 10 else total):
        raise Refused("The CNP %(value)s has a wrong digit: its check digit fails.", value=digits)
    cnp_birth_day(digits)
    return digits


def cnp_birth_day(cnp: str) -> dt.date | None:
    """The birth day that a CNP tells; None for residents' numbers, which leave the century open."""
    century = CNP_CENTURIES.get(cnp[0])
    year = (century if century is not None else 2000) + int(cnp[1:3])
    try:
        day = dt.date(year, int(cnp[3:5]), int(cnp[5:7]))
    except ValueError:
        raise Refused("The CNP %(value)s holds no possible birth day.", value=cnp) from None
    return day if century is not None else None


def _decimal(text: str, digits: int) -> Decimal:
    plain = re.sub(r"[\s']", "", CURRENCY.sub("", text)).replace("\u2212", "-")
    point = max(plain.rfind(","), plain.rfind("."))
    whole, fraction = (plain[:point], plain[point + 1 :]) if point >= 0 else (plain, "")
    mark = plain[point] if point >= 0 else ""
    if mark and len(fraction) == 3 != digits and (mark in whole or not re.search(r"[.,]", whole)):
        # Three digits after a lone mark can only be thousands: money has two decimals.
        whole, fraction, mark = plain, "", ""
    other = re.search(r"[.,]", whole)
    groups = whole.removeprefix("-").split(other[0]) if other else [whole.removeprefix("-")]
    grouped = len(groups) == 1 or (
        1 <= len(groups[0]) <= 3
        and groups[0] != "0"
        and all(len(group) == 3 for group in groups[1:])
    )
    number = ("-" if whole.startswith("-") else "") + "".join(groups) + "." + (fraction or "0")
    right = re.fullmatch(r"-?[0-9]{1,18}\.[0-9]{1,6}", number)
    if not right or not grouped or (other and other[0] == mark) or (mark and not fraction):
        raise _no_amount(text)
    return Decimal(number)


def _shortest(value: float, digits: int) -> Decimal:
    """The number that a spreadsheet shows: 0.30000000000000004 is 0.3."""
    exact = Decimal(repr(value))
    if abs(exact) > MOST_MINOR_UNITS:
        raise _no_amount(value)
    rounded = round(exact, digits)
    return rounded if abs(exact - rounded) < Decimal("0.000001") else exact


def _no_amount(value: object) -> Refused:
    return Refused("«%(value)s» is not an amount. Write 1234,56.", value=str(value)[:40])
