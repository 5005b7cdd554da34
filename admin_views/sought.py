"""What somebody looked for in vain is what the new record begins with."""

from __future__ import annotations

from flask import request
from peewee import Model

from admin_views.find_words import IN_PIECES, LONGEST
from schema.base import option
from schema.fields import EmailField, PhoneField, normal_phone
from schema.names import NameField
from schema.sayings import Unfit

SOUGHT = "sought"


def sought(model: type[Model]) -> dict[str, str]:
    """The telephone number, the e-mail address and the names that the address of a form bears.

    Of two names the first one is the family's, as everywhere in the house.
    """
    typed, found = request.args.get(SOUGHT, "")[:LONGEST], option(model, "found")
    if not typed or found is None:
        return {}
    words = IN_PIECES.sub(" ", typed).split()
    told = {
        PhoneField: [_telephone(typed)],
        EmailField: [word for word in words if "@" in word],
        NameField: _names(words),
    }
    return {
        name: value
        for kind, values in told.items()
        for name, value in _placed(_of_kind(model, found.by, kind), values).items()
        if value
    }


def _of_kind(model: type[Model], names: tuple[str, ...], kind: type) -> list[str]:
    return [name for name in names if isinstance(model._meta.fields[name], kind)]


def _placed(columns: list[str], values: list[str]) -> dict[str, str]:
    """A value for each column, the last of them takes what is left over."""
    if not columns:
        return {}
    last = len(columns) - 1
    return dict(zip(columns, [*values[:last], " ".join(values[last:])], strict=False))


def _names(words: list[str]) -> list[str]:
    names = [word for word in words if word.replace("-", "").isalpha()]
    return [name.title() if name.islower() else name for name in names]


def _telephone(typed: str) -> str:
    """The number as it is kept; nothing where there is none."""
    piece = IN_PIECES.search(typed)
    try:
        return normal_phone(piece[0]) if piece else ""
    except Unfit:
        return ""
