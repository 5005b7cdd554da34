"""Inquiries of the demo: those who became patients, those who were lost, those still open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.contacts import Contact, ContactOutcome
from schema.leads import InquiryReason, InquirySource, Lead, LossReason, Referrer
from seed.demo.romanian import a_name, a_phone, an_email
from seed.demo.ways import Traveller, main_way, set_out
from seed.demo.world import Person, World, keys

PRACTICES = ("Cabinet Dr. Oprișan", "Policlinica Câmpului", "Cabinet Dr. Hâncu", "Ortodonția Nord")
NOTES = ("Întreabă de preț.", "Vrea programare după-amiaza.", "Are radiografie recentă.", None)


class Desk:
    """What the call centre needs at hand: the way, the lists, and the referrers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.way = main_way("lead")
        self.sources = list(keys(InquirySource).values())
        self.reasons = list(InquiryReason.select())
        self.losses = list(keys(LossReason, "name").values())
        outcomes = list(ContactOutcome.select().order_by(ContactOutcome.id))
        self.reached = [one.id for one in outcomes if one.reached]
        self.not_reached = [one.id for one in outcomes if not one.reached]
        self.referrers = _referrers(world)


def sow_leads(world: World) -> None:
    """Most patients asked first; as many again asked and never came."""
    desk = Desk(world)
    for person in world.patients:
        if person.story not in (3, 9) and person.joined >= world.start:
            _converted(desk, person)
    for number in range(4 + world.size // 3):
        _lost(desk, number)
    for number in range(6 + world.size // 12):
        _open(desk, number)
    _patients_call(desk)


def _referrers(world: World) -> list[int]:
    add = world.pen.add
    found = [
        add(Referrer, name=name, kind="practice", phone=a_phone(number, 24))
        for number, name in enumerate(PRACTICES)
    ]
    for person in world.patients[: 2 + world.size // 20]:
        found.append(add(Referrer, name=person.name, kind="person", patient=person.id))
    return found


def _write(
    desk: Desk, at: dt.datetime, name: str, phone: str, **facts: Any
) -> tuple[Traveller, dict[str, Any]]:
    """A lead and its card; the row may still be filled in."""
    world, reason = desk.world, desk.world.dice.choice(desk.reasons)
    location = facts.pop("location", None) or world.dice.choice(world.locations)
    agent = world.someone("call_centre", "receptionist")
    card = {"responsible": agent, "location": location, "due_at": at + dt.timedelta(days=14)}
    traveller = set_out(world, desk.way, at, agent, **card)
    referred = world.chance(15)
    world.pen.add(
        Lead,
        card=traveller.card,
        name=name,
        phone=phone,
        source=world.dice.choice(desk.sources),
        reason=reason.id,
        referrer=world.dice.choice(desk.referrers) if referred else None,
        inquiry_at=at,
        created_at=at,
        preferred_slot=world.dice.choice((None, "morning", "afternoon", "evening")),
        expected_value=reason.usual_value,
        note=world.dice.choice(NOTES),
        **facts,
    )
    return traveller, world.pen.waiting[Lead][-1]


def _call(
    desk: Desk, lead: dict[str, Any], card: int, at: dt.datetime, reached: bool
) -> dt.datetime:
    """One call to a lead; the first one is the answer to the inquiry."""
    world = desk.world
    at = min(max(at, lead["inquiry_at"]), world.now)
    world.pen.add(
        Contact,
        lead=lead["id"],
        patient=lead.get("patient"),
        card=card,
        channel="call" if world.chance(70) else "whatsapp",
        direction="out",
        outcome=world.dice.choice(desk.reached if reached else desk.not_reached),
        started_at=at,
        ended_at=min(at + dt.timedelta(minutes=world.dice.randint(1, 9)), world.now),
        at=at,
        phone=lead["phone"],
        by=world.someone("call_centre"),
        note=world.dice.choice(NOTES),
    )
    lead["first_response_at"] = min(lead.get("first_response_at") or at, at)
    lead["last_contacted_at"] = at
    return at


def _converted(desk: Desk, person: Person) -> None:
    world = desk.world
    asked = world.some_time(world.day((world.today - person.joined).days + 9), 9, 17)
    came = world.moment(person.joined, 17)
    facts = {"email": person.email, "location": person.location, "patient": person.id}
    traveller, lead = _write(desk, asked, person.name, person.phone, **facts)
    if world.chance(35):
        _call(desk, lead, traveller.card, asked + dt.timedelta(minutes=8), reached=False)
    answered = asked + dt.timedelta(minutes=world.dice.choice((3, 4, 12, 40, 200)))
    answered = _call(desk, lead, traveller.card, answered, reached=True)
    agent, stages = world.someone("call_centre"), desk.way.open_stages
    traveller.go(stages[1], answered, agent)
    came = min(max(came, answered), world.now)
    traveller.travel(desk.way.end("done"), came, lambda: agent)
    lead["converted_at"] = came


def _stranger(desk: Desk, number: int) -> tuple[str, str, str]:
    last, first, _ = a_name(desk.world.dice)
    return f"{last} {first}", a_phone(number, 30), an_email(first, last, 5000 + number)


def _lost(desk: Desk, number: int) -> None:
    world = desk.world
    asked = world.some_time(world.day(world.dice.randint(20, 540)))
    name, phone, email = _stranger(desk, number)
    traveller, lead = _write(desk, asked, name, phone, email=email)
    at, gap = asked, dt.timedelta(minutes=world.dice.choice((4, 9, 30, 75, 240)))
    for attempt in range(world.dice.randint(1, 3)):
        at = _call(desk, lead, traveller.card, at + gap, reached=attempt == 0)
        gap = dt.timedelta(hours=world.dice.randint(3, 30))
    if world.chance(60):
        traveller.go(desk.way.open_stages[1], at, world.someone("call_centre"))
    ends, agent = at + dt.timedelta(days=world.dice.randint(1, 12)), world.someone("call_centre")
    traveller.travel(desk.way.end("lost"), ends, lambda: agent)
    if number < 2:
        _comes_back(desk, traveller, ends)
        return
    lead["lost_at"], lead["loss_reason"] = ends, world.dice.choice(desk.losses)


def _comes_back(desk: Desk, traveller: Traveller, lost_at: dt.datetime) -> None:
    """Some call again when they were given up already."""
    agent = desk.world.someone("call_centre")
    reason = "A sunat din nou și vrea o programare."
    at = min(lost_at + dt.timedelta(days=12), desk.world.now)
    traveller.reopen(desk.way.open_stages[1], at, agent, reason)


def _open(desk: Desk, number: int) -> None:
    """Fresh ones: some not answered yet, some contacted, some with a visit ahead."""
    world, stages = desk.world, desk.way.open_stages
    asked = world.now - dt.timedelta(hours=world.dice.choice((0, 1, 2, 5, 20)) + 24 * (number % 9))
    asked -= dt.timedelta(minutes=world.dice.randint(2, 50))
    name, phone, email = _stranger(desk, 2000 + number)
    traveller, lead = _write(desk, asked, name, phone, email=email if number % 2 else None)
    if number % 3 == 0:
        return
    answered = _call(desk, lead, traveller.card, asked + dt.timedelta(minutes=25), number % 2 == 0)
    agent = world.someone("call_centre")
    traveller.go(stages[1], answered, agent)
    if number % 3 == 2:
        traveller.travel(stages[2], min(answered + dt.timedelta(hours=1), world.now), lambda: agent)


def _patients_call(desk: Desk) -> None:
    """Patients call too, and the exchange writes some of it down by itself."""
    world = desk.world
    for number, person in enumerate(world.patients):
        if number >= 4 and not world.chance(50):
            continue
        last = (world.today - person.joined).days
        at = world.some_time(world.day(world.dice.randint(0, max(last, 1))))
        ours = number % 3 == 0
        world.pen.add(
            Contact,
            patient=person.id,
            channel="call",
            direction="in",
            outcome=desk.reached[0],
            started_at=at,
            ended_at=min(at + dt.timedelta(minutes=4), world.now),
            at=at,
            phone=person.phone,
            by=world.someone("receptionist") if ours else None,
            call_id=None if ours else f"pbx-{60_000 + number}",
            recording_link=None if ours else f"https://calls.example.ro/{60_000 + number}",
            note="A întrebat de ora programării.",
        )
