"""Job tickets of the demo: crowns, bridges, splints and dentures, closed, under way and late."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.cards import Card
from schema.lab import Shade, WorkType, WorkTypeMaterial
from schema.orders import LabOrder, OrderVisit
from schema.tickets import TicketCounter
from schema.workflow.value_days import HOME_ZONE
from seed.demo.care import TEETH
from seed.demo.plans import Plan
from seed.demo.tickets import Ticket, set_teeth
from seed.demo.visits import Diary
from seed.demo.ways import main_way, set_out
from seed.demo.world import World

BRIDGES = ((12, 11, 21, 22), (14, 15, 16), (24, 25, 26), (34, 35, 36), (44, 45, 46), (13, 12, 11))
BRIDGE_DAYS = 8


class Counter:
    """The laboratory's front desk: work types, materials, shades, and the way of an order."""

    def __init__(self, world: World, diary: Diary) -> None:
        self.world, self.diary = world, diary
        self.way = main_way("order")
        works = WorkType.select().where(WorkType.ended_on.is_null()).order_by(WorkType.id)
        self.works = list(works)
        self.materials: dict[int, list[Any]] = {}
        for allowed in WorkTypeMaterial.select().order_by(WorkTypeMaterial.id):
            self.materials.setdefault(allowed.work_type_id, []).append(allowed.material)
        shades = Shade.select().order_by(Shade.guide, Shade.lightness)
        self.shades = [one.id for one in shades if one.guide == "vita_classical"]
        self.stumps = [one.id for one in shades if one.guide == "stump"]

    def work(self, *words: str, bridge: bool = False) -> WorkType:
        """The first kind of work whose code has one of the words; any other when none has."""
        fits = [one for one in self.works if one.is_bridge is bridge]
        for word in words:
            for one in fits:
                if word in one.code.lower():
                    return one
        return fits[0] if fits else self.works[0]


def sow_orders(world: World, diary: Diary, plans: list[Plan]) -> list[Ticket]:
    """Every ticket in the order in which it came in, so that the numbers have no gap."""
    counter = Counter(world, diary)
    tickets = _of_plans(counter, plans) + _walk_in(counter)
    tickets = [one for one in tickets if one.received <= world.today]
    remakes = [_remade(counter, one) for one in tickets if one.fate == "remade"]
    tickets += [one for one in remakes if one.received <= world.today]
    tickets.sort(key=lambda one: one.received)
    for number, ticket in enumerate(tickets):
        _write(counter, ticket, number)
    _number(tickets)
    return tickets


def _of_plans(counter: Counter, plans: list[Plan]) -> list[Ticket]:
    """What a plan needs from the laboratory: crowns after root canals, bridges on implants."""
    world, found = counter.world, []
    for plan in plans:
        story, ends = plan.person.story, plan.case.ends == "completed"
        if len(plan.visits) < 2:
            continue
        day = plan.visits[-2 if ends else -1].starts_at.date()
        received = world.open_day(day + dt.timedelta(days=1))
        crown = counter.work("crown_single", "crown")
        if story == 1:
            found.append(Ticket(plan.person, crown, (plan.teeth[0],), received, "closed"))
        elif story == 10:
            veneer = counter.work("veneer", "crown") if plan.person.number % 24 > 12 else crown
            found.append(Ticket(plan.person, veneer, (plan.teeth[0],), received, "remade"))
        elif story == 2:
            teeth, work = world.dice.choice(BRIDGES), counter.work("implant_bridge", bridge=True)
            late = plan.person.number < 12 or world.chance(25)
            day = _long_ago(world) if late else received
            found.append(Ticket(plan.person, work, teeth, day, "late" if late else "by_age"))
        elif story == 5:
            found.append(Ticket(plan.person, crown, (plan.teeth[0],), received, "by_age"))
    return found


def _long_ago(world: World) -> dt.date:
    """A day from which a bridge should have been ready by now."""
    day = world.day(world.dice.randint(11, 16))
    while world.working_days(day, BRIDGE_DAYS) >= world.today:
        day = world.open_day(day - dt.timedelta(days=1), -1)
    return day


def _walk_in(counter: Counter) -> list[Ticket]:
    """Works that need no plan: bridges, splints and mock-ups through the months."""
    world, found = counter.world, []
    for person in world.patients:
        if person.story in (6, 8) or (person.story in (3, 7, 11) and world.chance(60)):
            bridge = person.story in (7, 8)
            words = ("splint", "guard") if person.story == 6 else ("crown", "inlay")
            work = counter.work(*words, "bridge", bridge=bridge)
            teeth = world.dice.choice(BRIDGES) if bridge else (world.dice.choice(TEETH),)
            most = max(2, min((world.today - person.joined).days - 3, 500))
            most = min(most, 8) if world.chance(30) else most
            received = world.day(world.dice.randint(min(2, most), most))
            found.append(Ticket(person, work, teeth, received, "by_age"))
        if person.number in (6, 11):
            work = counter.work("crown")
            found.append(Ticket(person, work, (world.dice.choice(TEETH),), world.day(0), "draft"))
    return found


def _remade(counter: Counter, first: Ticket) -> Ticket:
    days = dt.timedelta(days=counter.world.dice.randint(22, 40))
    later = counter.world.open_day(first.received + days)
    return Ticket(first.person, first.work, first.teeth, later, "by_age", remake_of=first)


def _write(counter: Counter, ticket: Ticket, number: int) -> None:
    """The card and the ticket, with its teeth and the visit that waits for it."""
    _open(counter, ticket, number)
    if ticket.remake_of:
        ticket.material, ticket.family = ticket.remake_of.material, ticket.remake_of.family
    else:
        _choose_material(counter, ticket)
    ticket.id = counter.world.pen.add(LabOrder, **_columns(counter, ticket, number))
    if ticket.work.needs_teeth:
        set_teeth(counter.world, ticket)
    _visits(counter, ticket)


def _open(counter: Counter, ticket: Ticket, number: int) -> None:
    world, days = counter.world, BRIDGE_DAYS if ticket.work.is_bridge else 6
    opened = world.some_time(ticket.received, 9, 12)
    ticket.due = world.moment(world.working_days(ticket.received, days), 16)
    ticket.traveller = set_out(
        world,
        counter.way,
        opened,
        world.someone("receptionist", "lab_supervisor"),
        responsible=world.staff["lab_supervisor"][0],
        location=ticket.person.location,
        due_at=ticket.due,
        priority="urgent" if number % 11 == 0 else "normal",
    )


def _columns(counter: Counter, ticket: Ticket, number: int) -> dict[str, Any]:
    """What the job ticket says."""
    dice, work = counter.world.dice, ticket.work
    return {
        "card": ticket.card.card,
        "patient": ticket.person.id,
        "dentist": ticket.person.dentist,
        "work_type": work.id,
        "material": ticket.material,
        "arch": None if work.needs_teeth else dice.choice(("upper", "lower")),
        "shade": dice.choice(counter.shades) if work.needs_shade else None,
        "stump_shade": dice.choice(counter.stumps) if work.needs_stump else None,
        "translucency": dice.choice((None, "high", "medium", "low")),
        "received_on": ticket.received,
        "notes": "Contact proximal ferm, textură discretă." if number % 5 == 0 else None,
        "stays_draft": ticket.fate == "draft",
        "created_at": ticket.card.opened_at,
    }


def _choose_material(counter: Counter, ticket: Ticket) -> None:
    """A material that the work allows and that bears the span; zirconia when there is one."""
    fits = [
        one
        for one in counter.materials.get(ticket.work.id, [])
        if not ticket.work.is_bridge
        or (one.bridgeable and (one.max_span is None or one.max_span >= len(ticket.teeth)))
    ]
    zirconia = [one for one in fits if one.family == "zirconia"]
    if zirconia and counter.world.chance(75):
        fits = zirconia
    if fits:
        chosen = counter.world.dice.choice(fits)
        ticket.material, ticket.family = chosen.id, chosen.family


def _visits(counter: Counter, ticket: Ticket) -> None:
    """The visit at which the work is placed, and a try-in before that for bridges."""
    assert ticket.due is not None
    world, day = counter.world, ticket.due.date()
    facts = {"sure": True, "card": ticket.card.card}
    purposes = [("placement", world.open_day(day + dt.timedelta(days=1)))]
    if ticket.work.is_bridge:
        purposes.insert(0, ("try_in", world.open_day(day - dt.timedelta(days=3), -1)))
    if ticket.fate == "late" and ticket.due < world.now:
        purposes[-1] = ("placement", world.open_day(world.today + dt.timedelta(days=1)))
    for purpose, wanted in purposes:
        day = max(wanted, ticket.received)
        visit = counter.diary.book(ticket.person, purpose, day, 30, **facts)
        ticket.visits.append(visit)
        about = {"appointment": visit.id, "patient": ticket.person.id, "purpose": purpose}
        about["planned_for"] = visit.starts_at
        world.pen.add(OrderVisit, order=ticket.id, **about, created_at=ticket.card.opened_at)
    _due_before(world, ticket)


def _due_before(world: World, ticket: Ticket) -> None:
    """A work with a try-in to come is due before that one, as for works that are registered."""
    coming = min(
        (one.starts_at for one in ticket.visits if one.starts_at > world.now), default=None
    )
    if coming is None or ticket.due is None:
        return
    day = coming.astimezone(HOME_ZONE).date()
    for _ in range(2 if len(ticket.teeth) >= 4 else 1):
        day = world.open_day(day - dt.timedelta(days=1), -1)
    due = world.moment(day, 16)
    if world.now < due < ticket.due:
        rows = reversed(world.pen.waiting[Card])
        next(row for row in rows if row["id"] == ticket.card.card)["due_at"] = due


def _number(tickets: list[Ticket]) -> None:
    """Ticket numbers year by year, after those that are there."""
    if not tickets:
        return
    counters = {row.year: row.last_number for row in TicketCounter.select()}
    rows = {row["id"]: row for row in tickets[0].card.world.pen.waiting[LabOrder]}
    for ticket in tickets:
        year = f"{ticket.received:%y}"
        counters[year] = counters.get(year, 0) + 1
        rows[ticket.id]["ticket"] = f"{year}-{counters[year]:06d}"
