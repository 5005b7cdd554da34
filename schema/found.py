"""How a table answers when people look for anything at all: its place, where it looks, its line."""

from __future__ import annotations

from typing import NamedTuple


class Found(NamedTuple):
    """`Meta.found` of a table.

    `by` are columns of text, days, and references to tables that are found themselves. `tells` are
    the columns of the one line under a row's name; two names in one word stand side by side.
    `next` is a back reference with its moment: the first one to come is told. `held` is a back
    reference with the reference that it names, such as the roles of a person.
    """

    place: int
    by: tuple[str, ...]
    tells: tuple[str, ...]
    next: tuple[str, str] | None = None
    held: tuple[str, str] | None = None
    begins: bool = False  # whether people begin such a row when they find none
