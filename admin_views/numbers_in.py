"""Whole numbers in what a browser sends: keys, versions, places."""

from __future__ import annotations

DIGITS = 9  # what every column of whole numbers holds, on both engines


def number_in(text: object) -> int | None:
    """The number of at most nine digits that stands there; None for all else, `²` too."""
    said = "" if text is None else str(text)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else None
