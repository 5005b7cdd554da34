"""What is done for patients, procedure by procedure: first visits and hygiene, year after year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from schema.protocols import ProcedureType
from schema.treatment import Procedure
from seed.demo.visits import Diary, Visit
from seed.demo.world import Person, World

TEETH = (14, 15, 16, 24, 25, 26, 34, 35, 36, 44, 45, 46, 12, 21, 22, 47, 37)
MILK_TEETH = (54, 55, 64, 65, 74, 75, 84, 85)
DUE_NOW, OVERDUE, PERIODONTAL = 3, 4, 8


@dataclass
class Done:
    """A procedure that was done, as recalls, invoices and claims ask for it."""

    id: int
    patient: int
    type: ProcedureType
    price: int
    at: dt.datetime
    visit: Visit
    tooth: int | None


class Care:
    """Plans procedures and does them at visits."""

    def __init__(self, world: World, diary: Diary) -> None:
        self.world, self.diary = world, diary
        self.types: dict[int, ProcedureType] = {
            kind.id: kind for kind in ProcedureType.select().where(ProcedureType.ended_on.is_null())
        }
        self.done: list[Done] = []

    def of(self, category: str, code: str = "") -> ProcedureType:
        """The kind of procedure with that code, else any of the category."""
        named = next((kind for kind in self.types.values() if kind.code == code), None)
        if named:
            return named
        kinds = [kind for kind in self.types.values() if kind.category == category]
        return self.world.dice.choice(kinds or list(self.types.values()))

    def do(
        self, person: Person, kind: ProcedureType, visit: Visit | None, **facts: Any
    ) -> dict[str, Any]:
        """One procedure: done when its visit was completed, else planned for it."""
        world, done = self.world, visit is not None and visit.done
        tooth = facts.pop("tooth", None)
        if kind.needs_tooth == "no":
            tooth = None
        elif tooth is None and kind.needs_tooth == "yes":
            tooth = world.dice.choice(MILK_TEETH if person.child else TEETH)
        row = {
            "patient": person.id,
            "type": kind.id,
            "tooth": tooth,
            "price": kind.price,
            "appointment": visit.id if visit else None,
            "provider": visit.provider if visit else None,
            "done_at": visit.ends_at if visit and done else None,
            **facts,
        }
        row["created_at"] = row.get("created_at") or (visit.starts_at if visit else world.now)
        row["created_at"] = min(row["created_at"], world.now)
        key = world.pen.add(Procedure, **row)
        if visit and done:
            about = (kind, row["price"], visit.ends_at, visit, tooth)
            self.done.append(Done(key, person.id, *about))
        return row


def sow_care(care: Care) -> None:
    """The first visit of everybody, then the rhythm of hygiene and small repairs."""
    for person in care.world.patients:
        _first_visit(care, person)
        _hygiene(care, person)
        if care.world.chance(45):
            _filling(care, person)
    _busy_today(care)
    _mistakes(care)


def _first_visit(care: Care, person: Person) -> None:
    visit = care.diary.kept(person, "consultation", person.joined, 45, sure=person.number < 12)
    care.do(person, care.of("examination", "EX01"), visit)
    if care.world.chance(60):
        care.do(person, care.of("imaging"), visit)


def _hygiene(care: Care, person: Person) -> None:
    """Every half year or so; two stories end just where a recall is due or overdue."""
    world, rhythm = care.world, (90, 120) if person.story == PERIODONTAL else (180, 240)
    last = {DUE_NOW: world.dice.randint(172, 184), OVERDUE: world.dice.randint(200, 260)}
    ends = world.today - dt.timedelta(days=last.get(person.story, 0))
    day = person.joined + dt.timedelta(days=world.dice.randint(7, 30))
    days = []
    while day < ends - dt.timedelta(days=100 if person.story in last else 0):
        days.append(day)
        day += dt.timedelta(days=world.dice.randint(*rhythm))
    if person.story in last and person.joined < ends:
        days.append(ends)
    for day in days:
        sure = person.story in last
        visit = care.diary.kept(person, "hygiene", world.open_day(day, -1), 60, sure=sure)
        kind = ("periodontal", "PE03") if person.story == PERIODONTAL else ("hygiene", "HY01")
        care.do(person, care.of(*kind), visit)


def _filling(care: Care, person: Person) -> None:
    day = person.joined + dt.timedelta(days=care.world.dice.randint(20, 200))
    visit = care.diary.kept(person, "treatment", day, 45)
    care.do(person, care.of("restorative"), visit)


def _busy_today(care: Care) -> None:
    """Some come today and in the next days, so that the front desk has something to do."""
    world = care.world
    count = max(4, world.size // 16)
    for number, person in enumerate(world.patients[:: max(1, world.size // (2 * count))]):
        day = world.today if number < count else world.open_day(world.today + dt.timedelta(number))
        kind = ("control", "hygiene", "treatment")[number % 3]
        if person.story in (DUE_NOW, OVERDUE):
            kind = "control"
        visit = care.diary.book(person, kind, day, 30, sure=number < 2)
        if kind == "hygiene":
            care.do(person, care.of("hygiene", "HY01"), visit)


def _mistakes(care: Care) -> None:
    """Two procedures were typed for the wrong tooth; they are marked and done once more."""
    fillings = [one for one in care.done if one.tooth is not None][:2]
    rows = {row["id"]: row for row in care.world.pen.waiting[Procedure]}
    for done in fillings:
        row = rows[done.id]
        again = {name: row[name] for name in ("price", "created_at")}
        row["voided_at"] = done.at + dt.timedelta(minutes=10)
        row["void_reason"] = "Dinte greșit; procedura este înregistrată din nou."
        care.done.remove(done)
        person = next(one for one in care.world.patients if one.id == done.patient)
        care.do(person, done.type, done.visit, **again)
