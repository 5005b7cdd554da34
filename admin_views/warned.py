"""What must strike the eye at the top of a page: warnings of its record and of whom it tells."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext
from peewee import Field, ForeignKeyField, Model

from admin_views.policy import can, scoped
from admin_views.titles import name_of
from schema.base import label, option


def warnings_of(row: Model) -> list[tuple[str, str]]:
    """What each warning is about and its text: those of the row, then of the rows it refers to.

    A warning is told to whoever may read its column and know of its row.
    """
    found = [(gettext(label(column)), text) for column, text in _told(row)]
    for key in type(row)._meta.refs:
        if any(_readable_warnings(key.rel_model)) and can("read", type(row), key):
            for other in _known(key, row):
                found += [(_about(column, other), text) for column, text in _told(other)]
    return found


def _known(key: ForeignKeyField, row: Model) -> Iterator[Model]:
    number = row.__data__.get(key.name)
    if number is not None:
        yield from scoped(key.rel_model).where(key.rel_field == number)


def _told(row: Model) -> Iterator[tuple[Field, str]]:
    for column in _readable_warnings(type(row)):
        if row.__data__.get(column.name):
            yield column, row.__data__[column.name]


def _readable_warnings(model: type[Model]) -> Iterator[Field]:
    for name in option(model, "warns", ()):
        if can("read", model, name):
            yield model._meta.fields[name]


def _about(column: Field, row: Model) -> str:
    return gettext("%(what)s of %(whom)s", what=gettext(label(column)), whom=name_of(row))
