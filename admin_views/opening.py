"""Where a list opens: a diary begins today, not with what is far ahead or long past."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for
from peewee import Model
from werkzeug.datastructures import MultiDict

from admin_views.plain_words import local
from schema.base import option, table_name

FROM_TODAY = "from_today"


def list_address(model: type[Model]) -> str:
    """The address under which menus and crumbs open the list of a table."""
    here = url_for(f"{table_name(model)}.index_view")
    return f"{here}?{FROM_TODAY}=1" if option(model, "opens") else here


def asked_of(model: type[Model], given: MultiDict[str, str], now: dt.datetime) -> Any:
    """What a list is asked: as the address says, or all from today on, the soonest first."""
    column = option(model, "opens")
    if not column or FROM_TODAY not in given:
        return given
    today = local(now).date().isoformat()
    return MultiDict({f"flt.{column}.from": today, "sort": column})
