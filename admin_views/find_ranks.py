"""How well a row fits what was typed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from admin_views.find_words import Word
from schema.database import fold

EXACT, WHOLE, BEGINS, BEGINS_INSIDE, INSIDE = range(5)
PARTS = re.compile(r"[\s-]+")


def rank_of(
    names: Sequence[str | None], others: Sequence[str | None], words: Sequence[Word]
) -> int:
    """From 0 for the very name, code or number to 4 for letters somewhere inside."""
    title = [_plain(name) for name in names if name]
    parts = [part for name in title for part in PARTS.split(name)]
    typed = [word.text for word in words]
    if title and (sorted(typed) == sorted(parts) or set(typed) == set(title)):
        return EXACT
    if all(_is_exact(word, [*title, *(_plain(o) for o in others if o)]) for word in words):
        return EXACT
    if parts and set(typed) <= set(parts):
        return WHOLE
    if not all(any(part.startswith(word) for part in parts) for word in typed):
        return INSIDE
    first = title[0] if title else ""
    return BEGINS if any(first.startswith(word) for word in typed) else BEGINS_INSIDE


def _is_exact(word: Word, texts: Sequence[str]) -> bool:
    return any(
        text == form or (form.startswith("-") and text.endswith(form))
        for text in texts
        for form in word.forms
    )


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else fold(text) or ""
