"""Who changed a record last, and when: the line in the foot of its pages."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.columns import supertype_of
from admin_views.plain_words import moment_text
from admin_views.policy import can
from schema.audit import AuditChange
from schema.base import option, table_name
from schema.database import database
from schema.staff import Staff


def last_change(row: Model) -> dict[str, Any] | None:
    """The address of the history, and the newest change of a row or its card in words.

    None for tables that are not recorded.
    """
    model = type(row)
    if not option(model, "audited", True):
        return None
    found = _newest(row)
    words, name, when = "", "", ""
    if found is not None:
        at, first, last = found
        when = moment_text(AuditChange.at.python_value(at))
        known = first and can("read", Staff, "first_name") and can("read", Staff, "last_name")
        name = f"{first} {last}" if known else ""
        words = _words(name, when)
    history = url_for(f"{table_name(model)}.history_view", id=row._pk)
    return {"words": words, "name": name, "when": when, "url": history}


def _words(name: str, when: str) -> str:
    if name:
        return gettext("Last changed by %(name)s, %(when)s", name=name, when=when)
    return gettext("Last changed %(when)s", when=when)


def _newest(row: Model) -> tuple[dt.datetime, str | None, str | None] | None:
    """When, first name, last name; of the row or of its card, whichever was changed later."""
    above = supertype_of(type(row))
    said = [table_name(type(row)), row._pk]
    if above is not None:
        said += [table_name(above.rel_model), row.__data__[above.name]]
    text = _question(len(said) // 2, database.obj.param)
    found: tuple[dt.datetime, str | None, str | None] | None
    found = database.execute_sql(text, said).fetchone()
    return found


@cache
def _question(rows: int, mark: str) -> str:
    test = " OR ".join([f"(c.table_name = {mark} AND c.row_id = {mark})"] * rows)
    return (
        "SELECT c.at, s.first_name, s.last_name FROM audit_change c "
        "LEFT JOIN audit_entry e ON e.id = c.entry_id LEFT JOIN staff s ON s.id = e.staff_id "
        f"WHERE {test} ORDER BY c.id DESC LIMIT 1"
    )
