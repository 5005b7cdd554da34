"""Form fields for measures: spans as `1 h 30 min`, numbers with a fixed count of decimals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask_babel import gettext

from admin_views.inputs import LARGEST, TypedField
from admin_views.plain_words import scaled_text
from admin_views.spans import span_text
from schema.measures import ScaledField
from schema.workflow.spans import read_span
from schema.workflow.values import parse_decimal


class SpanInput(TypedField):
    """Hours and minutes as people write them; minutes kept."""

    helped = {"data-span": True}

    def say(self, value: int) -> str:
        return span_text(value)

    def understand(self, text: str) -> int | None:
        return read_span(text)


class ScaledInput(TypedField):
    """`12,4` typed and shown; 124 kept. More decimals than the column has are refused."""

    helped = {"inputmode": "decimal"}

    def __init__(self, *args: Any, column: ScaledField, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column = column

    def say(self, value: int) -> str:
        return scaled_text(self.column, value)

    def understand(self, text: str) -> int:
        return scaled(self.column, text)


def scaled(column: ScaledField, text: str) -> int:
    """The whole number kept for what was typed, with or without its unit; ValueError in words."""
    number = parse_decimal(text.removesuffix(column.unit)).scaleb(column.digits)
    if number != number.to_integral_value():
        digits = column.digits
        raise ValueError(gettext("At most %(digits)s digits after the comma.", digits=digits))
    if abs(number) > LARGEST:
        raise ValueError(gettext("That number is too large."))
    return int(Decimal(number))
