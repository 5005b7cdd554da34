"""The value of a form field: what it means, for a comparison, and what it is in words."""

from __future__ import annotations

from typing import Any

from wtforms import Field, SelectField

from admin_views.inputs import DayInput, MomentInput, PickerField
from admin_views.plain_words import day_text, moment_text, yes_text
from admin_views.selects import GroupedSelect, TextSelect


def meaning(field: Field) -> Any:
    """Equal for values that the database would keep alike; nothing typed is None."""
    if field.data is None or field.data == "":
        return _typed(field) or None
    return field.say(field.data) if isinstance(field, MomentInput) else field.data


def words(field: Field) -> str:
    """The value as people read it; what makes no sense, as it was typed."""
    value = field.data
    if field.type == "BooleanField":
        return yes_text(bool(value))
    if value is None:
        return _typed(field)
    if isinstance(field, PickerField):
        return field.shown
    if isinstance(field, SelectField):
        return _choice(field)
    if isinstance(field, DayInput):
        return day_text(value)
    return moment_text(value) if isinstance(field, MomentInput) else str(field._value())


def _typed(field: Field) -> str:
    return str(field.raw_data[0]).strip() if field.raw_data else ""


def _choice(field: SelectField) -> str:
    if isinstance(field, GroupedSelect):
        pairs = [pair for some in field.options(field.data).values() for pair in some]
        return str(dict(pairs).get(field.data, ""))
    if isinstance(field, TextSelect):
        return field.word()
    return str(dict(field.choices or ()).get(str(field.data), field.data))
