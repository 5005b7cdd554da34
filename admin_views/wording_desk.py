"""Wordings: what is said on each event, with the names that can be filled in and a preview."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.numbers_in import number_in
from admin_views.plain_words import code_text
from admin_views.policy import granted, may_touch, scoped
from admin_views.sentences import in_words
from schema.messages import CHANNELS, Wording
from schema.staff import LANGUAGES
from schema.wording_words import PLACEHOLDERS
from schema.workflow import Refused
from schema.workflow.values import clean_lines, clean_text
from schema.workflow.wordings import filled, set_wording

SAMPLE = {
    "first_name": "Maria",
    "day": "14.12.2026",
    "time": "10:30",
    "place": "Strada Zorilor 12",
    "clinic_phone": "0721 000 901",
    "provider": "dr. Răzvan Bălan",
    "visit_kind": "Control",
    "old_day": "12.12.2026",
    "old_time": "09:00",
    "due_day": "20.12.2026",
    "stage_name": "Implant",
    "link": "https://clinic.example/password/…",
    "valid_hours": "24",
}


def open_here() -> bool:
    """Whether the person at the screen may use this page."""
    return all(granted("edit", Wording, column) for column in ("subject", "text", "active"))


class WordingView(BaseView):
    """One event at a time, every channel and language of it on one page."""

    def is_accessible(self) -> bool:
        return open_here()

    @expose("/", methods=("GET", "POST"))
    def index(self) -> Any:
        events = [
            e for (e,) in scoped(Wording, Wording.event).distinct().tuples().order_by(Wording.event)
        ]
        event = request.values.get("event") or next(iter(events), "")
        if events and event not in events:
            abort(404)
        rows = list(scoped(Wording).where(Wording.event == event))
        rows.sort(key=lambda row: (list(CHANNELS).index(row.channel), row.language))
        if request.method == "POST":
            return self._keep(events, event, rows)
        return self._draw(events, event, rows, {})

    def _keep(self, events: list[str], event: str, rows: list[Wording]) -> Any:
        """Keep or show the one wording whose button was pressed."""
        wanted = request.form.get("wording", "")
        row = next((row for row in rows if str(row.id) == wanted), None) or abort(404)
        if not may_touch("edit", row):
            abort(403)
        text = clean_lines(request.form.get("text")) or ""
        subject = clean_text(request.form.get("subject"))
        if request.form.get("act") == "try":
            row.__data__ |= {"subject": subject, "text": text}
            return self._draw(events, event, rows, {}, row.id)
        try:
            set_wording(
                row,
                subject=subject,
                text=text,
                active="active" in request.form,
                version=number_in(request.form.get("version")) or 0,
            )
        except Refused as error:
            row.__data__ |= {"subject": subject, "text": text}
            return self._draw(events, event, rows, {row.id: in_words(error)}, row.id), 422
        flash(gettext("Saved: %(name)s", name=code_text(event)), "good")
        return redirect(self.get_url(".index", event=event))

    def _draw(
        self, events: list[str], event: str, rows: list, wrong: dict, here: int | None = None
    ) -> str:
        return self.render(
            "setup/wordings.html",
            events=[(code, code_text(code)) for code in events],
            chosen=event,
            names=sorted(PLACEHOLDERS.get(event, ())),
            rows=[_card(row, wrong.get(row.id), row.id == here) for row in rows],
        )


def _card(row: Wording, wrong: str | None, here: bool) -> dict[str, Any]:
    return {
        "row": row,
        "channel": gettext(CHANNELS[row.channel]),
        "language": gettext(LANGUAGES[row.language]),
        "subject": filled(row.subject or "", SAMPLE),
        "preview": filled(row.text, SAMPLE),
        "length": len(filled(row.text, SAMPLE)),
        "wrong": wrong,
        "here": here,
    }
