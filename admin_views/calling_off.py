"""A visit that will not be: on whose wish, and why; the row stays."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.policy import granted, may_touch, scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from admin_views.titles import name_of
from schema.appointments import CANCELLED_FOR, Appointment
from schema.base import utcnow
from schema.workflow import Refused, visits

SAID = ("cancelled_at", "cancelled_for", "cancel_reason")


def may_call_off() -> bool:
    """Whether the person may write all that a cancelled visit says."""
    return all(granted("edit", Appointment, column) for column in SAID)


def stands(visit: Appointment) -> bool:
    """Whether the visit is still to be, or was neither held, missed nor cancelled yet."""
    over = (visit.completed_at, visit.missed_at, visit.cancelled_at)
    return all(fact is None for fact in over) and may_touch("edit", visit)


class CallingOffView(BaseView):
    """Asks on whose wish a visit is cancelled, and why."""

    def is_accessible(self) -> bool:
        return may_call_off()

    @expose("/")
    def index(self) -> Any:
        return redirect(url_for("appointment.index_view"))

    @expose("/begin", methods=("POST",))
    def begin(self) -> Any:
        """The button on a visit's page leads here."""
        return redirect(self.get_url(".visit", key=number_in(request.form.get("visit_id")) or 0))

    @expose("/<int:key>", methods=("GET", "POST"))
    def visit(self, key: int) -> Any:
        visit = scoped(Appointment).where(Appointment.id == key).first() or abort(404)
        if not may_touch("edit", visit):
            abort(403)
        return self._cancel(visit) if request.method == "POST" else self._page(visit)

    def _cancel(self, visit: Appointment) -> Any:
        person = current_person() or abort(401)
        told = {
            "wish_of": request.form.get("wish_of", ""),
            "reason": request.form.get("reason", ""),
        }
        try:
            visits.cancel(visit.id, **told, by=person.staff_id, now=utcnow())
        except Refused as refusal:
            return self._page(visit, in_words(refusal)), 422
        flash(gettext("The visit is cancelled."), "good")
        return redirect(url_for("appointment.details_view", id=visit.id))

    def _page(self, visit: Appointment, mistake: str = "") -> str:
        note_record("form", visit)
        sent, wishes = request.form.get("wish_of"), CANCELLED_FOR.items()
        return str(
            self.render(
                "panel/call_off.html",
                title=name_of(visit),
                back=url_for("appointment.details_view", id=visit.id),
                wishes=[(code, gettext(word), code == sent) for code, word in wishes],
                reason=request.form.get("reason", ""),
                mistake=mistake,
            )
        )
