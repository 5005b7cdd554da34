"""Bringing in a list: send a file, say which column is which, look at the dry run, write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, request, stream_template
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views import import_files
from admin_views.import_files import Waiting
from admin_views.import_report import Report
from admin_views.numbers_in import number_in
from admin_views.opening import list_address
from admin_views.own_columns import may_write
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, scoped
from admin_views.sentences import in_words
from schema.acting import acting
from schema.base import utcnow
from schema.staff import Staff, StaffRole
from schema.workflow import Refused
from schema.workflow.import_own import PREFIX, own_of
from schema.workflow.import_rows import Importer, Target
from schema.workflow.imports import (
    KINDS,
    Plan,
    apply_import,
    guess_mapping,
    plan_import,
    refused_csv,
)
from schema.workflow.sheets import Sheet, read_sheet

PREVIEW_ROWS = 8


class ImportView(BaseView):
    """Four steps, each a page of its own; nothing is written before the last."""

    def is_accessible(self) -> bool:
        return current_person() is not None and bool(open_kinds())

    @expose("/")
    def index(self) -> Any:
        """Choose a list and send the file."""
        lists = {kind: gettext(KINDS[kind].label) for kind in open_kinds()}
        return self.render("imports/send.html", lists=lists, chosen=request.args.get("kind"))

    @expose("/file", methods=("POST",))
    def send(self) -> Any:
        """Keep the file until the person has chosen its columns."""
        kind, file = request.form.get("kind", ""), request.files.get("file")
        if kind not in open_kinds():
            abort(403)
        try:
            if file is None or not file.filename:
                raise Refused("Choose a file first.")
            data = file.read()
            read_sheet(file.filename, data)
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return redirect(self.get_url(".index", kind=kind))
        import_files.begin(kind, file.filename, data)
        return redirect(self.get_url(".columns"))

    @expose("/columns")
    def columns(self) -> Any:
        """Show the first rows and what each column is taken for."""
        waiting, sheet = self._waiting()
        if sheet is None:
            return self._expired()
        importer = KINDS[waiting.kind]
        return self.render(
            "imports/columns.html",
            waiting=waiting,
            sheet=sheet,
            label=gettext(importer.label),
            targets=[(target.name, gettext(target.label)) for target in open_targets(importer)],
            mapping=waiting.mapping or allowed(guess_mapping(importer, sheet.header), importer),
            rows=preview(sheet),
        )

    @expose("/check", methods=("POST",))
    def check(self) -> Any:
        """Judge every row and tell the progress while the page is being read."""
        waiting, sheet = self._waiting()
        if sheet is None:
            return self._expired()
        waiting.mapping = chosen_columns(sheet)
        waiting.keep()
        try:
            plan = self._plan(waiting, sheet)
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return redirect(self.get_url(".columns"))
        report = Report(plan, waiting)
        return Response(
            stream_template(
                "imports/check.html", report=report, waiting=waiting, plan=plan, admin_view=self
            ),
            headers={"X-Accel-Buffering": "no"},
        )

    @expose("/write", methods=("POST",))
    def write(self) -> Any:
        """Write the file wholly or not at all, as the person chose."""
        waiting, sheet = self._waiting()
        if sheet is None or not waiting.mapping:
            return self._expired()
        plan = self._plan(waiting, sheet, create=chosen_rows())
        try:
            skip = "skip_refused" in request.form
            with acting(door="import", reason=f"{waiting.kind}: {waiting.name}"):
                done = apply_import(plan, skip_refused=skip, guard=own_rows(KINDS[waiting.kind]))
        except Refused as refusal:
            waiting.keep_refused(refused_csv(plan))
            flash(in_words(refusal), "error")
            return redirect(self.get_url(".columns"))
        waiting.keep_refused(refused_csv(plan))
        waiting.drop_table()
        there = list_address(KINDS[waiting.kind].model)
        return self.render("imports/done.html", done=done, waiting=waiting, list_url=there)

    @expose("/refused.csv")
    def refused(self) -> Any:
        """The refused rows of the last check, to correct and send again."""
        waiting = import_files.waiting_file()
        data = waiting.refused if waiting else None
        if data is None:
            abort(404)
        return Response(
            data,
            mimetype="text/csv",
            headers={
                "Content-Disposition": "attachment; filename=refused.csv",
                "Cache-Control": "no-store",
            },
        )

    def _waiting(self) -> tuple[Waiting, Sheet | None]:
        """The file that waits and its table; without one, the table is None."""
        waiting = import_files.waiting_file()
        if waiting is None or not waiting.has_table():
            return Waiting("", 0, "", ""), None
        if waiting.kind not in open_kinds():
            abort(403)
        return waiting, read_sheet(waiting.name, waiting.data)

    def _expired(self) -> Any:
        flash(gettext("No file waits here any more. Send it again."), "warning")
        return redirect(self.get_url(".index"))

    def _plan(self, waiting: Waiting, sheet: Sheet, create: Any = ()) -> Plan:
        importer, person = KINDS[waiting.kind], current_person()
        if waiting.mapping != allowed(waiting.mapping, importer) or person is None:
            abort(403)
        return plan_import(
            waiting.kind,
            sheet,
            waiting.mapping,
            by=Staff.get_by_id(person.staff_id),
            now=utcnow(),
            create=create,
            zone=clinic_zone(),
        )


def open_kinds() -> list[str]:
    """The lists that this person may bring in."""
    return [kind for kind, importer in KINDS.items() if can("create", importer.model)]


def own_rows(importer: type[Importer]) -> Callable[[list[int]], None]:
    """Refuses new rows that this person could not see afterwards, as a form would."""

    def guard(keys: list[int]) -> None:
        mine = scoped(importer.model).where(importer.model._meta.primary_key.in_(keys))
        if mine.count() < len(keys):
            raise Refused("Some rows would not be your own records; choose yourself or your place.")

    return guard


def open_targets(importer: type[Importer]) -> list[Target]:
    """The columns that this person may fill."""
    return [target for target in importer.columns() if may_fill(importer, target)]


def may_fill(importer: type[Importer], target: Target) -> bool:
    if target.name == "roles":
        return can("create", StaffRole)
    if target.name.startswith(PREFIX) and importer.card_kind:
        own = own_of(importer.card_kind).get(target.name)
        return own is not None and may_write(own)
    if target.name in importer.model._meta.fields:
        return can("create", importer.model, target.name)
    return True


def allowed(mapping: dict[int, str], importer: type[Importer]) -> dict[int, str]:
    """A mapping without the columns that this person may not fill."""
    names = {target.name for target in open_targets(importer)}
    return {index: name for index, name in mapping.items() if name in names}


def chosen_columns(sheet: Sheet) -> dict[int, str]:
    """What the person said each column is; empty means left out."""
    chosen = {index: request.form.get(f"column.{index}", "") for index in range(len(sheet.header))}
    return {index: name for index, name in chosen.items() if name}


def chosen_rows() -> str | set[int]:
    """The rows to create although they look like somebody known."""
    if request.form.get("alike") == "create":
        return "all"
    numbers = request.form.getlist("create")
    return {number for text in numbers if (number := number_in(text)) is not None}


def preview(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The first rows as text, each as long as the header."""
    width = len(sheet.header)
    return [
        (row.number, [shorten(cell) for cell in (*row.cells, *[None] * width)[:width]])
        for row in sheet.rows[:PREVIEW_ROWS]
    ]


def shorten(cell: object) -> str:
    text = "" if cell is None else str(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"
