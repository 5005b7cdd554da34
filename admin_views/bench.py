"""The bench: own works, and what waits for one's skills, with Start, Done and Problem."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import abort, jsonify, render_template, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext

from admin_views.bench_sheets import sheets_of
from admin_views.card_rights import cards_within, may_hold, may_move, may_tick
from admin_views.language import row_name
from admin_views.lot_desk import may_register
from admin_views.numbers_in import number_in
from admin_views.people import Person, current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, granted, scoped
from admin_views.queue_rows import Question, Queue, may_see_queue, queue_of
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.today_blocks import Now
from reports.queue_plan import Row
from schema.base import utcnow
from schema.bench import BenchAct
from schema.cards import Card, CardStep
from schema.holds import HOLD_REASONS
from schema.lab import RemakeCause
from schema.lots import LotUse
from schema.remakes import Remake
from schema.tracks import Assignment, Track
from schema.workflow import Refused
from schema.workflow.bench import perform
from schema.workflow.holding import open_hold
from schema.workflow.lot_labels import Unregistered

FREE = 12
AT_THE_BENCH = ("lab", "design", "scan", "clinic")


def may_work() -> bool:
    """Whether the person works at the bench: takes works, moves them on, and taps are kept."""
    return may_see_queue() and may_move() and granted("create", BenchAct, "deed")


class BenchView(BaseView):
    """All of it comes with one page, so that works open and are tapped without a line too."""

    def is_accessible(self) -> bool:
        return may_work()

    @expose("/")
    def index(self) -> str:
        return str(
            self.render(
                "floor/bench.html",
                works=_drawn(request.args.get("open", "")),
                causes=_causes(),
                person_name=_person().name,
            )
        )

    @expose("/works")
    def works(self) -> Any:
        """The works anew, as the page's script asks for them; `open` is a ticket or a process."""
        _refuse_anothers_page(request.args.get("person", ""))
        return jsonify(html=_drawn(request.args.get("open", "")))

    @expose("/act", methods=("POST",))
    def act(self) -> Any:
        """One tap, sent now or later: `ok`, or why not in words, and the works anew."""
        person, form = _person(), request.form
        _refuse_anothers_page(form.get("person", ""))
        card = number_in(form.get("card")) or 0
        known = scoped(Card, Card.id).where(Card.id == card).exists()
        deed = form.get("deed", "")
        if not known or not cards_within(CardStep, "create", [card]) or not _may(deed):
            abort(403)
        try:
            perform(
                deed,
                form.get("key", ""),
                card,
                by=person.staff_id,
                now=utcnow(),
                seen=number_in(form.get("seen")) or 0,
                tapped=_tapped(form.get("tapped")),
                cause=number_in(form.get("cause")),
                lot=form.get("lot", "")[:300],
            )
        except Refused as refusal:
            told = {"says": in_words(refusal), "register": _shelf_for(refusal, form)}
            return jsonify(ok=False, html=_drawn(form.get("open", "")), **told), 409
        says = _gone(card) if deed == "problem" else ""
        return jsonify(ok=True, says=says, html=_drawn(form.get("open", "")))


def _gone(card: int) -> str:
    """Where a work with a problem is now: back at a stage, or on hold."""
    here, held = Card.get_by_id(card), open_hold(card)
    if held is not None:
        why = gettext(HOLD_REASONS.get(held.reason, held.reason))
        return gettext("Noted. The work is on hold: %(why)s.", why=why)
    return gettext("Noted. The work is back at %(stage)s.", stage=row_name(here.stage.name))


def _shelf_for(refusal: Refused, form: Mapping[str, str]) -> str | None:
    """Where whoever may registers the lot whose label was scanned before it was on the shelf."""
    if not isinstance(refusal, Unregistered) or not may_register():
        return None
    return url_for("lot_desk.index", first=form.get("lot", "")[:300])


def _may(deed: str) -> bool:
    """What a tap writes beside the tap itself is asked for as it is elsewhere."""
    asked = {
        "start": lambda: can("create", Assignment),
        "done": may_tick,
        "problem": lambda: granted("create", Remake, "cause") or may_hold(),
        "lot": lambda: can("create", LotUse),
    }
    return deed not in asked or asked[deed]()


def _refuse_anothers_page(person: str) -> None:
    """Taps of another person wait on this tablet until they sign in again; so does their page."""
    if person not in ("", str(_person().staff_id)):
        abort(401)


def _person() -> Person:
    return current_person() or abort(401)


def _tapped(seconds: str | None) -> dt.datetime | None:
    """The tablet's moment, in whole seconds since 1970."""
    found = seconds or ""
    if not found.isascii() or not found.isdigit() or len(found) > 11:
        return None
    return dt.datetime.fromtimestamp(int(found), dt.UTC)


def _drawn(wanted: str) -> str:
    """The two lists and a sheet for each of their works, as HTML; `wanted` has a sheet too.

    It is the number of a process or a ticket, of which the first work in the queue is taken that
    the person has or has learnt to do.
    """
    person, moment = _person(), utcnow()
    queue = queue_of(Question(), moment)
    mine, free = _mine(queue, person), _free(queue, person)
    rows = [*mine, *free]
    more = [row for row in _of_mine(queue, person) if row not in rows and _is(row, wanted)][:1]
    rows += more
    note_rows("list", Track, [row.work.track for row in rows])
    sheets = sheets_of(rows, queue, Now(person, moment, clinic_zone()))
    return render_template(
        "floor/bench_works.html",
        mine=[sheets[row.work.track] for row in mine],
        free=[sheets[row.work.track] for row in free],
        all_sheets=list(sheets.values()),
        may_hold=may_hold(),
    )


def _mine(queue: Queue, person: Person) -> list[Row]:
    return [row for row in queue.rows if row.work.technician == person.staff_id]


def _of_mine(queue: Queue, person: Person) -> list[Row]:
    """What the person has, then all that they have learnt to do."""
    me = queue.hands.get(person.staff_id)
    learnt = me.skills if me else {}
    return [*_mine(queue, person), *(row for row in queue.rows if row.work.code in learnt)]


def _is(row: Row, wanted: str) -> bool:
    return bool(wanted) and wanted in (str(row.work.track), row.work.ticket)


def _free(queue: Queue, person: Person) -> list[Row]:
    """What nobody has and the person has learnt, in the queue's order."""
    found = (
        row
        for row in _of_mine(queue, person)
        if row.work.technician is None and row.place.lane != "held"
    )
    return list(found)[:FREE] if can("create", Assignment) else []


def _causes() -> list[tuple[int, str, str]]:
    """Causes that are found at the bench: key, group and name."""
    if not can("read", RemakeCause, "name"):
        return []
    groups = dict(RemakeCause.family.choices)
    told = scoped(RemakeCause).where(
        RemakeCause.ended_on.is_null(), RemakeCause.family.in_(AT_THE_BENCH)
    )
    rows = sorted(told, key=lambda one: (AT_THE_BENCH.index(one.family), one.code))
    return [(one.id, gettext(groups[one.family]), row_name(one.name)) for one in rows]
