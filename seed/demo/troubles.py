"""What goes wrong at the bench: waits, work done outside, work made again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.holds import Hold
from schema.lab import RemakeCause, Subcontractor
from schema.outside import Outsourcing
from schema.queue_marks import QueueMark
from schema.remakes import Remake
from schema.workflow.value_days import HOME_ZONE
from seed.demo.romanian import a_phone
from seed.demo.tickets import Ticket
from seed.demo.tracks import Bench
from seed.demo.ways import Traveller
from seed.demo.world import World

MOST_HERE = 8
FIRMS = (("Frezaj Central", 1), ("Sinter Expres", 1), ("Turnătoria Dentară Vest", 2))
WAITS = (
    ("waiting_dentist", "clinic", "Se așteaptă confirmarea nuanței."),
    ("material_out", "supplier", "Discul A2 este pe drum."),
    ("machine_down", "machine", "Cuptorul este în revizie."),
    ("patient", "patient", "Pacientul a amânat proba."),
)
DETECTED = ("try_in", "seating", "final_qc", "step_qc")


def sow_troubles(bench: Bench, tickets: list[Ticket]) -> None:
    """Late works wait for somebody; some steps are done outside; some works come back."""
    _holds(bench, tickets)
    _marks(bench)
    _outside(bench)
    _remakes(bench.world, tickets)


def _marks(bench: Bench) -> None:
    """The supervisor pinned one work and called two a rush."""
    world = bench.world
    under_way = [track for track, _, one in bench.tracks if one.stage.category == "open"]
    for track, kind in zip(under_way, ("pin", "rush", "rush"), strict=False):
        world.pen.add(
            QueueMark,
            track=track,
            kind=kind,
            reason="Pacientul pleacă din oraș." if kind == "pin" else None,
            started_at=world.now - dt.timedelta(hours=5),
            by=world.staff["lab_supervisor"][0],
        )


def _holds(bench: Bench, tickets: list[Ticket]) -> None:
    world, held = bench.world, 0
    for ticket in tickets:
        if ticket.fate == "late":
            _hold(world, ticket.card.card, held, ticket.card.since, None)
            held += 1
    for track, _, traveller in bench.tracks:
        visit = next((one for one in traveller.visits if one[2]), None)
        if visit and visit[2] and (track < 3 or world.chance(7)):
            _hold(world, traveller.card, track, visit[1], visit[2])


def _hold(
    world: World, card: int, number: int, start: dt.datetime, end: dt.datetime | None
) -> None:
    reason, clock, note = WAITS[number % len(WAITS)]
    world.pen.add(
        Hold,
        card=card,
        reason=reason,
        clock=clock,
        note=note,
        started_at=start,
        ended_at=end,
        by=world.staff["lab_supervisor"][0],
        created_at=start,
    )


def _outside(bench: Bench) -> None:
    """Milling and sintering that a firm does for us; what stands there now is still outside."""
    world = bench.world
    here = Subcontractor.select().order_by(Subcontractor.id)
    firms = [(one.id, one.usual_days or 1) for one in here]
    if len(firms) < 2:
        firms = [
            (world.pen.add(Subcontractor, name=name, usual_days=days, phone=a_phone(at, 25)), days)
            for at, (name, days) in enumerate(FIRMS)
        ]
    units = [one for one in bench.tracks if one[2].way.code == "fabrication"]
    for number, (track, _, traveller) in enumerate(units):
        running = traveller.closed_at is None and traveller.stage.category == "open"
        if number < 2 or (running and number % 4 == 0) or world.chance(6):
            cost = world.dice.randint(90, 400) * 100
            if running and number < MOST_HERE:
                continue  # a small clinic has its few units at its own bench
            _send(world, track, traveller, firms[number % len(firms)], cost)
        elif not running and number % 3 == 0:
            # Without a throw of the dice, so that all that follows stays as it was.
            cost = (90 + 37 * number % 310) * 100
            _send(world, track, traveller, firms[number // 3 % len(firms)], cost)


def _send(world: World, track: int, traveller: Traveller, firm: tuple[int, int], cost: int) -> None:
    start, sent, back = traveller.way.start, traveller.opened_at, None
    if traveller.visits:
        start, sent, back = traveller.visits[0]
    sent, back = _when_people_are_in(world, sent, back)
    facts: dict[str, Any] = {"returned_at": back, "cost": cost}
    if back is not None:
        facts |= _came_back(world, track)
    else:
        _wait_for_firm(world, traveller.card, sent)
    hurried = track % 4 == 0  # they promise a day less than they need
    day = sent.astimezone(HOME_ZONE).date() + dt.timedelta(days=firm[1] - hurried)
    world.pen.add(
        Outsourcing,
        track=track,
        stage=start.id,
        subcontractor=firm[0],
        sent_at=sent,
        promised_on=day,
        expected_on=day,
        method=("courier", "own_driver", "file")[track % 3],
        sent_by=world.staff["lab_supervisor"][0],
        document_number=f"AV-{4000 + track}",
        created_at=sent,
        **facts,
    )


def _when_people_are_in(
    world: World, sent: dt.datetime, back: dt.datetime | None
) -> tuple[dt.datetime, dt.datetime | None]:
    """Drivers neither come nor go at night; within the time that the step took."""
    day = world.at_work(sent)
    sent = day if day < (back or world.now) else sent
    evening = world.at_work(back, -1) if back else None
    return sent, evening if evening and evening > sent else back


def _wait_for_firm(world: World, card: int, since: dt.datetime) -> None:
    facts = {"reason": "supplier", "clock": "supplier", "started_at": since, "created_at": since}
    world.pen.add(Hold, card=card, by=world.staff["lab_supervisor"][0], **facts)


def _came_back(world: World, track: int) -> dict[str, Any]:
    """Most works come back complete; some have something wrong."""
    told: dict[str, Any] = {"returned_to": world.staff["lab_supervisor"][0]}
    if track % 9:
        return told | {"outcome": "complete"}
    return told | {"outcome": "faulty", "faults": "Marginea este deschisă la mezial."}


def _remakes(world: World, tickets: list[Ticket]) -> None:
    """A remake points to its original; rework inside the laboratory stays on its ticket."""
    causes = [one for one in RemakeCause.select().order_by(RemakeCause.id) if one.family != "other"]
    inside = [one for one in causes if one.family == "lab"] or causes
    for number, ticket in enumerate(tickets):
        if ticket.remake_of:
            facts = {"order": ticket.id, "kind": "remake", "cost_bearer": "lab"}
            facts["detected_at_step"] = DETECTED[number % 2]
            at = ticket.card.opened_at - dt.timedelta(hours=2)
            _remake(world, ticket.remake_of, world.dice.choice(causes), at, facts)
        elif ticket.card.closed_at and (number < 3 or world.chance(3)):
            at = ticket.card.opened_at + dt.timedelta(days=3)
            facts = {"kind": "rework", "detected_at_step": DETECTED[2 + number % 2]}
            _remake(world, ticket, world.dice.choice(inside), min(at, world.now), facts)


def _remake(
    world: World, original: Ticket, cause: RemakeCause, at: dt.datetime, facts: dict[str, Any]
) -> None:
    world.pen.add(
        Remake,
        original=original.id,
        cause=cause.id,
        cause_text=None,
        avoidable=cause.family != "patient",
        noticed_at=at,
        by=world.staff["lab_supervisor"][0],
        created_at=at,
        **facts,
    )
