"""The statement of a device on an order's page: what it will say, what is missing, all versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import force_locale, gettext

from admin_views.language import language, row_name
from admin_views.menu import crumbs_of
from admin_views.people import current_person, my_key
from admin_views.plain_words import day_text, local, moment_text
from admin_views.policy import scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words, said
from admin_views.statement_rights import may_issue, may_read, way_to
from admin_views.titles import name_of
from schema.base import utcnow
from schema.device_statements import DeviceStatement
from schema.orders import LabOrder
from schema.staff import LANGUAGES, Role, Staff
from schema.workflow import Refused
from schema.workflow.device_statements import document_of, in_force, issue_statement
from schema.workflow.statement_content import INSIDE, Declared, content_of, full_name, keep_until
from schema.workflow.statement_gaps import statement_gaps
from schema.workflow.statement_lines import identity_of, replaced, sections_of

KINDS = {
    "medicine": "a medicinal substance",
    "human_tissue": "tissues or cells of human origin",
    "animal_tissue": "tissues or cells of animal origin",
}
assert set(KINDS) == set(INSIDE)


class StatementsView(BaseView):
    """One order at a time: its statements, and the next one for whoever signs."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return may_read()

    @expose("/")
    def index(self) -> Any:
        return redirect(self.get_url("device_statement.index_view"))

    @expose("/<int:number>", methods=("GET", "POST"))
    def order(self, number: int) -> Any:
        """Read the versions; sign the next one."""
        order = scoped(LabOrder).where(LabOrder.id == number).first() or abort(404)
        if request.method == "GET":
            return self._draw(order)
        if not may_issue():
            abort(403)
        if request.form.get("act") == "show":
            return self._draw(order)
        try:
            made = _issued(order)
        except Refused as refusal:
            return self._draw(order, in_words(refusal)), 422
        flash(gettext("Version %(number)s is signed.", number=made.version), "good")
        return redirect(self.get_url(".order", number=order.id))

    @expose("/document/<int:key>")
    def document(self, key: int) -> Any:
        """The very document that was signed, version by version."""
        found = scoped(DeviceStatement).where(DeviceStatement.id == key).first() or abort(404)
        order = scoped(LabOrder).where(LabOrder.id == found.order_id).first() or abort(404)
        note_record("detail", order)
        try:
            answer = Response(document_of(found), mimetype="application/pdf")
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return redirect(self.get_url(".order", number=order.id))
        name = f"statement-{order.ticket}-{found.version}-{found.language}.pdf"
        answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
        return answer

    def _draw(self, order: LabOrder, mistake: str = "") -> str:
        note_record("detail", order)
        return self.render(
            "orders/statement.html",
            order=order,
            title=name_of(order),
            crumbs=crumbs_of(LabOrder),
            mistake=mistake,
            reader=language(),
            versions=_versions(order),
            next=_next(order) if may_issue() else None,
        )


def _issued(order: LabOrder) -> DeviceStatement:
    now, declared = utcnow(), _declared(order)
    return issue_statement(
        order.id,
        declared,
        request.form.get("signed", ""),
        by=my_key(),
        now=now,
        today=local(now).date(),
        say=_speaker(declared.language),
    )


def _declared(order: LabOrder) -> Declared:
    """What the form says; before it is sent, what such a work usually is."""
    form, sent = request.values, request.method == "POST"
    chosen = form.get("language", language())
    if chosen not in LANGUAGES:
        chosen = language()
    unmet = form.get("unmet", "").strip()[:2000] or None
    if form.get("conformity") == "partly" and unmet is None:
        unmet = ""
    return Declared(
        language=chosen,
        function=form.get("function", "" if sent else _function(chosen)).strip()[:80],
        implantable=form.get("implantable") == "yes" if sent else order.work_type.is_fixed,
        unmet=unmet if form.get("conformity") == "partly" else None,
        inside=frozenset(form.getlist("inside")),
        substances=form.get("substances", "").strip()[:300] or None,
        reason=form.get("reason", "").strip()[:300] or None,
    )


def _function(chosen: str) -> str:
    """The person's role, as the signatory's function."""
    person = current_person()
    held = list(person.own_role_ids) if person else []
    names = Role.select(Role.name).where(Role.id.in_(held or [0])).order_by(Role.id)
    return ", ".join(_speaker(chosen)(name) for (name,) in names.tuples())


def _next(order: LabOrder) -> dict[str, Any]:
    """The next version: what is missing, what it will say, and what the signatory declares."""
    declared, today = _declared(order), local(utcnow()).date()
    gaps = statement_gaps(order)
    before, me = in_force(order), Staff.get_by_id(my_key())
    content = content_of(order, declared, me, today, before, _speaker(declared.language))
    return {
        "missing": [(said(gap.says, gap.facts), way_to(order, gap.where)) for gap in gaps],
        "declared": declared,
        "unmet": request.values.get("unmet", "")[:2000],
        "corrects": before.version if before else None,
        "languages": [(code, gettext(word)) for code, word in LANGUAGES.items()],
        "kinds": [(code, gettext(word)) for code, word in KINDS.items()],
        "identity": identity_of(content),
        "replaced": replaced(content) if declared.reason else "",
        "sections": sections_of(content),
        "signs_as": full_name(me),
        "signed": request.form.get("signed", ""),
        "kept": {
            "yes": day_text(keep_until(today, implantable=True)),
            "no": day_text(keep_until(today, implantable=False)),
        },
    }


def _versions(order: LabOrder) -> list[dict[str, Any]]:
    """All versions, the one in force first."""
    rows = scoped(DeviceStatement).where(DeviceStatement.order == order)
    found = rows.order_by(DeviceStatement.version.desc())
    return [
        {
            "key": one.id,
            "version": one.version,
            "in_force": number == 0,
            "language": gettext(LANGUAGES[one.language]),
            "when": moment_text(one.at),
            "who": one.signed_name,
            "function": one.signed_function,
            "reason": one.reason,
            "kept": day_text(one.keep_until),
            "sha256": one.sha256,
        }
        for number, one in enumerate(found)
    ]


def _speaker(code: str) -> Callable[[str], str]:
    """Puts names of first rows and words of ours into the language of the statement."""

    def say(text: str) -> str:
        with force_locale(code):
            named = row_name(text)
            return named if named != text else gettext(text)

    return say
