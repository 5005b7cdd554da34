"""Catalogues: the words of each language, read from its .po files when first spoken."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.support import NullTranslations

FOLDER = Path(__file__).parent / "translations"
SCREENS = ("panel", "schema")
FIRST_ROWS = "seed"
ENGLISH = "en"
GERMANIC = "n != 1"
TWO_AT_ONCE = "; "  # between the names of two holidays of one day
NOTHING = "\x04"  # stands between a context and its words, as in compiled catalogues


@dataclass
class Entry:
    """One message of a .po file; `says` has a text for each plural form, or one."""

    msgid: str = ""
    plural: str = ""
    context: str = ""
    says: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> str:
        return f"{self.context}{NOTHING}{self.msgid}" if self.context else self.msgid


def read_po(path: Path) -> Iterator[Entry]:
    """The messages of a .po file, its header (an empty msgid) first; none without a file."""
    text = path.read_text("utf-8") if path.exists() else ""
    for block in text.split("\n\n"):
        entry = _entry(block)
        if entry is not None:
            yield entry


def _entry(block: str) -> Entry | None:
    """One block of lines as a message; comments and what is commented out say nothing."""
    parts: dict[str, str] = {}
    fuzzy, name = False, ""
    for line in block.splitlines():
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith('"'):
            parts[name] += json.loads(line)
        elif line:
            name, _, quoted = line.partition(" ")
            parts[name] = json.loads(quoted)
    if "msgid" not in parts:
        return None
    says = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
    return Entry(
        parts["msgid"], parts.get("msgid_plural", ""), parts.get("msgctxt", ""), says, fuzzy
    )


class Catalogue(NullTranslations):
    """The words of one language; what it does not know is said in English."""

    def __init__(self, phrases: dict[str, list[str]], rule: str = GERMANIC) -> None:
        super().__init__()
        self.phrases = phrases
        self.rule = rule
        self.form: Callable[[int], int] = c2py(rule)

    def unknown(self, key: str, text: str) -> str:
        """What is said for a message that this catalogue lacks."""
        return text

    def gettext(self, message: str) -> str:
        found = self.phrases.get(message)
        return found[0] if found else self.unknown(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        found = self.phrases.get(msgid1)
        if found:
            return found[min(self.form(n), len(found) - 1)]
        return self.unknown(msgid1, msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """The words for a message in one place, else its usual words."""
        found = self.phrases.get(f"{context}{NOTHING}{message}")
        return found[0] if found else self.gettext(message)

    ugettext, ungettext, upgettext = gettext, ngettext, pgettext


@cache
def catalogue_of(language: str) -> Catalogue:
    """The words of the screens: labels, helps, sentences, buttons."""
    return read_catalogue(language, *SCREENS)


@cache
def first_rows_of(language: str) -> Catalogue:
    """The words of the rows that a new house starts with, such as stages and materials."""
    return read_catalogue(language, FIRST_ROWS)


def read_catalogue(language: str, *domains: str) -> Catalogue:
    """Everything that the files of these domains say in a language."""
    phrases: dict[str, list[str]] = {}
    rule = GERMANIC
    for domain in domains:
        for entry in read_po(po_path(language, domain)):
            if not entry.msgid:
                rule = plural_rule(entry)
            elif all(entry.says) and not entry.fuzzy:
                phrases[entry.key] = entry.says
    return Catalogue(phrases, rule)


def po_path(language: str, domain: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def plural_rule(header: Entry) -> str:
    """The condition of `Plural-Forms`, in the C of gettext."""
    said: dict[str, Any] = dict(
        line.split(": ", 1) for line in header.says[0].splitlines() if ": " in line
    )
    return str(said.get("Plural-Forms", f"plural={GERMANIC}")).split("plural=", 1)[1].rstrip(";")
