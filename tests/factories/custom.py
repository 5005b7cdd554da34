"""Makes fields that the clinic adds to cards, and their values."""

from __future__ import annotations

from typing import Any

from schema.custom import CustomField, CustomValue
from tests.factories import number
from tests.factories.cards import a_card

GOOD = {"text": {"text_value": "Blue"}, "choice": {"choice_value": "red"}}


def a_custom_field(**columns: Any) -> CustomField:
    """A text field on inquiries; `type="choice"` has the choices red and blue."""
    mark = number()
    good: dict[str, Any] = {"kind": "lead", "code": f"field{mark}", "label": f"Field {mark}"}
    if columns.get("type") == "choice":
        good["choices"] = "red\nblue"
    return CustomField.create(**good | columns)


def a_custom_value(**columns: Any) -> CustomValue:
    """A value of the field's type on a card of the field's kind."""
    field = columns["field"] = columns.get("field") or a_custom_field()
    way = {"pipeline": field.pipeline} if field.pipeline_id else {}
    columns["card"] = columns.get("card") or a_card(field.kind, **way)
    return CustomValue.create(**{"type": field.type} | GOOD.get(field.type, {}) | columns)
