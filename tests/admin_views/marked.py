"""A language in which every word of a catalogue stands in ⟦marks⟧, so that all others show."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from babel import Locale
from babel.dates import get_day_names, get_month_names

from admin_views.catalogues import Catalogue
from schema import TABLES

SPOKEN = ("aria-label", "title", "placeholder", "alt", "label", "data-label", "data-confirm")
CALENDAR = {
    word
    for names in (get_day_names, get_month_names)
    for width in ("wide", "abbreviated")
    for name in names(width, locale="ro").values()
    for word in (name, name.capitalize())
}
MONEY = {f"{code} · {name}" for code, name in Locale("ro").currencies.items()}
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
SIGNS = re.compile(r"[\s·:;,.…«»„”×–—()+?!/#%*\[\]{}'’\"&<>=|↑↓→✓-]+")
NUMBER = re.compile(r"[A-ZĂÂÎȘȚ]{1,2}|[\d:]+|\d+[A-Za-z]{1,2}\d*")
# Names of programs, files, keys, letters and units that are no sentences of ours.
# fmt: off
OURS = frozenset({
    "Benchside", "XXXX", "demo", "CSV", "XLSX", "Ctrl", "Enter", "Esc", "RON", "lei", "VITA",
    "Chrome", "Firefox", "Safari", "Edge", "Opera", "Windows", "Android", "iPhone", "iPad",
    "Mac", "Linux", "Română", "English", "MB", "UTC", "mm",
})
# fmt: on


class Marks(Catalogue):
    """Says every message in marks; `strange` gathers what no catalogue holds."""

    def __init__(self, known: Catalogue) -> None:
        super().__init__({}, known.rule)
        self.known, self.strange = known, set()

    def unknown(self, key: str, text: str) -> str:
        if key and key not in self.known.phrases:
            self.strange.add(text)
        return f"⟦{text}⟧"

    def of_no_catalogue(self, data: set[str]) -> set[str]:
        """What was asked for and is no message, the clinic's own words (custom fields) aside."""
        return {text for text in self.strange if not is_data(bare(text), data)}


class Texts(HTMLParser):
    """Everything on a page that a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.silent += tag in ("script", "style", "code", "textarea", "kbd")
        self.found += [value for name, value in attributes if name in SPOKEN and value]
        if given.get("id") == "words":
            self.found += [value for name, value in attributes if name[:5] == "data-" and value]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style", "code", "textarea", "kbd")

    def handle_data(self, data: str) -> None:
        if data.strip() and self.silent <= 0:
            self.found.append(" ".join(data.split()))


def unmarked(page: str, data: set[str]) -> list[str]:
    """What a page says that is neither marked nor in the database."""
    return [text for text in texts_of(page) if not is_data(bare(text), data)]


def texts_of(page: str) -> list[str]:
    """Everything that a page says, text by text."""
    reader = Texts()
    reader.feed(page)
    return reader.found


def bare(text: str) -> str:
    """A text without what is marked, however deep."""
    text = re.sub(r"⟦[^⟦⟧]*…$", " ", text)  # cut off in a cell
    while (shorter := MARKED.sub(" ", text)) != text:
        text = shorter
    return " ".join(text.split())


def is_data(text: str, data: set[str]) -> bool:
    """Whether a text is made of values of the database, numbers and signs."""
    if not text or text in data:
        return True
    if text.endswith("…") and any(value.startswith(text[:-1]) for value in data):
        return True
    if text in MONEY:
        return True
    calendar = {word.rstrip(".") for word in CALENDAR}
    return made_of(SIGNS.sub(" ", text).split(), data | calendar)


def made_of(words: list[str], data: set[str]) -> bool:
    """Whether words are a row of values, each as long as can be, numbers and names of ours."""
    start = 0
    while start < len(words):
        ends = range(len(words), start, -1)
        whole = next((end for end in ends if " ".join(words[start:end]) in data), None)
        if whole is None and not (words[start] in OURS or NUMBER.fullmatch(words[start])):
            return False
        start = whole or start + 1
    return True


def data_of_house() -> set[str]:
    """Every text that any row holds, whole and word by word where it is a name."""
    found: set[str] = set()
    for model in TABLES:
        for field in model._meta.sorted_fields:
            if field.field_type in ("VARCHAR", "TEXT") and not field.choices:
                query = model.select(field).distinct()
                found |= {str(value) for (value,) in query.tuples() if value}
    bare_signs = {" ".join(SIGNS.sub(" ", text).split()) for text in found}
    hosts = {" ".join(SIGNS.split(text.split("/")[2])) for text in found if text[:8] == "https://"}
    lines = {line.strip() for text in found for line in text.splitlines()}
    return found | bare_signs | hosts | lines
