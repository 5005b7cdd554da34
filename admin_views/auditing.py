"""The audit on the screen: what one act changed, by rights, and the proof of all of it."""

from __future__ import annotations

from itertools import islice
from typing import Any

from flask import abort, current_app, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext
from peewee import Model

from admin_views.acts import is_admin
from admin_views.changes import Told, tables, tell
from admin_views.history import WHO, who_and_when
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import moment_text, sayer
from admin_views.policy import can, can_see_table, scope
from admin_views.reading import note_rows
from admin_views.sentences import said
from admin_views.titles import TitleBook
from schema import TABLES
from schema.audit import AuditChange, AuditEntry
from schema.base import table_name
from schema.clock import JobRun
from schema.fingerprints import number_of
from schema.settings import audit_keys
from schema.staff import Staff
from schema.trail import Finding
from schema.verifying import verify

MOST_CHANGES, MOST_FINDINGS = 200, 100
PROOF = "audit_proof"


class AuditView(BaseView):
    """Two pages: the changes of one act, for who may read the audit; the proof, for the admin."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return current_person() is not None and can("read", AuditEntry)

    @expose("/entry/")
    def entry(self) -> Any:
        """The changes of one act, in words; rows that are not for this person are only counted."""
        query = AuditEntry.select(AuditEntry, *WHO).where(
            AuditEntry.id == (number_in(request.args.get("id")) or 0)
        )
        limit = scope(AuditEntry)
        entry = query.where(limit).dicts().first() if limit is not None else query.dicts().first()
        if entry is None:
            abort(404)
        changes = AuditChange.select().where(AuditChange.entry == entry["id"])
        found = list(changes.order_by(AuditChange.id).limit(MOST_CHANGES).dicts())
        known = _within(found)
        mine = [one for one in found if (one["table_name"], one["row_id"]) in known]
        told = [one for one in tell(mine) if one is not None]
        for one in told:
            note_rows("history", one.model, [one.row_id])
        book = TitleBook()
        book.learn({Staff: {entry["staff"]} - {None}})
        return self.render(
            "panel/audit_entry.html",
            number=number_of(entry["chain"], entry["seq"]),
            act=who_and_when(entry, book),
            changes=[_worded(one) for one in told],
            unseen=entry["change_count"] - len(told),
            crumbs=[(gettext("Audit entries"), url_for("audit_entry.index_view"))],
        )

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        """When the whole was proven last; a press proves it now and tells what was found."""
        if not is_admin():
            abort(403)
        runs = JobRun.select().where(JobRun.job == PROOF, JobRun.finished_at.is_null(False))
        last = runs.order_by(JobRun.due_on.desc()).first()
        return self.render(
            "panel/audit_proof.html",
            last=moment_text(last.finished_at) if last else None,
            entries=AuditEntry.select().count(),
            findings=_proof() if request.method == "POST" else None,
            most=MOST_FINDINGS,
            crumbs=[(gettext("Audit entries"), url_for("audit_entry.index_view"))],
        )


def _proof() -> list[dict[str, Any]]:
    """What the audit cannot explain, in words; at most 100."""
    folder = current_app.config["SETTINGS"].anchor_folder
    found = verify(TABLES, audit_keys(), folder)
    return [_finding(one) for one in islice(found, MOST_FINDINGS)]


def _finding(found: Finding) -> dict[str, Any]:
    model = tables().get(found.table or "")
    known = model is not None and found.row_id and can_see_table(model)
    url = url_for(f"{found.table}.details_view", id=found.row_id) if known else None
    return {"says": said(found.says, found.facts), "url": url}


def _within(changes: list[dict[str, Any]]) -> set[tuple[str, int]]:
    """The rows of these changes that the person may know of, one question for each table."""
    found = set()
    for name in {change["table_name"] for change in changes}:
        keys = {change["row_id"] for change in changes if change["table_name"] == name}
        model = tables().get(name)
        if model is not None and can_see_table(model):
            found |= {(name, key) for key in _in_scope(model, keys)}
    return found


def _in_scope(model: type[Model], keys: set[int]) -> set[int]:
    limit, key = scope(model), model._meta.primary_key
    if limit is None:
        return keys
    return {one for (one,) in model.select(key).where(key.in_(list(keys)), limit).tuples()}


def _worded(told: Told) -> dict[str, Any]:
    return {
        "act": sayer(AuditChange.act)(told.act),
        "what": f"{told.table}: {told.name or f'#{told.row_id}'}",
        "url": url_for(f"{table_name(told.model)}.details_view", id=told.row_id),
        "facts": told.facts,
    }
