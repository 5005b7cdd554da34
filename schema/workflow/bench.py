"""Work at the bench: start, done, problem, lot; each tap is one act, however often it is sent."""

from __future__ import annotations

import datetime as dt

from schema.bench import BenchAct
from schema.cards import Card
from schema.lab import RemakeCause
from schema.pipelines import Stage
from schema.skills import Skill
from schema.tracks import Assignment, Track
from schema.workflow import Refused
from schema.workflow.assigning import end_assignment, give, open_assignment
from schema.workflow.gates import stage_checklist
from schema.workflow.holding import hold
from schema.workflow.lot_labels import note_use
from schema.workflow.outside_works import open_outside
from schema.workflow.refusing import one_spoken_act
from schema.workflow.remakes import rework, ways_back
from schema.workflow.steps import locked, move, ways_on
from schema.workflow.ticks import tick

# Where what a cause tells of is made good, the first of them that the map allows.
BACK_TO = {
    "scan": ("scanning", "casting", "dies", "tray"),
    "design": ("cad", "wax_up", "set_up"),
    "clinic": ("impression_photo", "dies", "tray", "bite_rim"),
}


def perform(
    deed: str,
    key: str,
    card_id: int,
    *,
    by: int,
    now: dt.datetime,
    seen: int,
    tapped: dt.datetime | None = None,
    cause: int | None = None,
    lot: str = "",
) -> BenchAct:
    """Do what was tapped on the card of a process; the same `key` again changes nothing.

    `seen` is the card's step_count for which it was tapped: a card that somebody else moved
    meanwhile is left alone. `tapped` is the tablet's moment, which may lie before `now` when the
    line was cut. Raises Refused, and then nothing of it happened.
    """
    with one_spoken_act():
        card = locked(card_id)
        there = BenchAct.get_or_none(BenchAct.key == key)
        if there is not None:
            return _same(there, deed, card_id, by)
        track = Track.get_or_none(Track.card == card_id)
        if track is None or card.closed_at is not None:
            raise Refused("This work is closed; nothing is left to do at the bench.")
        if card.step_count != seen:
            raise Refused("This work has gone on meanwhile. Look where it is now.")
        _refuse_anothers(card, track, deed, by)
        if deed == "start":
            give(track, by, by=by, now=now)
        elif deed == "done":
            finish(card, track, by=by, now=now)
        elif deed == "problem":
            _problem(card, track, cause, by=by, now=now)
        elif deed == "lot":
            note_use(card, track.order_id, track, lot, by=by, now=now)
        else:
            raise Refused("Choose a value from the list.")
        moment = min(tapped or now, now)
        return BenchAct.create(
            key=key, deed=deed, card=card, step=seen, tapped_at=moment, at=now, by=by
        )


def _refuse_anothers(card: Card, track: Track, deed: str, by: int) -> None:
    """A tap that comes late takes nobody's work; who gives works anew is the supervisor.

    What a firm outside has is nobody's at the bench.
    """
    if deed != "lot" and open_outside(track.id) is not None:
        raise Refused("This work is outside; note its return before anyone works on it.")
    held = open_assignment(track.id)
    if deed == "lot" or held is None or held.stage_id != card.stage_id:
        return
    if held.technician_id != by:
        raise Refused("%(who)s has this work now.", who=held.technician)


def next_stage(card: Card) -> Stage:
    """The stage after this one: the nearest that the map allows. Raises Refused."""
    way = next(
        (one for one in ways_on(card) if not one.back and one.to_stage.category != "lost"), None
    )
    if way is None:
        raise Refused("The map leads no further from here; ask the supervisor.")
    return way.to_stage


def back_to(card: Card, family: str) -> Stage | None:
    """Where a work with such a problem goes: to where that is made good, else one stage back."""
    back = ways_back(card)
    codes = {stage.code: stage for stage in back}
    named = next((codes[code] for code in BACK_TO.get(family, ()) if code in codes), None)
    return named or (back[0] if back else None)


def _same(there: BenchAct, deed: str, card_id: int, by: int) -> BenchAct:
    if (there.deed, there.card_id, there.by_id) != (deed, card_id, by):
        raise Refused("This is recorded already.")
    return there


def finish(card: Card, track: Track, *, by: int, now: dt.datetime) -> None:
    """Tick what whoever made it vouches for, and take the work one stage on, inside an act."""
    for line in stage_checklist(card):
        if line.point.evidence == "tick" and line.point.required and not line.ticked:
            tick(card.id, line.point.id, by=by, now=now)
    move(card.id, next_stage(card).id, by=by, now=now)
    end_assignment(track.id, now=now)


def _problem(card: Card, track: Track, cause: int | None, *, by: int, now: dt.datetime) -> None:
    """Send the work to where its problem is made good, to whoever made it there; else hold it."""
    why = RemakeCause.get_or_none(RemakeCause.id == cause, RemakeCause.ended_on.is_null())
    if why is None:
        raise Refused("Choose the cause.")
    stage = back_to(card, why.family)
    end_assignment(track.id, now=now)
    if stage is None:
        clinic = why.family in ("clinic", "scan", "patient")
        reason, clock = ("waiting_dentist", "clinic") if clinic else ("other", "lab")
        hold(card.id, reason=reason, clock=clock, note=why.name, by=by, now=now)
        return
    rework(card.id, stage.id, why.id, by=by, now=now)
    maker = _maker(track, stage)
    if maker is not None:
        give(track, maker, by=by, now=now)


def _maker(track: Track, stage: Stage) -> int | None:
    """Who made the work at that stage last, while they still have the skill and work here."""
    able = Skill.select(Skill.staff).where(Skill.stage_code == stage.code, Skill.ended_on.is_null())
    given = Assignment.select().where(
        Assignment.track == track, Assignment.stage == stage, Assignment.technician.in_(able)
    )
    last = given.order_by(Assignment.id.desc()).first()
    works_here = last is not None and last.technician.ended_on is None
    return last.technician_id if works_here else None
