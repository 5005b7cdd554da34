"""Where a list opens: a diary begins today, not with what is far ahead or long past."""

from __future__ import annotations

from flask import url_for
from peewee import Model

from admin_views.policy import can
from schema.base import option, table_name


def list_address(model: type[Model]) -> str:
    """The address under which menus and crumbs open the list of a table."""
    here, column = url_for(f"{table_name(model)}.index_view"), option(model, "opens")
    if not column or not can("read", model, column):
        return here
    return f"{here}?flt.{column}.in=to_come&sort={column}"
