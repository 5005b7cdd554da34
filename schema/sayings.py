"""Sentences with facts in them, kept apart until somebody says them in a language."""

from __future__ import annotations

from collections.abc import Iterable


class Unfit(ValueError):
    """A value that a column does not take.

    `says` is a plain English sentence with `%(name)s` marks for the facts.
    """

    def __init__(self, says: str, **facts: object) -> None:
        super().__init__(says % facts if facts else says)
        self.says = says
        self.facts = facts


class Noun(str):
    """A fact that is an English word of the house's own, such as a label: it is translated too."""


class Nouns(str):
    """Several such words in one fact."""

    parts: tuple[str, ...]
    glue: str

    def __new__(cls, parts: Iterable[str], glue: str = ", ") -> Nouns:
        kept = tuple(parts)
        said = super().__new__(cls, glue.join(kept))
        said.parts, said.glue = kept, glue
        return said
