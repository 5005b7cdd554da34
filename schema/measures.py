"""Column types of measures: a span of time in minutes, a decimal kept as a whole number."""

from __future__ import annotations

from typing import Any

from peewee import IntegerField


class SpanField(IntegerField):
    """A span of time in minutes; people read and write `45 min`, `2 h` or `1 h 30 min`."""


class ScaledField(IntegerField):
    """A measure with decimals kept as a whole number: 124 is 12.4 with one digit after the point.

    `unit` is written behind it (`mm`); `every_digit` keeps zeros at the end, as makers print them.
    """

    def __init__(
        self, *args: Any, digits: int, unit: str = "", every_digit: bool = False, **kwargs: Any
    ) -> None:
        self.digits, self.unit, self.every_digit = digits, unit, every_digit
        super().__init__(*args, **kwargs)
