"""A column that a file can fill, and how its cells are understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from schema.sayings import Unfit
from schema.workflow import Refused
from schema.workflow.sheet_rows import Cell
from schema.workflow.values import clean_text


@dataclass(frozen=True)
class Target:
    """A column that a file can fill, how its cells are understood, and how files call it."""

    name: str
    label: str
    words: str = ""
    parse: Callable[..., Any] = clean_text
    most: int | None = None
    zoned: bool = False

    def read(self, cell: Cell, zone: ZoneInfo) -> Any:
        """The value of a cell; Refused in words when it cannot be understood."""
        try:
            value = self.parse(cell, zone) if self.zoned else self.parse(cell)
        except Unfit as error:
            raise Refused(error.says, **error.facts) from None
        if self.most and isinstance(value, str) and len(value) > self.most:
            raise Refused("At most %(most)d characters fit here.", most=self.most)
        return value
