"""Works outside: what is out, with whom, until when; sending, taking back, firms' figures."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views import outside_rights
from admin_views.custody import laboratory, order_behind
from admin_views.numbers_in import number_in
from admin_views.outside_acts import ACTS, send_it
from admin_views.outside_page import send_page, work_page
from admin_views.outside_rows import firm_lines, out_now, to_send, works_asked
from admin_views.people import current_person
from admin_views.policy import scoped
from admin_views.reading import note_record
from admin_views.sentences import in_words
from schema.outside import Outsourcing
from schema.tracks import Track
from schema.workflow import Refused


class OutsideView(BaseView):
    """Reads by the rights on outside works; each act asks for its own right and is a verb."""

    def is_visible(self) -> bool:
        return False

    def is_accessible(self) -> bool:
        return outside_rights.may_see()

    @expose("/")
    def index(self) -> Any:
        firm, order = (number_in(request.args.get(name)) for name in ("firm", "order"))
        return self.render(
            "outside/index.html",
            firm=firm,
            order=order,
            firms=firm_lines(),
            sendable=to_send(order) if order is not None else [],
            all_url=self.get_url("outsourcing.index_view"),
            costs=outside_rights.may_see_cost(),
            crumbs=laboratory(),
            **out_now(firm, order),
        )

    @expose("/scan")
    def scan(self) -> Any:
        """A scanned or typed code opens what of the work is outside, else the way to send it."""
        typed = " ".join(request.args.get("code", "").split())[:60]
        order = order_behind(typed) if typed else None
        asked = works_asked().where(Track.order == order, Outsourcing.returned_at.is_null())
        found = list(asked) if order is not None else []
        if len(found) == 1:
            return redirect(self.get_url(".work", key=found[0].id))
        ahead = to_send(order) if order is not None and not found else []
        if len(ahead) == 1:
            return redirect(ahead[0]["url"])
        if found or ahead:
            return redirect(self.get_url(".index", order=order))
        flash(
            gettext("Nothing of the work with the code «%(code)s» is outside.", code=typed), "error"
        )
        return redirect(self.get_url(".index"))

    @expose("/send/<int:card>", methods=("GET", "POST"))
    def send(self, card: int) -> Any:
        """The process on a card goes to a firm."""
        track = scoped(Track).where(Track.card == card).first() or abort(404)
        person = current_person() or abort(401)
        if not outside_rights.may_send_card(card):
            abort(403)
        if request.method == "POST":
            try:
                work = send_it(track, person.staff_id)
            except Refused as refusal:
                page = send_page(track, in_words(refusal), request.form)
                return self.render("outside/send.html", **page), 422
            flash(gettext("Sent. It waits on the firm's clock now."), "good")
            return redirect(self.get_url(".work", key=work.id))
        note_record("detail", track)
        return self.render("outside/send.html", **send_page(track, "", {}))

    @expose("/<int:key>")
    def work(self, key: int) -> Any:
        work = _work(key)
        note_record("detail", work)
        return self.render("outside/work.html", **work_page(work))

    @expose("/<int:key>/<act>", methods=("POST",))
    def act(self, key: int, act: str) -> Any:
        """Take it back, take parts, another day, its cost; a refusal is told in words."""
        work = _work(key)
        may, does = ACTS.get(act) or abort(404)
        person = current_person() or abort(401)
        if not may(work.track.card_id):
            abort(403)
        try:
            flash(does(work, person.staff_id), "good")
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".work", key=key))


def _work(key: int) -> Outsourcing:
    found: Outsourcing | None = works_asked().where(Outsourcing.id == key).first()
    return found or abort(404)
