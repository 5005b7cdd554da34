"""Which language the person at the screen reads, and the names of first rows in it."""

from __future__ import annotations

from functools import cache

from flask import g
from flask_babel import get_locale

from admin_views.catalogues import ENGLISH, TWO_AT_ONCE, first_rows_of
from schema.database import fold


def language() -> str:
    """`ro` or `en`; English where nobody reads, as on the command line."""
    kept = g.get("_flask_babel") if g else None  # where Flask-Babel keeps what it found
    locale = getattr(kept, "babel_locale", None) or get_locale()
    return locale.language if locale else ENGLISH


def row_name(text: str) -> str:
    """The name of a first row in the reader's language; any other name as it was typed."""
    known = first_rows_of(language()).phrases
    if text in known:
        return known[text][0]
    parts = text.split(TWO_AT_ONCE)
    return TWO_AT_ONCE.join(known[part][0] if part in known else part for part in parts)


def row_names_with(term: str) -> list[str]:
    """The kept names of first rows whose name in the reader's language has `term` inside."""
    spoken, wanted = language(), fold(term) or ""
    if spoken == ENGLISH or not wanted:
        return []
    return [kept for kept, said in _folded(spoken).items() if wanted in said]


@cache
def _folded(spoken: str) -> dict[str, str]:
    known = first_rows_of(spoken).phrases
    return {text: fold(says[0]) or "" for text, says in known.items()}
