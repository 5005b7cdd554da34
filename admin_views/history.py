"""The history of one record: who changed what, card, subtype and child rows together."""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from flask import request, url_for
from flask_admin.base import expose
from flask_babel import gettext
from peewee import JOIN, Expression, Model

from admin_views.acts import is_admin
from admin_views.changes import Fact, Told, tell
from admin_views.columns import supertype_of
from admin_views.inlines import children_of
from admin_views.menu import crumbs_of
from admin_views.numbers_in import number_in
from admin_views.own_records import card_of
from admin_views.plain_words import code_text, moment_text, reason_text, sayer
from admin_views.policy import can, scoped
from admin_views.reading import note_record
from admin_views.titles import TitleBook, name_of
from schema.audit import AuditChange, AuditEntry, ReadEntry
from schema.base import option, table_name
from schema.custom import VALUES, CustomValue
from schema.patients import Patient
from schema.staff import Staff

AT_ONCE = 50
WHO = (
    AuditEntry.staff, AuditEntry.role, AuditEntry.door, AuditEntry.address, AuditEntry.reason,
)  # fmt: skip


class History:
    """The page of a view that tells what happened to one record."""

    model: type[Model]
    endpoint: str
    _row_or_404: Any
    get_url: Any
    render: Any
    words: Any

    @expose("/history/")
    def history_view(self) -> str:
        """Newest first, a page at a time."""
        row = self._row_or_404()
        note_record("history", row)
        page = number_in(request.args.get("page")) or 0
        found = changes_of(row, page * AT_ONCE, AT_ONCE + 1)
        here = {"id": row._pk}
        return str(
            self.render(
                "panel/history.html",
                view=self.words(),
                title=name_of(row),
                acts=acts_in_words(found[:AT_ONCE], row),
                newer_url=self.get_url(".history_view", page=page - 1, **here) if page else None,
                older_url=self.get_url(".history_view", page=page + 1, **here)
                if len(found) > AT_ONCE
                else None,
                tabs=tabs_of(row, "history_view"),
                crumbs=crumbs_of(self.model),
            )
        )


def tabs_of(row: Model, here: str) -> list[tuple[str, str, bool]]:
    """The pages of one record: (words, address, whether it is this one)."""
    name = table_name(type(row))
    pages = [("details_view", gettext("Record")), ("history_view", gettext("History"))]
    if isinstance(row, AuditEntry):
        return [
            (gettext("Record"), url_for("audit_entry.details_view", id=row._pk), True),
            (gettext("What changed"), url_for("auditing.entry", id=row._pk), False),
        ]
    if not option(type(row), "audited", True):
        return []
    tabs = [(said, url_for(f"{name}.{page}", id=row._pk), page == here) for page, said in pages]
    if isinstance(row, Patient) and can("read", ReadEntry):
        url = url_for("looked.index", id=row._pk)
        tabs.append((gettext("Who looked?"), url, here == "looked"))
    return tabs


def changes_of(row: Model, offset: int, most: int) -> list[dict[str, Any]]:
    """The newest changes of a record, its card and its child rows, with who made them."""
    query = AuditChange.select(AuditChange, *WHO).join(AuditEntry, JOIN.LEFT_OUTER)
    query = query.where(_about(row)).order_by(AuditChange.id.desc())
    return list(query.offset(offset).limit(most).dicts())


def _about(row: Model) -> Expression:
    model = type(row)
    tests = [_row_is(model, row._pk)]
    above = supertype_of(model)
    if above is not None and can("read", model, above):
        tests.append(_row_is(above.rel_model, row.__data__[above.name]))
    card = card_of(model, row)
    if card is not None:
        own = CustomValue.select(CustomValue.id).where(CustomValue.card == card._pk)
        tests.append(_rows_are(CustomValue, own))
    for _, key, child in children_of(model):
        if can("read", child, key):
            mine = scoped(child, child._meta.primary_key).where(key == row._pk)
            tests.append(_rows_are(child, mine))
    return reduce(or_, tests)


def _rows_are(model: type[Model], keys: Any) -> Expression:
    return (AuditChange.table_name == table_name(model)) & AuditChange.row_id.in_(keys)


def _row_is(model: type[Model], key: int) -> Expression:
    return (AuditChange.table_name == table_name(model)) & (AuditChange.row_id == key)


def acts_in_words(found: list[dict[str, Any]], row: Model) -> list[dict[str, Any]]:
    """Changes of one act stand together under who made them; what may not be read is left out."""
    book = TitleBook()
    book.learn({Staff: {change["staff"] for change in found if change["staff"]}})
    told = zip(found, tell(found), strict=True)
    acts = []
    for _, some in groupby(told, key=lambda pair: pair[0]["entry"] or -pair[0]["id"]):
        pairs = list(some)
        changes = [_worded(one, row) for _, one in pairs if one is not None]
        if changes:
            acts.append(who_and_when(pairs[0][0], book) | {"changes": changes})
    return acts


def who_and_when(change: dict[str, Any], book: TitleBook) -> dict[str, Any]:
    """Who did it, in which role, when, by which way in; the address is for the admin alone."""
    roles = (change["role"] or "").replace(",", " ").split()
    by = change["staff"]
    door = sayer(AuditEntry.door)(change["door"] or "outside")
    return {
        "who": book.name(Staff, change["staff"]) or (gettext("Nobody named") if by else door),
        "role": ", ".join(code_text(code) for code in roles),
        "when": moment_text(change["at"]),
        "door": door if by else "",
        "address": change["address"] if is_admin() else None,
        "reason": reason_text(change["reason"] or ""),
    }


def _worded(told: Told, row: Model) -> dict[str, Any]:
    """The record itself is not named on its own page; child rows are."""
    if told.model is CustomValue:
        return {"act": _act("update"), "what": "", "facts": _own_facts(told)}
    above = supertype_of(type(row))
    own = told.model is type(row) or (above is not None and told.model is above.rel_model)
    return {
        "act": _act(told.act),
        "what": "" if own else f"{told.table}: {told.name}",
        "facts": told.facts,
    }


def _act(code: str) -> str:
    return sayer(AuditChange.act)(code)


def _own_facts(told: Told) -> list[Fact]:
    """A field of the clinic's own looks like any other column of the record."""
    return [
        Fact(fact.column, told.name, fact.before or "–", fact.after)
        for fact in told.facts
        if fact.column in VALUES
    ]
