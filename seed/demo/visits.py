"""Visits of the demo: booked where provider and chair are free, with what became of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schema.appointments import Appointment, AppointmentType, Chair
from seed.demo.people import treating
from seed.demo.world import Person, World, keys

TYPES = (
    ("consultation", "Consultație", 45),
    ("hygiene", "Igienizare", 60),
    ("treatment", "Tratament", 60),
    ("surgery", "Chirurgie", 90),
    ("try_in", "Probă", 30),
    ("placement", "Predarea lucrării", 60),
    ("control", "Control", 30),
    ("presentation", "Prezentarea planului", 45),
)
# What each of our words may be called in the list of kinds that is there already.
KINDRED = {
    "consultation": ("consult", "first", "exam"),
    "hygiene": ("hygiene", "clean"),
    "treatment": ("treat",),
    "surgery": ("surg", "implant"),
    "try_in": ("try", "prosth"),
    "placement": ("placement", "deliver"),
    "control": ("control", "check", "review", "follow"),
    "presentation": ("present", "plan"),
}
FIRST, LAST, LAST_SATURDAY, STEP = 9 * 60, 19 * 60, 14 * 60, 15
NO_SHOW, CALLED_OFF = 6, 9
REASONS = ("A răcit.", "Nu poate pleca de la serviciu.", "Medicul lipsește.", "Lucrarea nu e gata.")
WISHES = ("patient", "patient", "clinic", "laboratory")


@dataclass
class Visit:
    """An appointment of the demo, as far as other parts need to know it."""

    id: int
    patient: int
    provider: int
    location: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    kind: str
    state: str

    @property
    def done(self) -> bool:
        return self.state == "completed"


class Diary:
    """Who is taken when; books visits one after another without a clash."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.taken: dict[tuple[int, dt.date], list[tuple[int, int]]] = {}
        self.visits: list[Visit] = []
        self.of: dict[int, list[Visit]] = {}
        self.kinds = visit_kinds(world)
        self.chairs = dict(zip(treating(world), self._chairs(), strict=False))

    def book(
        self, person: Person, kind: str, day: dt.date, minutes: int = 30, **wish: Any
    ) -> Visit:
        """A visit on that day or soon after; `sure` means that the patient comes."""
        provider = wish.get("provider") or person.dentist
        day, start = self._free(provider, day, minutes, wish.get("from_minute"))
        starts_at = self.world.moment(day, start // 60, start % 60)
        ends_at = starts_at + dt.timedelta(minutes=minutes)
        facts, state = self._fate(starts_at, ends_at, bool(wish.get("sure")))
        ahead = dt.timedelta(days=self.world.dice.randint(2, 12))
        location = self.world.place_of[provider]
        key = self.world.pen.add(
            Appointment,
            patient=person.id,
            provider=provider,
            chair=self.chairs[provider],
            location=location,
            type=self.kinds[kind],
            starts_at=starts_at,
            ends_at=ends_at,
            card=wish.get("card"),
            booked_by=self.world.someone("receptionist", "call_centre"),
            wants_sooner=self.world.chance(6),
            created_at=min(starts_at, self.world.now) - ahead,
            **facts,
        )
        visit = Visit(key, person.id, provider, location, starts_at, ends_at, kind, state)
        self.visits.append(visit)
        self.of.setdefault(person.id, []).append(visit)
        return visit

    def kept(
        self, person: Person, kind: str, day: dt.date, minutes: int = 30, **wish: Any
    ) -> Visit:
        """A visit that took place: when the first try failed, another one some days later."""
        visit = self.book(person, kind, day, minutes, **wish)
        if visit.state in ("missed", "cancelled"):
            again = visit.starts_at.date() + dt.timedelta(days=self.world.dice.randint(2, 9))
            visit = self.book(person, kind, again, minutes, **wish | {"sure": True})
        return visit

    def _chairs(self) -> list[int]:
        rows = self.world.pen.waiting.get(Chair, [])
        ours = [row["id"] for row in rows]
        return ours or [key for (key,) in Chair.select(Chair.id).order_by(Chair.id).tuples()]

    def _free(
        self, provider: int, day: dt.date, minutes: int, wish: int | None
    ) -> tuple[dt.date, int]:
        """The first free time of the provider on or after a day, near a random hour."""
        while True:
            day = self.world.open_day(day)
            taken = self.taken.setdefault((provider, day), [])
            last = (LAST_SATURDAY if day.isoweekday() == 6 else LAST) - minutes
            hour = self.world.dice.randrange(FIRST, last, STEP) if wish is None else wish
            for start in [*range(hour, last + 1, STEP), *range(FIRST, hour, STEP)]:
                if all(start + minutes <= begins or start >= ends for begins, ends in taken):
                    taken.append((start, start + minutes))
                    return day, start
            day += dt.timedelta(days=1)

    def _fate(
        self, starts_at: dt.datetime, ends_at: dt.datetime, sure: bool
    ) -> tuple[dict[str, Any], str]:
        """What became of a visit, as far as that is known now."""
        world, minute = self.world, dt.timedelta(minutes=1)
        luck = 100 if sure else world.dice.randrange(100)
        if luck < CALLED_OFF and starts_at < world.now + dt.timedelta(days=14):
            return self._called_off(starts_at), "cancelled"
        confirmed = starts_at - dt.timedelta(days=1, hours=-world.dice.randint(0, 4))
        facts: dict[str, Any] = {}
        if confirmed < world.now and world.chance(75):
            facts["confirmed_at"] = confirmed
        if starts_at >= world.now:
            return facts, "booked"
        if luck < CALLED_OFF + NO_SHOW and starts_at + 15 * minute < world.now:
            return facts | {"missed_at": starts_at + 15 * minute}, "missed"
        facts["arrived_at"] = starts_at - world.dice.randint(0, 10) * minute
        if ends_at > world.now:
            return facts, "arrived"
        return facts | {"completed_at": ends_at}, "completed"

    def _called_off(self, starts_at: dt.datetime) -> dict[str, Any]:
        ahead = dt.timedelta(hours=self.world.dice.randint(3, 40))
        which = self.world.dice.randrange(len(WISHES))
        return {
            "cancelled_at": min(starts_at, self.world.now) - ahead,
            "cancelled_by": self.world.someone("receptionist"),
            "cancelled_for": WISHES[which],
            "cancel_reason": REASONS[which],
        }


def visit_kinds(world: World) -> dict[str, int]:
    """Our words for visits and the kinds that stand for them; missing kinds are added."""
    there = keys(AppointmentType)
    found: dict[str, int] = {}
    for word, name, minutes in TYPES:
        kin = [key for code, key in there.items() if any(part in code for part in KINDRED[word])]
        found[word] = kin[0] if kin else _new_kind(world, word, name, minutes)
    return found


def _new_kind(world: World, code: str, name: str, minutes: int) -> int:
    return world.pen.add(AppointmentType, code=code, name=name, minutes=minutes)
