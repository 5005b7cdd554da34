"""Reads GS1 labels: element strings with application identifiers, as printed or as scanned."""

from __future__ import annotations

import datetime as dt
import re

from schema.label_dates import a_day, digits, full_year
from schema.sayings import Unfit

GS = "\x1d"
# How scanners and people write the separator FNC1 when they cannot send it.
SEPARATORS = re.compile(r"<GS>|\{GS\}|\[GS\]|\^\]|\u241d|<FNC1>", re.IGNORECASE)
SYMBOLOGY = re.compile(r"^\](C1|d2|Q3|e0|J1)")
# Length of the data behind each identifier; GS1 General Specifications, figure 7.8.4-2.
FIXED = {"00": 18, "01": 14, "02": 14, "20": 2} | {f"1{n}": 6 for n in range(1, 8)}
VARIABLE = {
    "10": 20, "21": 20, "22": 20, "30": 8, "37": 8, "240": 30, "241": 30, "242": 6, "243": 20,
    "250": 30, "251": 30, "400": 30, "410": 13, "710": 20, "711": 20, "712": 20, "713": 20,
    "714": 20, "715": 20, "716": 20, "8012": 20,
} | {str(n): 90 for n in range(91, 100)}  # fmt: skip
DATES = ("11", "13", "15", "16", "17")
NUMBERS = ("00", "01", "02", "30", "37", "242", "20")
LETTERS = re.compile(r"[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+")


def looks_like_gs1(text: str) -> bool:
    """Whether a string starts as an element string does."""
    bare = SYMBOLOGY.sub("", SEPARATORS.sub(GS, text)).lstrip(GS)
    return bare.startswith("(") or SYMBOLOGY.match(text) is not None or bare[:2] in FIXED


def elements(text: str) -> dict[str, str]:
    """What stands behind each application identifier. Raises Unfit in words.

    Takes raw scans with separators and printed lines with identifiers in parentheses.
    """
    bare = SYMBOLOGY.sub("", SEPARATORS.sub(GS, text.strip())).lstrip(GS)
    pairs = _printed(bare) if bare.startswith("(") else _scanned(bare)
    found: dict[str, str] = {}
    for name, value in pairs:
        _check(name, value)
        if found.setdefault(name, value) != value:
            raise Unfit("The label says (%(name)s) twice, each time otherwise.", name=name)
    if not found:
        raise Unfit("The label is empty.")
    return found


def _printed(text: str) -> list[tuple[str, str]]:
    parts = re.findall(r"\((\d{2,4})\)([^(]*(?:\((?!\d{2,4}\))[^(]*)*)", text)
    whole = "".join(f"({name}){value}" for name, value in parts)
    if whole != text or re.search(r"\(\d{0,4}$", text):
        raise Unfit("The label is not complete: an identifier in parentheses is broken.")
    return [(name, value.strip().rstrip(GS)) for name, value in parts]


def _scanned(text: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    while text:
        name = _name_at(text)
        rest, length = text[len(name) :], FIXED.get(name)
        if length is not None:
            if len(rest.split(GS)[0]) < length:
                raise Unfit("The label is cut off; scan it again.")
            value, text = rest[:length], rest[length:]
            text = text.removeprefix(GS)
        else:
            value, _, text = rest.partition(GS)
        pairs.append((name, value))
    return pairs


def _name_at(text: str) -> str:
    for length in (2, 3, 4):
        name = text[:length]
        if name in FIXED or name in VARIABLE:
            return name
    raise Unfit("The label has an identifier that is not known: %(name)s.", name=text[:4])


def _check(name: str, value: str) -> None:
    fixed, most = FIXED.get(name), VARIABLE.get(name)
    if fixed is None and most is None:
        raise Unfit("The label has an identifier that is not known: %(name)s.", name=name)
    if not value or (fixed is not None and len(value) < fixed):
        raise Unfit("The label is cut off; scan it again.")
    if len(value) > (fixed or most or 0):
        raise Unfit("What stands behind (%(name)s) is too long.", name=name)
    if name in (*NUMBERS, *DATES) and not (value.isascii() and value.isdigit()):
        raise Unfit("The label has letters where digits should be.")
    if not LETTERS.fullmatch(value):
        raise Unfit("The label has signs that labels do not have.")
    if name in ("00", "01", "02") and check_digit(value[:-1]) != int(value[-1]):
        raise Unfit("The check digit of the article number does not fit; scan again.")


def check_digit(body: str) -> int:
    """The last digit of a GTIN or SSCC: from the right, weights 3 and 1 (mod 10)."""
    total = sum(int(sign) * (3 if place % 2 == 0 else 1) for place, sign in enumerate(body[::-1]))
    return -total % 10


def day_in(value: str, today: dt.date) -> dt.date:
    """A date of six digits, year, month and day; day 00 is the last of its month."""
    number = digits(value, 6)
    return a_day(full_year(number // 10_000, today), number // 100 % 100, number % 100)
