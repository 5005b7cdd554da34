"""The supervisor's queue: every open work in one order that people can read, and who has it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext

from admin_views.card_rights import cards_within
from admin_views.numbers_in import number_in
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, granted, scoped
from admin_views.queue_lines import away_text, hand_lines, head_lines, lines_of, way_chips
from admin_views.queue_rows import (
    Question,
    Queue,
    may_assign,
    may_see_queue,
    queue_of,
    read_question,
)
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.tablet_limits import at_tablet
from admin_views.today_blocks import Now
from reports.queue_load import spread
from schema.base import utcnow
from schema.queue_marks import QueueMark
from schema.staff import Location
from schema.tracks import Assignment, Track
from schema.workflow import Refused
from schema.workflow.assigning import assign, end_mark, set_mark

MOST = 100
SUGGESTED = "suggested"


class QueueView(BaseView):
    """Open works in the order of the rule; assigning and marking are verbs."""

    def is_accessible(self) -> bool:
        return may_see_queue()

    @expose("/")
    def index(self) -> str:
        asked, moment = read_question(request.args), utcnow()
        queue = queue_of(asked, moment)
        whole = request.args.get("all") == "1"
        shown = queue.shown if whole else queue.shown[:MOST]
        now = Now(current_person() or abort(401), moment, clinic_zone())
        note_rows("list", Track, [row.work.track for row in shown])
        return str(
            self.render(
                "floor/queue.html",
                asked=asked,
                lines=lines_of(shown, queue, now),
                heads=head_lines(queue.rows, asked),
                ways=way_chips(queue.rows, asked),
                hands=hand_lines(queue, now),
                people=[(hand.key, hand.name) for hand in queue.hands.values()],
                places=_places(),
                works=len(queue.shown),
                units=sum(row.work.units for row in queue.shown),
                unassigned=sum(row.work.technician is None for row in queue.rows),
                late=sum(row.late for row in queue.rows),
                away=len(queue.leaves),
                more=len(queue.shown) - len(shown),
                may_assign=may_assign() and not at_tablet(),
                may_mark=granted("create", QueueMark, "kind") and not at_tablet(),
                here=request.query_string.decode(),
                address=_address,
            )
        )

    @expose("/assign", methods=("POST",))
    def assign(self) -> Any:
        """Give the ticked works, or the one of its own button, to a technician or as suggested."""
        person = current_person()
        if person is None or not may_assign():
            abort(403)
        only = number_in(request.form.get("only"))
        name = f"technician.{only}" if only is not None else "technician"
        keys = [only] if only is not None else _ticked()
        queue = queue_of(Question())
        wishes = _wishes(queue, keys, request.form.get(name, ""))
        try:
            changed = assign(wishes, by=person.staff_id, now=utcnow())
        except Refused as refusal:
            flash(in_words(refusal), "error")
        else:
            _say(changed, len(keys) - len(wishes))
            _say_away(queue, set(wishes.values()))
        return _back()

    @expose("/mark", methods=("POST",))
    def mark(self) -> Any:
        """Pin a work, call it a rush, or take that back: `mark` is `pin 12` or `end pin 12`."""
        person = current_person()
        if person is None or not granted("create", QueueMark, "kind"):
            abort(403)
        *words, last = request.form.get("mark", "").split() or [""]
        track = scoped(Track).where(Track.id == number_in(last)).first() or abort(404)
        verb = "edit" if words[:1] == ["end"] else "create"
        if not cards_within(QueueMark, verb, [track.card_id]):
            abort(403)
        try:
            if words[:1] == ["end"]:
                end_mark(track.id, words[-1], by=person.staff_id, now=utcnow())
            else:
                set_mark(track.id, "".join(words), by=person.staff_id, now=utcnow())
        except Refused as refusal:
            flash(in_words(refusal), "error")
        return _back()


def _ticked() -> list[int]:
    found = (number_in(text) for text in request.form.getlist("track"))
    return [key for key in found if key is not None]


def _wishes(queue: Queue, keys: list[int], chosen: str) -> dict[int, int]:
    """The technician of each work among those that the person may give to others."""
    rows = [row for row in queue.rows if row.work.track in set(keys)]
    cards = [row.work.card for row in rows]
    within = cards_within(Assignment, "create", cards) & cards_within(Assignment, "edit", cards)
    rows = [row for row in rows if row.work.card in within]
    technician = number_in(chosen)
    if technician is not None:
        return {row.work.track: technician for row in rows if technician in queue.hands}
    if chosen != SUGGESTED:
        return {}
    return spread(rows, queue.hands, queue.capacity, queue.days[0])


def _say(changed: int, left: int) -> None:
    if changed:
        words = ngettext("%(num)s work is assigned.", "%(num)s works are assigned.", changed)
        flash(words, "good")
    if left:
        flash(
            ngettext(
                "%(num)s work has nobody yet: choose somebody who has the skill and is here.",
                "%(num)s works have nobody yet: choose people who have the skill and are here.",
                left,
            ),
            "warning",
        )
    if not changed and not left:
        flash(gettext("Tick the works first, or they are with that technician already."), "warning")


def _say_away(queue: Queue, people: set[int]) -> None:
    """Giving work to somebody who is on leave is allowed; whoever does it should know."""
    today = queue.days[0]
    for hand in (queue.hands[key] for key in sorted(people)):
        if today in hand.away:
            until = away_text(hand.back_on(today))
            flash(f"{hand.name}: {until}", "warning")


def _back() -> Any:
    """To the filters from which it was asked, written anew: anybody may send anything."""
    asked = urlencode(parse_qsl(request.form.get("here", "")))
    return redirect(f"{url_for('queue.index')}?{asked}" if asked else url_for("queue.index"))


def _address(**changes: object) -> str:
    """The address of the queue with some of its filters changed; empty ones fall away."""
    args: dict[str, Any] = {**request.args.to_dict(), **changes}
    return url_for("queue.index", **{name: text for name, text in args.items() if text})


def _places() -> list[tuple[int, str]]:
    if not can("read", Location, "name"):
        return []
    found = scoped(Location).where(Location.ended_on.is_null()).order_by(Location.name)
    return [(one.id, one.name) for one in found]
