"""The machines: works that wait for one, and the nests, trays and rings that run together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin.base import BaseView, expose
from flask_babel import gettext, ngettext

from admin_views.card_rights import cards_within, may_move, may_tick
from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.people import current_person, my_key
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, granted, scoped
from admin_views.queue_lines import lines_of
from admin_views.queue_rows import Question, Queue, may_see_queue, queue_of
from admin_views.reading import note_rows
from admin_views.sentences import in_words
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from reports.queue_plan import Row
from schema.base import utcnow
from schema.bench import MachineRun, MachineRunWork
from schema.cards import CardStep
from schema.lab import Material
from schema.lots import LotUse
from schema.pipelines import Stage
from schema.staff import Staff
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.machine_runs import finish_run, minutes_of, start_run, take_out, use_lot

MACHINE = "machine"


def may_run() -> bool:
    """Whether the person fills machines: begins runs and moves their works on."""
    runs = granted("create", MachineRun, "stage_code") and granted("edit", MachineRun, "ended_at")
    works = granted("create", MachineRunWork, "track") and granted(
        "edit", MachineRunWork, "taken_out_at"
    )
    return may_see_queue() and may_move() and may_tick() and runs and works


class MachinesView(BaseView):
    """One panel a stage: what runs, and what waits for the next run."""

    def is_accessible(self) -> bool:
        return may_run()

    @expose("/")
    def index(self) -> str:
        moment = utcnow()
        queue = queue_of(Question(), moment)
        rows = [row for row in queue.rows if row.work.clock == MACHINE]
        note_rows("list", Track, [row.work.track for row in rows])
        now = Now(current_person() or abort(401), moment, clinic_zone())
        return str(
            self.render(
                "floor/machines.html",
                stages=_stages(rows, queue, now),
                machines=_named_machines(),
                may_use_lot=can("create", LotUse),
            )
        )

    @expose("/start", methods=("POST",))
    def start(self) -> Any:
        """Begin a run of the ticked works; they stand at its stage, or none goes in."""
        keys = [number_in(text) for text in request.form.getlist("track")]
        tracks = _mine(Track.id.in_([key for key in keys if key is not None]))
        machine = request.form.get("machine", "").strip()[:60] or None
        stage = request.form.get("stage", "")[:40]
        return _done(
            lambda: start_run(stage, tracks, by=my_key(), now=utcnow(), machine=machine),
            gettext("The run has begun."),
        )

    @expose("/finish", methods=("POST",))
    def finish(self) -> Any:
        """End a run: all that still lies in it goes one stage on."""
        run = _run()

        def act() -> None:
            moved = finish_run(run.id, by=my_key(), now=utcnow())
            words = ngettext("%(num)s work went on.", "%(num)s works went on.", moved)
            flash(words, "good")

        return _done(act)

    @expose("/out", methods=("POST",))
    def out(self) -> Any:
        """Take one work out of a run that goes on."""
        run, track = _run(), number_in(request.form.get("track")) or 0
        return _done(
            lambda: take_out(run.id, track, now=utcnow()),
            gettext("The work is out of the run and stays at its stage."),
        )

    @expose("/lot", methods=("POST",))
    def lot(self) -> Any:
        """Note one lot for all works of a run: the disc, the ingot, the ring."""
        run, number = _run(), request.form.get("lot", "")[:300]
        if not can("create", LotUse):
            abort(403)
        return _done(
            lambda: use_lot(run.id, number, by=my_key(), now=utcnow()),
            gettext("The lot is noted for all works of the run."),
        )


def _done(act: Any, words: str = "") -> Any:
    try:
        act()
    except Refused as refusal:
        flash(in_words(refusal), "error")
    else:
        if words:
            flash(words, "good")
    return redirect(url_for("machines.index"))


def _run() -> MachineRun:
    """The run that is meant, all of whose works the person may move on."""
    run = scoped(MachineRun).where(MachineRun.id == number_in(request.form.get("run"))).first()
    if run is None:
        abort(404)
    inside = MachineRunWork.select(MachineRunWork.track).where(
        MachineRunWork.run == run, MachineRunWork.taken_out_at.is_null()
    )
    lies = [key for (key,) in inside.tuples()]
    if set(_mine(Track.id.in_(lies))) != set(lies):
        abort(403)
    return run


def _mine(wanted: Any) -> list[int]:
    """Those of the works that the person may see and move on."""
    cards = dict(scoped(Track, Track.id, Track.card).where(wanted).tuples())
    within = cards_within(CardStep, "create", cards.values())
    return [track for track, card in cards.items() if card in within]


def _stages(rows: list[Row], queue: Queue, now: Now) -> list[dict[str, Any]]:
    """Each machine's stage with its runs and what waits, in the order of the queue."""
    lines = _lines(rows, queue, now)
    movable = set(_mine(Track.id.in_(list(lines))))
    runs, stands = _running(now), {row.work.track: row.work.code for row in rows}
    for run in runs:  # a work that went on by itself lies in it no longer
        run["tracks"] = [key for key in run["tracks"] if stands.get(key) == run["code"]]
    inside = {track for run in runs for track in run["tracks"]}
    names = {row.work.code: row_name(row.work.stage_name) for row in rows}
    names |= _names_of({run["code"] for run in runs} - set(names))
    return [
        {
            "code": code,
            "name": name,
            "runs": [
                {**run, "works": [lines[key] for key in run["tracks"] if key in lines]}
                for run in runs
                if run["code"] == code
            ],
            "waiting": [
                lines[row.work.track]
                for row in rows
                if row.work.code == code
                and row.work.track not in inside
                and row.work.track in movable
                and row.place.lane != "held"
            ],
        }
        for code, name in names.items()
    ]


def _lines(rows: list[Row], queue: Queue, now: Now) -> dict[int, dict[str, Any]]:
    """A line for each work by its process; the material says what may share a machine."""
    book = TitleBook()
    book.learn({Material: {row.work.kind[1] for row in rows if row.work.kind[1]}})
    told = zip(rows, lines_of(rows, queue, now), strict=True)
    return {
        row.work.track: {**line, "material": book.name(Material, row.work.kind[1])}
        for row, line in told
    }


def _names_of(codes: set[str]) -> dict[str, str]:
    """What stages are called where no work stands any more."""
    found = scoped(Stage, Stage.code, Stage.name).where(Stage.code.in_(list(codes)))
    return {code: row_name(name) for code, name in found.tuples()}


def _running(now: Now) -> list[dict[str, Any]]:
    """The runs that are not over, the oldest first, with the works that lie in them."""
    runs = list(scoped(MachineRun).where(MachineRun.ended_at.is_null()).order_by(MachineRun.id))
    works = scoped(MachineRunWork, MachineRunWork.run, MachineRunWork.track).where(
        MachineRunWork.run.in_([run.id for run in runs]), MachineRunWork.taken_out_at.is_null()
    )
    inside: dict[int, list[int]] = {}
    for run, track in works.tuples():
        inside.setdefault(run, []).append(track)
    book = TitleBook()
    book.learn({Staff: {run.by_id for run in runs}})
    return [
        {
            "key": run.id,
            "code": run.stage_code,
            "machine": run.machine or gettext("Machine"),
            "since": now.near(run.started_at),
            "spent": duration(minutes_of(run, now.moment)),
            "by": book.name(Staff, run.by_id),
            "tracks": inside.get(run.id, []),
        }
        for run in runs
    ]


def duration(minutes: int) -> str:
    """`0:45 h`, `10:05 h`."""
    hours, rest = divmod(minutes, 60)
    return gettext("%(hours)s h", hours=f"{hours}:{rest:02}")


def _named_machines() -> list[str]:
    """The names that were used lately, to be chosen instead of typed."""
    recent = utcnow() - dt.timedelta(days=365)
    used = scoped(MachineRun, MachineRun.machine).where(
        MachineRun.machine.is_null(False), MachineRun.started_at > recent
    )
    return sorted({name for (name,) in used.tuples()})
