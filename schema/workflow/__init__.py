"""VERBS: what may happen, one act and one transaction at a time; or a refusal in words."""

from __future__ import annotations


class Refused(Exception):
    """The house says no to a person, in words that say what to do.

    `says` is a plain English sentence with `%(name)s` marks for the facts, so that a screen can
    translate the sentence first and fill in the facts afterwards.
    """

    def __init__(self, says: str, **facts: object) -> None:
        super().__init__(says)
        self.says = says
        self.facts = facts

    def __str__(self) -> str:
        return self.says % self.facts if self.facts else self.says
