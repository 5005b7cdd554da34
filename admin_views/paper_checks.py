"""Papers against the screen: a check told paper by paper, what differed, when paper may go."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from flask import abort, flash, redirect, request
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.paper_lines import differing, lines_of
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone, day_text, number_text
from admin_views.policy import can, granted, scoped
from admin_views.reading import note_record, note_rows
from admin_views.sentences import in_words
from admin_views.titles import name_of
from reports.paper_days import MOST_DIFFERING, PaperDay, Trust, rows, trust
from schema.base import utcnow
from schema.codes import paper_code
from schema.orders import LabOrder
from schema.papers import PaperCheck, PaperFinding
from schema.pipelines import Stage
from schema.sayings import Unfit
from schema.staff import Location
from schema.workflow import Refused
from schema.workflow.paper_checks import begin_check, close_check, note_paper, orders_here

LONGEST = 120


def may_look() -> bool:
    return all(can("read", model) for model in (PaperCheck, PaperFinding, LabOrder, Stage))


def may_check() -> bool:
    return may_look() and granted("create", PaperFinding, "paper_stage")


class PaperChecksView(BaseView):
    """All checks with their figures, and one check at a time."""

    def is_accessible(self) -> bool:
        return may_look()

    @expose("/")
    def index(self) -> Any:
        days, today = rows(scoped(PaperCheck)), _today()
        places = _places(days)
        return self.render(
            "papers/checks.html",
            places=[_place(place, days, today) for place in places],
            days=[_day(one, places) for one in days],
            may_check=may_check(),
        )

    @expose("/begin", methods=("POST",))
    def begin(self) -> Any:
        """Begin today's check of a location, or go on with it."""
        place = _or_404(scoped(Location), number_in(request.form.get("location")), Location)
        _refuse_readers()
        try:
            check = begin_check(place.id, by=_me(), now=utcnow(), today=_today())
        except Refused as refusal:
            flash(in_words(refusal), "error")
            return redirect(self.get_url(".index"))
        return redirect(self.get_url(".check", number=check.id))

    @expose("/<int:number>")
    def check(self, number: int) -> Any:
        """What was found in a check; while it is open, the next paper is told here."""
        return self._draw(_check(number))

    @expose("/<int:number>/paper")
    def paper(self, number: int) -> Any:
        """The paper whose code was scanned: which stage and box does it say?"""
        check, typed = _check(number), request.args.get("code", "").strip()[:LONGEST]
        try:
            order = _order_of(typed)
        except (Unfit, Refused) as error:
            return self._draw(check, says=in_words(error), typed=typed), 422
        note_record("detail", order)
        return self._draw(check, order=order)

    @expose("/<int:number>/keep", methods=("POST",))
    def keep(self, number: int) -> Any:
        check = _check(number)
        _refuse_readers()
        order = _or_404(scoped(LabOrder), number_in(request.form.get("order")), LabOrder)
        stage = number_in(request.form.get("stage"))
        if stage is None:
            return self._draw(check, order=order, says=gettext("Choose the stage on paper.")), 422
        box = request.form.get("box", "")[:LONGEST]
        try:
            note_paper(check.id, order.id, stage, box, by=_me(), now=utcnow())
        except Refused as refusal:
            return self._draw(check, order=order, says=in_words(refusal)), 422
        return redirect(self.get_url(".check", number=check.id))

    @expose("/<int:number>/close", methods=("POST",))
    def close(self, number: int) -> Any:
        """Close the check; papers that nobody saw are missing."""
        check = _check(number)
        _refuse_readers()
        try:
            close_check(check.id, by=_me(), now=utcnow())
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return redirect(self.get_url(".check", number=check.id))

    def _draw(
        self, check: PaperCheck, order: LabOrder | None = None, says: str = "", typed: str = ""
    ) -> Any:
        found = list(scoped(PaperFinding).where(PaperFinding.paper_check == check))
        note_rows("list", PaperFinding, [one.id for one in found])
        here = orders_here(check.location_id).count()
        seen = {one.order_id for one in found if one.result not in ("missing", "extra")}
        return self.render(
            "papers/check.html",
            crumbs=[
                (gettext("Laboratory"), None),
                (gettext("Papers and screen"), self.get_url(".index")),
            ],
            check=check,
            day=day_text(check.day),
            place=name_of(check.location),
            is_open=check.closed_at is None,
            may_check=may_check(),
            told=len(found),
            here=here,
            left=max(0, here - len(seen)),
            unseen=_tickets_but(check, seen) if check.closed_at is None else [],
            lines=lines_of(differing(found)),
            order=order,
            ticket=order.ticket if order else "",
            stages=_stages(order),
            says=says,
            typed=typed,
        )


def _check(number: int) -> PaperCheck:
    return _or_404(scoped(PaperCheck), number, PaperCheck)


def _or_404(query: Any, key: int | None, model: Any) -> Any:
    return query.where(model.id == key).first() or abort(404)


def _refuse_readers() -> None:
    if not may_check():
        abort(403)


def _tickets_but(check: PaperCheck, seen: set[int]) -> list[str]:
    """Tickets of the place that nobody held in hand yet; where they stand is not told."""
    known = LabOrder.id.in_(scoped(LabOrder, LabOrder.id))
    rows = orders_here(check.location_id).where(known)
    return [one.ticket for one in rows if one.id not in seen]


def _order_of(typed: str) -> LabOrder:
    """The order whose paper was scanned. Raises Unfit or Refused in words."""
    code = paper_code(typed)
    if code.kind != "O":
        raise Refused("Scan the job ticket or the tray card of an order.")
    ticket = f"{code.body[:2]}-{code.body[2:]}"
    found: LabOrder | None = scoped(LabOrder).where(LabOrder.ticket == ticket).first()
    if found is None:
        raise Refused("Nothing that you may see has the code %(code)s.", code=code.written)
    return found


def _stages(order: LabOrder | None) -> list[tuple[int, str]]:
    """The stages that a paper may say; which one the screen says is not told beforehand."""
    if order is None:
        return []
    found = Stage.select().where(Stage.pipeline == order.card.pipeline_id)
    return [(one.id, row_name(one.name)) for one in found.order_by(Stage.position)]


def _places(days: list[PaperDay]) -> dict[int, str]:
    """The locations in sight where works are open, or papers were checked."""
    known = {one.location_id for one in days}
    found = scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name)
    return {
        one.id: name_of(one) for one in found if one.id in known or orders_here(one.id).exists()
    }


def _place(key: int, days: list[PaperDay], today: dt.date) -> dict[str, Any]:
    """A location with its criterion, and whether today's check is begun or closed."""
    told = trust(key, days, today)
    check = scoped(PaperCheck).where(PaperCheck.location == key, PaperCheck.day == today).first()
    return {
        "key": key,
        "name": name_of(Location.get_by_id(key)),
        "trust": told,
        "share": _share(told),
        "goal": _percent(MOST_DIFFERING.numerator, MOST_DIFFERING.denominator),
        "missed": ", ".join(day_text(day) for day in told.missed),
        "check": check,
        "closed": check is not None and check.closed_at is not None,
    }


def _day(one: PaperDay, places: dict[int, str]) -> dict[str, Any]:
    return {
        "key": one.check_id,
        "day": day_text(one.day),
        "place": places.get(one.location_id, ""),
        "papers": one.papers,
        "differing": one.differing,
        "share": _percent(one.differing, one.papers),
    }


def _share(told: Trust) -> str:
    return _percent(told.differing, told.papers)


def _percent(part: int, whole: int) -> str:
    """`1.4 %` of a whole; a dash where there is no whole."""
    if not whole:
        return "–"
    return f"{number_text((Decimal(100 * part) / whole).quantize(Decimal('0.1')))} %"


def _today() -> dt.date:
    return utcnow().astimezone(clinic_zone()).date()


def _me() -> int:
    person = current_person()
    return person.staff_id if person else abort(403)
