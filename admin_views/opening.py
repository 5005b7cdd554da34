"""Where a list opens (a diary begins today, not with what is long past), and a new record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.policy import can
from schema.base import option, singular, table_name


def list_address(model: type[Model]) -> str:
    """The address under which menus and crumbs open the list of a table."""
    here, column = url_for(f"{table_name(model)}.index_view"), option(model, "opens")
    if not column or not can("read", model, column):
        return here
    return f"{here}?flt.{column}.in=to_come&sort={column}"


def beginnings(models: Iterable[type[Model]], **given: Any) -> list[tuple[str, str]]:
    """What the person may begin, of these: the words, such as «New patient», and the address.

    `given` is what the form then begins with.
    """
    return [
        (
            gettext("New %(thing)s", thing=_lowered(model)),
            url_for(f"{table_name(model)}.create_view", **given),
        )
        for model in models
        if can("create", model)
    ]


def _lowered(model: type[Model]) -> str:
    name = gettext(singular(model))
    return name[:1].lower() + name[1:]
