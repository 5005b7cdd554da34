"""How far each order is: its own way, the lab processes under it, and who worked on them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from schema.pipelines import ControlPoint, Stage
from schema.skills import Skill
from schema.tracks import Assignment, Track, TrackTooth
from seed.demo.photos import Studio
from seed.demo.stores import Stores
from seed.demo.tickets import Ticket
from seed.demo.ways import Traveller, Way, set_out, ways
from seed.demo.world import World

# Where in the time from ticket to hand-over (in hundredths) each stage of an order is entered.
ENTERED = {
    "taken": 4,
    "validation": 10,
    "prototype": 25,
    "framework": 40,
    "fabrication": 55,
    "handed_over": 100,
}
SHORT = frozenset({"prototype", "framework"})
STUCK_AT = 62
AWAY = 5  # how much longer, in steps of its way, a firm has a unit than our own mill


class Bench:
    """The laboratory: its ways, who can do what, the photo studio and the stores."""

    def __init__(self, world: World, studio: Studio, stores: Stores) -> None:
        self.world, self.studio, self.stores = world, studio, stores
        self.ways = {way.code: way for way in ways("track")}
        self.can: dict[str, list[int]] = defaultdict(list)
        for skill in world.pen.waiting[Skill]:
            self.can[skill["stage_code"]].append(skill["staff"])
        self.tracks: list[tuple[int, Ticket, Traveller]] = []
        self.units = 0

    def goes_outside(self, way: Way) -> bool:
        """Whether a firm mills the next unit, when it is finished by now: every third."""
        self.units += way.code == "fabrication"
        return way.code == "fabrication" and self.units % 3 == 1

    def worker(self, stage: Stage) -> int:
        """Somebody with the skill; the supervisor, who has them all, only now and then."""
        able = self.can[stage.code]
        return self.world.dice.choice(able[:2] if self.world.chance(90) else able)


def sow_tracks(bench: Bench, tickets: list[Ticket]) -> None:
    """Take every registered order as far as it is today."""
    for ticket in tickets:
        if ticket.fate != "draft":
            _run(bench, ticket)


def _run(bench: Bench, ticket: Ticket) -> None:
    assert ticket.due is not None
    world, start = bench.world, ticket.card.opened_at
    delay = world.dice.randint(1, 40) if world.chance(12) else -world.dice.randint(1, 20)
    ready = max(ticket.due + dt.timedelta(hours=delay), start + dt.timedelta(hours=8))
    limit = world.now
    if ticket.fate == "late":
        limit = min(_share(start, ready, STUCK_AT), world.now)
    _processes(bench, ticket, start, ready, limit)
    _order(bench, ticket, start, ready, limit)


def _share(start: dt.datetime, end: dt.datetime, hundredths: int) -> dt.datetime:
    return (start + (end - start) * hundredths / 100).replace(microsecond=0)


def _order(
    bench: Bench, ticket: Ticket, start: dt.datetime, ready: dt.datetime, limit: dt.datetime
) -> None:
    """The customer's path, up to the hand-over and the visit at which the work is placed."""
    world, traveller = bench.world, ticket.card
    traveller.evidence = _evidence(bench, ticket, None)
    skips = SHORT if not ticket.work.is_bridge else frozenset()
    supervisor = world.staff["lab_supervisor"][0]
    for stage in traveller.way.path(traveller.way.start, traveller.way.end("done"), skips):
        if stage.category == "done":
            _close(bench, ticket)
            return
        at = _share(start, ready, ENTERED.get(stage.code, 50))
        if at > limit:
            break
        traveller.go(stage, at, supervisor)
    traveller.tick(limit, supervisor, part=world.dice.choice((0, 40, 60)))


def _close(bench: Bench, ticket: Ticket) -> None:
    """Closed when the work is placed; the photos after are due then."""
    world, traveller, visit = bench.world, ticket.card, ticket.visits[-1]
    if visit.state != "completed":
        return
    at = max(visit.ends_at, traveller.since + dt.timedelta(minutes=30))
    if at > world.now:
        return
    forced = {"forced": True, "reason": "Pacientul nu a venit la fotografia finală."}
    is_forced = ticket.id % 17 == 3
    if not is_forced:
        bench.studio.shoot(ticket, None, at)
    facts = forced if is_forced else {}
    traveller.go(traveller.way.end("done"), at, ticket.person.dentist, **facts)


def _processes(
    bench: Bench, ticket: Ticket, start: dt.datetime, ready: dt.datetime, limit: dt.datetime
) -> None:
    """Production control for every order; zirconia works and units, named as by the verb."""
    shares: list[tuple[str, int, int, list[int], str | None]] = [
        ("production_control", 5, 99, ticket.tooth_ids, None)
    ]
    if ticket.family == "zirconia":
        shares.append(("zirconia", 8, 95, ticket.tooth_ids, None))
    for unit in ticket.units:
        teeth = [ticket.teeth[ticket.tooth_ids.index(one)] for one in unit]
        ends_at = f"{teeth[0]}–{teeth[-1]}" if len(unit) > 1 else f"{teeth[0]}"
        shares.append(("fabrication", 56, 94, unit, ends_at))
    for code, first, last, teeth_ids, name in shares:
        way, opened = bench.ways.get(code), _share(start, ready, first)
        if way is not None and opened <= limit:
            ends = _share(start, ready, last)
            _process(bench, ticket, way, (opened, ends, limit), teeth_ids, name)


def _process(
    bench: Bench,
    ticket: Ticket,
    way: Way,
    when: tuple[dt.datetime, dt.datetime, dt.datetime],
    teeth: list[int],
    name: str | None,
) -> None:
    world, (opened, ends, limit) = bench.world, when
    supervisor = world.staff["lab_supervisor"][0]
    facts = {"parent": ticket.card.card, "location": ticket.person.location, "due_at": ends}
    traveller = set_out(world, way, opened, supervisor, responsible=supervisor, **facts)
    track = world.pen.add(Track, card=traveller.card, order=ticket.id, name=name, created_at=opened)
    for tooth in teeth if way.code == "fabrication" else []:
        world.pen.add(TrackTooth, track=track, order_tooth=tooth, created_at=opened)
    traveller.evidence = _evidence(bench, ticket, track)
    _travel(bench, traveller, track, ends, limit)
    bench.tracks.append((track, ticket, traveller))


def _travel(
    bench: Bench, traveller: Traveller, track: int, ends: dt.datetime, limit: dt.datetime
) -> None:
    """Stage by stage, each with a technician who has the skill for it."""
    way, start, world = traveller.way, traveller.opened_at, bench.world
    path = way.path(way.start, way.end("done"))
    worker = bench.worker(way.start)
    away = AWAY if bench.goes_outside(way) and ends <= limit else 0
    for number, stage in enumerate(path, 1):
        at = _share(start, ends, 100 * (number + away) // (len(path) + away))
        if at > limit:
            if track % 3:  # the others wait for somebody
                _assign(world, track, worker, traveller, None)
            traveller.tick(limit, worker, part=world.dice.choice((0, 30, 70)))
            return
        _assign(world, track, worker, traveller, at)
        traveller.go(stage, at, worker)
        worker = bench.worker(stage) if stage.category == "open" else worker


def _assign(
    world: World, track: int, worker: int, traveller: Traveller, ended: dt.datetime | None
) -> None:
    world.pen.add(
        Assignment,
        track=track,
        technician=worker,
        stage=traveller.stage.id,
        started_at=traveller.since,
        ended_at=ended,
        by=world.staff["lab_supervisor"][0],
        created_at=traveller.since,
    )


def _evidence(
    bench: Bench, ticket: Ticket, track: int | None
) -> Callable[[Traveller, ControlPoint, dt.datetime], None]:
    """What must be there before a point is ticked: photos, links, lots."""

    def show(traveller: Traveller, point: ControlPoint, at: dt.datetime) -> None:
        if point.evidence == "photos":
            bench.studio.shoot(ticket, point.about, at)
        elif point.evidence == "link":
            bench.stores.file(ticket, traveller, point, at)
        elif point.evidence == "lot":
            bench.stores.use(ticket, track, traveller, at)

    return show
