"""Writes catalogues: sorted by message, without places or dates, so that two changes merge."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from admin_views.catalogues import Entry, po_path, read_po

PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "ro": "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100>0 && n%100<20)) ? 1 : 2);",
}
HEADER = "Language: {language}\nContent-Type: text/plain; charset=UTF-8\nPlural-Forms: {rule}\n"


def plural_forms(language: str) -> int:
    """How many forms a word takes in a language: three in Romanian."""
    return int(PLURALS[language].removeprefix("nplurals=")[0])


def renew(language: str, domains: dict[str, list[Entry]]) -> dict[str, int]:
    """Write every domain anew with the words known so far; how many lack words, by domain.

    A message keeps its words when it moves to another domain; what nobody says any more goes.
    """
    known = {
        (bool(entry.plural), entry.key): entry.says
        for domain in reversed(domains)
        for entry in read_po(po_path(language, domain))
    }
    lacking = {}
    for domain, entries in domains.items():
        for entry in entries:
            empty = [""] * (plural_forms(language) if entry.plural else 1)
            entry.says = known.get((bool(entry.plural), entry.key), empty)
        write_po(po_path(language, domain), language, entries)
        lacking[domain] = sum(not all(entry.says) for entry in entries)
    return lacking


def write_po(path: Path, language: str, entries: Iterable[Entry]) -> None:
    header = HEADER.format(language=language, rule=PLURALS[language])
    blocks = [_block(Entry(says=[header]))]
    blocks += [_block(entry) for entry in sorted(entries, key=lambda one: (one.msgid, one.context))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(blocks), "utf-8")


def _block(entry: Entry) -> str:
    lines = [f"msgctxt {_quoted(entry.context)}"] if entry.context else []
    lines.append(f"msgid {_quoted(entry.msgid)}")
    if entry.plural:
        lines.append(f"msgid_plural {_quoted(entry.plural)}")
        lines += [f"msgstr[{place}] {_quoted(text)}" for place, text in enumerate(entry.says)]
    else:
        lines.append(f"msgstr {_quoted(entry.says[0])}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
