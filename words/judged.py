"""What is wrong with a catalogue: messages without words, wrong marks, missing plural forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from admin_views.catalogues import Entry
from words.po import plural_forms

MARK = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|%%")
CEDILLAS = re.compile("[şţŞŢ]")
# Words that are written alike in both languages, and names.
# fmt: off
ALIKE = frozenset({
    "Act", "Amsterdam", "Berlin", "Bratislava", "CAD", "CNP", "Card", "CoCr", "Contact", "Cost",
    "Dublin", "E-mail", "Facebook", "Google", "Helsinki", "Id", "Implant", "Import", "Inlay",
    "Instagram", "Istanbul", "Junior", "Link", "Ljubljana", "Lot", "Mac", "Madrid", "Malta",
    "Marketing", "Material", "Metal", "Minute", "Mod", "Moment", "Onlay", "Original", "Oslo",
    "Overlay", "PMMA", "Paris", "Plan", "Program", "Protocol", "Riga", "SMS", "Sarajevo",
    "Scan body", "Senior", "Sinus lift", "Skopje", "Sofia", "Stockholm", "Subcontractor",
    "Tallinn", "Text", "TikTok", "Total", "UTC", "VITA 3D-Master", "VITA classical", "Vilnius",
    "WhatsApp", "Zagreb", "%(num)s min", "%(hours)s h %(minutes)s min",
})
# fmt: on


def faults(found: Entry, language: str) -> Iterator[str]:
    """Everything that is wrong with one message in a language."""
    wanted = plural_forms(language) if found.plural else 1
    if len(found.says) != wanted or not all(found.says):
        yield f"«{found.msgid}» has {sum(map(bool, found.says))} of {wanted} texts"
        return
    if found.fuzzy:
        yield f"«{found.msgid}» is marked fuzzy"
    for text in found.says:
        yield from _of_text(found, text)


def _of_text(found: Entry, text: str) -> Iterator[str]:
    wanted = [found.plural or found.msgid]
    if found.plural and text == found.says[0]:  # the form for one may spell the number out
        wanted.append(found.msgid)
    if sorted(MARK.findall(text)) not in [sorted(MARK.findall(one)) for one in wanted]:
        yield f"«{found.msgid}» has other marks in «{text}»"
    if CEDILLAS.search(text):
        yield f"«{text}» has ş or ţ with a cedilla; the Romanian letters have a comma"
    if text == found.msgid and found.msgid not in ALIKE and re.search(r"[A-Za-z]{2}", _bare(text)):
        yield f"«{text}» is not translated"
    if _end(text) != _end(found.plural or found.msgid):
        yield f"«{found.msgid}» ends another way than «{text}»"
    if "«" in text or "»" in text:
        yield f"«{text}» has other quotation marks than „ ”"


def _bare(text: str) -> str:
    return MARK.sub("", text)


def _end(text: str) -> str:
    """The sign at the end, or nothing; a space before it or behind it counts too."""
    return text[-1] if text[-1] in ".…:?! " else ""
