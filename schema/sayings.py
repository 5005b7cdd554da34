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


class RowNames(Nouns):
    """Names of rows in one fact: those of first rows are said in the reader's language."""


class Sayings(str):
    """Several sentences with facts of their own in one fact, such as all that is missing."""

    parts: tuple[tuple[str, dict[str, object]], ...]

    def __new__(cls, parts: Iterable[tuple[str, dict[str, object]]]) -> Sayings:
        kept = tuple(parts)
        told = super().__new__(
            cls, "; ".join(says % facts if facts else says for says, facts in kept)
        )
        told.parts = kept
        return told
