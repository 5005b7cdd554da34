"""Photos of works and of patients, as links; and those that were shown to the public."""

from __future__ import annotations

import datetime as dt
import hashlib

from schema.consents import Consent
from schema.photos import Photo, Shot, ShotRequirement
from schema.publications import Publication
from seed.demo.tickets import Ticket
from seed.demo.world import Person, World

USES = ("website", "social", "lecture")


class Studio:
    """The photo operator's list: which shots a work needs, and which were taken."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.shots = list(Shot.select().order_by(Shot.position, Shot.id))
        stated = ShotRequirement.select(
            ShotRequirement.work_type, ShotRequirement.shot, ShotRequirement.required
        )
        self.stated = {(work, shot): needed for work, shot, needed in stated.tuples()}
        self.taken: set[tuple[int, int]] = set()

    def shoot(self, ticket: Ticket, moment: str | None, at: dt.datetime) -> None:
        """Take and upload what the work still needs of a moment (None: of every moment)."""
        for shot in self.shots:
            needed = self.stated.get((ticket.work.id, shot.id), shot.required)
            if not needed or (moment and shot.moment != moment):
                continue
            if (ticket.id, shot.id) not in self.taken:
                self.taken.add((ticket.id, shot.id))
                self.take(ticket.person, shot, at, ticket)

    def take(self, person: Person, shot: Shot, at: dt.datetime, ticket: Ticket | None) -> int:
        """One photo, taken and uploaded a little before `at`."""
        world, tooth = self.world, ticket.teeth[0] if ticket and ticket.teeth else None
        taken = at - dt.timedelta(minutes=world.dice.randint(20, 60))
        place = f"orders/{ticket.id}" if ticket else f"patients/{person.id}"
        link = f"https://photos.example.ro/{place}/{shot.code}-{taken:%Y%m%d}.jpg"
        return world.pen.add(
            Photo,
            patient=person.id,
            order=ticket.id if ticket else None,
            shot=shot.id,
            tooth=tooth,
            photographed_at=taken,
            photographed_by=world.staff["photo_operator"][0],
            uploaded_at=taken + dt.timedelta(minutes=8),
            link=link,
            file_hash=hashlib.sha256(link.encode()).hexdigest(),
            created_at=taken,
        )


def sow_photos(studio: Studio, tickets: list[Ticket]) -> None:
    """Before and after of some patients; some just taken and not uploaded; some published."""
    world, shown = studio.world, []
    for person in world.patients:
        if person.story in (1, 10) or (person.story in (0, 6) and world.chance(40)):
            shown += _before_and_after(studio, person)
    for person, use in shown[:1]:
        _changes_their_mind(world, person, use)
    for ticket in tickets[-3:]:
        _not_uploaded(studio, ticket)


def _before_and_after(studio: Studio, person: Person) -> list[tuple[Person, str]]:
    """The pair of one person; whom and for which use it shows, when it is published still."""
    world = studio.world
    before = next((one for one in studio.shots if one.moment == "before"), studio.shots[0])
    pair = [one for one in studio.shots if one.view == before.view and one.moment == "after"]
    first = world.moment(person.joined, 10, 30)
    studio.take(person, before, min(first, world.now), None)
    if person.story not in (1, 10) or not pair:
        return []
    later = world.day(world.dice.randint(12, 60))
    photo = studio.take(person, pair[0], world.moment(later, 11), None)
    return _publish(world, person, photo, later)


def _publish(world: World, person: Person, photo: int, taken: dt.date) -> list[tuple[Person, str]]:
    day = taken + dt.timedelta(days=world.dice.randint(1, 8))
    withdrawn, use = world.today if world.chance(15) else None, world.dice.choice(USES)
    world.pen.add(
        Publication,
        photo=photo,
        patient=person.id,
        use=use,
        published_on=day,
        withdrawn_on=withdrawn,
        link=f"https://www.example.ro/cazuri/{photo}",
        by=world.staff["marketing"][0],
    )
    return [] if withdrawn else [(person, use)]


def _changes_their_mind(world: World, person: Person, use: str) -> None:
    """What is shown of them has to be taken down."""
    world.pen.add(
        Consent,
        patient=person.id,
        purpose=f"photo_{use}",
        given=False,
        channel="call",
        at=world.now,
        by=world.someone("receptionist"),
    )


def _not_uploaded(studio: Studio, ticket: Ticket) -> None:
    world, shot = studio.world, studio.shots[-1]
    taken = {
        "photographed_at": world.now - dt.timedelta(hours=1),
        "photographed_by": world.staff["photo_operator"][0],
    }
    world.pen.add(Photo, patient=ticket.person.id, order=ticket.id, shot=shot.id, **taken)
