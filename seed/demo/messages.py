"""The outbox of the demo: what was said to patients, leads and staff, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.leads import Lead
from schema.messages import Delivery, Message, Wording
from schema.staff import Staff
from seed.demo.visits import Diary, Visit
from seed.demo.world import Person, World

DAYS_BACK = 90
TEXTS = {
    "booked": "Bună ziua! Programarea dvs. la Benchside este pe {when}.",
    "reminder": "Vă așteptăm la Benchside {when}. Răspundeți cu DA pentru confirmare.",
}
FAILED = "Numărul nu este alocat."


class Post:
    """The wordings by event, channel and language; and the people by their keys."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[int, Person] = {person.id: person for person in world.patients}
        self.wordings = list(Wording.select().where(Wording.active))

    def wording(self, word: str, channel: str) -> Wording | None:
        """The wording whose event speaks of visits and of this word."""
        fits = [
            one
            for one in self.wordings
            if word in one.event and one.channel == channel and one.language == "ro"
        ]
        return next((one for one in fits if "appointment" in one.event), None)


def sow_messages(world: World, diary: Diary) -> None:
    """A confirmation and a reminder for each visit of the last months and of those ahead."""
    post = Post(world)
    since = world.now - dt.timedelta(days=DAYS_BACK)
    for visit in diary.visits:
        if visit.starts_at > since:
            booked = min(visit.starts_at, world.now) - dt.timedelta(days=2)
            _about_visit(post, visit, "booked", booked)
            _about_visit(post, visit, "reminder", visit.starts_at - dt.timedelta(hours=24))
    _to_leads(world)
    _to_staff(world)


def _about_visit(post: Post, visit: Visit, word: str, due: dt.datetime) -> None:
    world, person = post.world, post.people[visit.patient]
    channel = world.dice.choice(("sms", "whatsapp", "email"))
    address = person.email if channel == "email" else person.phone
    if channel in person.silent or not address:
        return
    wording = post.wording(word, channel)
    event = wording.event if wording else f"appointment_{word}"
    key = world.pen.add(
        Message,
        key=f"{event}-{visit.id}-1-{channel}",
        event=event,
        channel=channel,
        address=address,
        patient=person.id,
        appointment=visit.id,
        about_version=1,
        wording=wording.id if wording else None,
        subject="Programarea dvs." if channel == "email" else None,
        body=TEXTS[word].format(when=f"{visit.starts_at:%d.%m.%Y}"),
        not_before=due,
        not_after=visit.starts_at,
        created_at=min(due, world.now),
    )
    _fate(world, world.pen.waiting[Message][-1], visit, person, key)


def _fate(world: World, row: dict[str, Any], visit: Visit, person: Person, key: int) -> None:
    """Sent when its time came; cancelled when its reason fell away."""
    due, luck = row["not_before"], world.dice.randrange(100)
    gone = person.withdrew_at and row["channel"] == "sms" and due >= person.withdrew_at
    if gone or (visit.state == "cancelled" and due > world.now - dt.timedelta(days=30)):
        row["state"] = "cancelled"
        row["problem"] = "Pacientul nu mai dorește SMS." if gone else "Programarea a fost anulată."
    elif due > world.now:
        row["state"] = "parked" if luck < 4 else "pending"
        row["problem"] = "Lipsește textul în limba pacientului." if luck < 4 else None
    elif luck < 4 or key % 50 in (2, 9):
        row |= {"state": "failed", "attempts": 3, "fence": 3, "problem": FAILED}
        _delivered(world, row, ("refused",) * 3)
    else:
        row |= {"state": "sent", "attempts": 1, "fence": 1, "sent_at": due}
        row["provider_ref"] = f"demo-{key}"
        read = row["channel"] != "email" and luck < 60
        _delivered(world, row, ("accepted", "delivered", "read") if read else ("accepted",))


def _delivered(world: World, row: dict[str, Any], results: tuple[str, ...]) -> None:
    for number, result in enumerate(results):
        world.pen.add(
            Delivery,
            message=row["id"],
            attempt=number + 1 if result == "refused" else 1,
            result=result,
            provider_ref=row.get("provider_ref"),
            detail=FAILED if result == "refused" else None,
            at=min(row["not_before"] + dt.timedelta(minutes=number * 7), world.now),
        )


def _to_leads(world: World) -> None:
    """Whoever writes an e-mail is told that it arrived."""
    answered = [row for row in world.pen.waiting[Lead] if row.get("email")]
    for row in answered[-(4 + world.size // 10) :]:
        at = row["inquiry_at"] + dt.timedelta(minutes=1)
        sent = at <= world.now
        world.pen.add(
            Message,
            key=f"lead_received-{row['id']}-1-email",
            event="lead_received",
            channel="email",
            address=row["email"],
            lead=row["id"],
            card=row["card"],
            subject="Am primit mesajul dvs.",
            body="Vă mulțumim! Vă sunăm în cel mai scurt timp.",
            not_before=at,
            created_at=row["inquiry_at"],
            state="sent" if sent else "pending",
            attempts=1 if sent else 0,
            sent_at=at if sent else None,
        )


def _to_staff(world: World) -> None:
    """The supervisor and the manager hear each morning what is late."""
    people = {row["id"]: row["email"] for row in world.pen.waiting[Staff]}
    for back in range(3):
        for staff in (world.staff["lab_supervisor"][0], world.staff["manager"][0]):
            at = min(world.moment(world.day(back), 7), world.now)
            world.pen.add(
                Message,
                key=f"staff_digest-{staff}-{back}",
                event="staff_digest",
                channel="email",
                address=people[staff],
                staff=staff,
                subject="Lucrări întârziate",
                body="Lista lucrărilor întârziate este în panou.",
                not_before=at,
                created_at=at,
                state="sent",
                attempts=1,
                sent_at=at,
            )
