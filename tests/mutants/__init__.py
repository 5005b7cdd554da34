"""The panel's guards, each with an edit that takes it away and the tests that must then fail."""

from __future__ import annotations

from typing import NamedTuple


class Mutant(NamedTuple):
    """One guard taken away: `old` stands once in `file`; `tests` are pytest's arguments.

    `behind` names the second guard that does the same work, when no test can tell the first.
    """

    guard: str
    file: str
    old: str
    new: str
    tests: str
    behind: str = ""
