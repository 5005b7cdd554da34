"""What no person types and every attacker does: values, and a browser that sends them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from random import Random
from typing import Any

from schema.workflow.values import INVISIBLE
from tests.pages import posted
from tests.refusals import raw

POLYGLOT = "'\"></textarea></title></script><svg/onload=alert(`x7`)><img src=x onerror=x7>{{7*7}}"
TEXTS = (
    POLYGLOT,
    "\u202eevil\u202c \u200b\u200f\ufeff",
    "Z\u0351\u0343a\u0315\u031a l" + "\u0301" * 60,
    "👩🏽\u200d⚕️🦷\U000e0001",
    "\ufffe\uffff\x01\x1f\x7f\x85\u2028\u2029",
    '=HYPERLINK("http://evil.example","x")',
    "'; DROP TABLE patient; --",
    "%_\\%' ESCAPE '\\",
    "%s %(x)s {0} ${7*7} #{7}",
    "a\r\nSet-Cookie: x=1",
    "ab" * 50_000,
    "\\",
    "s\u0326t\u0326 ş ţ",
    "None",
    "[object Object]",
    " \t ",
)
NUMBERS = (
    *("-1", "0", "2147483648", "-2147483649", "9223372036854775808", "1e309", "1e9", "NaN", "inf"),
    *("-inf", "²", "١٢", "1_000", "0x10", "1,5", "1.234,56", "99999999999.99", "-0", "+1"),
    *("0.00001", "9999999999", "1" * 5000, "1,2,3", "٣", "10000000000000000"),
)
DAYS = (
    *("31.02.2026", "0000-00-00", "0000", "10000-01-01", "0001-01-01", "9999-12-31", "2026-02-30"),
    *("1/2/26", "tomorrow", "2026-W01-1", "20260101", "٢٠٢٦-٠١-٠١", "1850-01-01", "2200-12-31"),
)
MOMENTS = (
    *("2026-03-29T03:30", "2027-03-28T03:30", "2026-10-25T03:30", "2026-10-25T03:30+03:00"),
    *("0001-01-01T00:00", "9999-12-31T23:59", "10000-01-01T00:00", "2026-01-01T24:00"),
    *("2026-01-01T25:61", "2026-01-01", "T", "12:00", "2026-01-01T10:00+99:99", "2026-01-01T1:1Z"),
)
KEYS = (
    *("-1", "0", "999999999", "2147483648", "9223372036854775808", "9" * 40, "²", "1 OR 1=1"),
    *("1;2", "1.0", "٣", " 1 ", "True", "__None", "null"),
)
PHONES = ("112", "0", "+", "+999999999999999999", "0722 41 83 3x", "tel:+40722418330", "٠٧٢٢٤١٨٣٣٠")
MAILS = ("a@b", "@", "a@b@c.ro", "İ@ı.ro", "a\u200b@b.ro", "x" * 300 + "@b.ro", '"a b"@c.ro')
LINKS = (
    *("javascript:alert(1)", "file:///etc/passwd", "\\\\host\\share", "https://u:p@h/", "https://"),
    *("http://h", "https://h/\x01", "https://h/\u202e", "https:h", "https://["),
    "https://h/" + "a" * 3000,
)
EVERYTHING = (*TEXTS, *NUMBERS, *DAYS, *MOMENTS, *KEYS, *PHONES, *MAILS, *LINKS, "")
CALM = {200, 302, 308, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429}
TYPED = re.compile(r"<(input|textarea)\b([^>]*)>")


def spread(seed: str, values: tuple[str, ...] = EVERYTHING):
    """Endless values, all of them before one comes again, in an order that the seed gives."""
    dice = Random(seed)
    while True:
        yield from dice.sample(values, len(values))


class Attacker:
    """A browser that collects whatever is not calmly answered."""

    def __init__(self, browser: Any) -> None:
        self.browser, self.asked, self.holes = browser, 0, []
        self.statuses = Counter()

    def __enter__(self) -> Attacker:
        return self

    def __exit__(self, failed: Any, *rest: Any) -> None:
        if not failed:
            assert not self.holes, "\n".join(self.holes[:60])

    def get(self, path: str, **kwargs: Any) -> Any:
        return self._calm(path, lambda: self.browser.get(path, **kwargs))

    def send(self, path: str, fields: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        told = ", ".join(f"{k}={str(v)[:40]!r}" for k, v in (fields or {}).items())[:900]
        return self._calm(f"{path} {told}", lambda: self.browser.send(path, fields, **kwargs))

    def post(self, path: str, **kwargs: Any) -> Any:
        return self._calm(path, lambda: self.browser.post(path, **kwargs))

    def _calm(self, what: str, ask: Any) -> Any:
        self.asked += 1
        try:
            answer = ask()
            answer.get_data()
        except Exception as error:  # what the application did not catch itself
            self.holes.append(f"{type(error).__name__} {str(error)[:300]}: {what}")
            return None
        self.statuses[answer.status_code] += 1
        if answer.status_code not in CALM:
            self.holes.append(f"{answer.status_code}: {what}")
        return answer


def every_name(page: str) -> dict[str, list[str]]:
    """What pressing Save would send, with one more row in every table of children."""
    fields = posted(page)
    for number, spare in enumerate(re.findall(r"<template>(.*?)</template>", page, re.DOTALL)):
        for name in re.findall(r'name="([^"]+)"', spare):
            fields[name.replace("__INDEX__", str(70 + number))] = [""]
    return fields


def typed_names(page: str) -> set[str]:
    """Names of the boxes into which people type text."""
    found = set()
    for tag, attributes in TYPED.findall(page):
        kind = re.search(r'type="(\w+)"', attributes)
        name = re.search(r'name="([^"]+)"', attributes)
        if name and (tag == "textarea" or not kind or kind[1] in ("text", "email", "url", "tel")):
            found.add(name[1])
    return found


def as_kept(text: str) -> str:
    """What a box may show of a typed text: blanks and what nobody sees may be tidied away."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return " ".join(INVISIBLE.sub("", plain).split())


def everything(tables: list[str]) -> dict[str, list]:
    """All rows of the house."""
    return {name: raw(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in tables}
