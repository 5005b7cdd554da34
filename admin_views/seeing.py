"""What a form showed when it was opened, sealed into it, so that a later save can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from peewee import Model
from wtforms import Field, SelectField

from admin_views.inlines import InlineRows
from admin_views.inputs import PickerField

SEEN = "seen"
Seen = dict[str, str]


def whose_form(row: Model) -> str:
    """Names the record that sealed values belong to."""
    return f"{type(row).__name__}.{row._pk}"


def as_sent(form: Iterable[Field]) -> Seen:
    """What pressing Save at once would send, by field; a box without a tick sends nothing."""
    return dict(_sent(form))


def _sent(form: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for field in form:
        if isinstance(field, InlineRows):
            for entry in field.entries:
                yield from _sent(entry.form)
        elif field.type == "BooleanField":
            if field.data:
                yield field.name, "y"
        elif isinstance(field, PickerField | SelectField):
            yield field.name, "" if field.data is None else str(field.data)
        else:
            yield field.name, field._value()


def seal(form: Iterable[Field], whose: str) -> str:
    """The values of a form that nobody has typed into yet; `whose` names its record."""
    return str(_sealer(_keys()).dumps([whose, as_sent(form)]))


def unseal(token: str | None, whose: str) -> Seen | None:
    """The values that were sealed for this record; None when they are not ours."""
    try:
        owner, seen = _sealer(_keys()).loads(token or "")
    except (BadData, ValueError, TypeError):
        return None
    return seen if owner == whose else None


def _keys() -> tuple[str, ...]:
    """The present key last: it seals, the earlier ones only open."""
    config = current_app.config
    return (*reversed(config["SECRET_KEY_FALLBACKS"]), config["SECRET_KEY"])


@cache
def _sealer(keys: tuple[str, ...]) -> URLSafeSerializer:
    return URLSafeSerializer(list(keys), salt="as first seen")
