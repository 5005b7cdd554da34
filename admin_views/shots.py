"""The photo operator's list: which shots each open order lacks, and all of them written down."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext

from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.people import my_key
from admin_views.photo_rights import may_shoot
from admin_views.plain_words import day_text, local
from admin_views.policy import can, scoped
from admin_views.sentences import in_words
from admin_views.titles import TitleBook
from reports import shots_due
from reports.shots_due import OrderShots
from schema.base import utcnow
from schema.cards import Card
from schema.lab import WorkType
from schema.orders import LabOrder
from schema.patients import Patient
from schema.photos import MOMENTS, Photo
from schema.pipelines import Stage
from schema.workflow import Refused
from schema.workflow.photos import Taken, record_shots

ALL = "all"


class ShotsView(BaseView):
    """Orders that lack required shots, soonest due first; one form for each order."""

    def is_accessible(self) -> bool:
        return may_shoot()

    @expose("/")
    def index(self) -> str:
        return self._draw()

    @expose("/<int:number>", methods=("POST",))
    def write(self, number: int) -> ResponseReturnValue:
        order: LabOrder = scoped(LabOrder).where(LabOrder.id == number).first() or abort(404)
        try:
            written = record_shots(order.id, _typed(), by=my_key(), now=utcnow())
        except Refused as refusal:
            return self._draw(order.id, in_words(refusal)), 422
        count = len(written)
        flash(ngettext("%(num)s photo noted", "%(num)s photos noted", count), "good")
        return redirect(self.get_url(".index", moment=request.form.get("moment") or None))

    def _draw(self, wrong: int = 0, mistake: str = "") -> str:
        asked = request.values.get("moment")
        moment = asked if asked in MOMENTS else None
        now_due = moment is None and asked != ALL
        lines = shots_due.rows(scoped(LabOrder), moment=moment, now_due=now_due)
        return self.render(
            "photos/shots.html",
            crumbs=crumbs_of(Photo),
            moments={code: gettext(words) for code, words in MOMENTS.items()},
            moment=moment or (None if now_due else ALL),
            orders=_said(lines),
            wrong=wrong,
            mistake=mistake,
            typed=request.form,
        )


def _typed() -> list[Taken]:
    """The lines in which something was ticked or typed, by the key of the shot."""
    found = []
    for name in request.form:
        kind, _, key = name.partition(".")
        if kind != "link" or not key.isdigit():
            continue
        link = request.form[name].strip()
        if link or request.form.get(f"taken.{key}"):
            found.append(Taken(int(key), link or None, request.form.get(f"hash.{key}") or None))
    return found


def _said(lines: list[OrderShots]) -> list[dict[str, Any]]:
    """Orders in words: two questions for all names together."""
    book = TitleBook()
    keys, stages = [line.order_id for line in lines], {line.stage_id for line in lines}
    found = LabOrder.select(LabOrder, WorkType).join(WorkType).where(LabOrder.id.in_(keys))
    orders = {one.id: one for one in found}
    book.learn({Patient: {one.patient_id for one in found}})
    names = dict(Stage.select(Stage.id, Stage.name).where(Stage.id.in_(list(stages))).tuples())
    return [_order(line, orders[line.order_id], book, names) for line in lines]


def _order(
    line: OrderShots, order: LabOrder, book: TitleBook, stages: dict[int, str]
) -> dict[str, Any]:
    due = local(line.due_at) if line.due_at else None
    return {
        "id": order.id,
        "ticket": order.ticket,
        "patient": book.name(Patient, order.patient_id),
        "work": row_name(order.work_type.name),
        "stage": row_name(stages[line.stage_id]),
        "due": day_text(due) if due else "",
        "late": bool(due and due < local(utcnow())),
        "card": order.card_id if can("read", Card) else None,
        "shots": [
            {
                "id": shot.id,
                "name": row_name(shot.name),
                "moment": gettext(MOMENTS[shot.moment]),
                "scale": shot.magnification or "",
                "taken": taken,
            }
            for shot, taken in line.shots
        ],
    }
