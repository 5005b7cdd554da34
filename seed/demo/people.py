"""Who works in the demo clinic: two locations and a person for every role."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from schema.appointments import Chair, ProviderHours
from schema.database import fold
from schema.hours import Absence, OpeningHours
from schema.pipelines import Pipeline, Stage
from schema.preferences import DentistPreference
from schema.skills import Skill
from schema.staff import Clinic, Location, Role, Staff, StaffRole
from schema.tablets import StaffPin
from schema.workflow.passwords import hash_password
from seed.demo.romanian import a_phone
from seed.demo.world import World, keys

PASSWORD, PIN = "cobalt-meadow-ferry-57", "504182"
PLACES = (
    ("Benchside Zorilor", "Strada Zorilor 12, București", "+40721000901"),
    ("Benchside Făget", "Strada Făgetului 40, București", "+40721000902"),
)
OPENS, CLOSES, CLOSES_SATURDAY = 8 * 60, 20 * 60, 15 * 60


class Worker(NamedTuple):
    """A person of the demo: role, names, and at which of the two locations."""

    role: str
    last: str
    first: str
    place: int

    @property
    def email(self) -> str:
        return f"{fold(self.first)}.{fold(self.last)}@example.ro"


WORKERS = (
    Worker("admin", "Hâncu", "Iulia", 0),
    Worker("manager", "Rădulescu", "Tudor", 0),
    Worker("receptionist", "Munteanu", "Oana", 0),
    Worker("receptionist", "Șerban", "Bianca", 1),
    Worker("call_centre", "Dobre", "Raluca", 0),
    Worker("call_centre", "Păun", "Cezar", 0),
    Worker("senior_dentist", "Lăzărescu", "Horațiu", 0),
    Worker("senior_dentist", "Cârstea", "Ilinca", 1),
    Worker("dentist", "Bălan", "Răzvan", 0),
    Worker("dentist", "Țurcanu", "Teodora", 0),
    Worker("dentist", "Grigoraș", "Dragoș", 1),
    Worker("dentist", "Albu", "Corina", 1),
    Worker("patient_manager", "Voicu", "Mirela", 0),
    Worker("patient_manager", "Zamfir", "Delia", 1),
    Worker("photo_operator", "Ghiță", "Lucian", 0),
    Worker("lab_supervisor", "Neagu", "Sorin", 0),
    Worker("technician", "Crăciun", "Emil", 0),
    Worker("technician", "Tănase", "Petru", 0),
    Worker("technician", "Mușat", "Viorica", 0),
    Worker("technician", "Barbu", "Costin", 0),
    Worker("technician", "Preda", "Iustin", 0),
    Worker("marketing", "Filip", "Sânziana", 0),
)
GONE = {("Preda", "Iustin"): 160}
AT_THE_BENCH = ("lab_supervisor", "technician")
ALWAYS = (
    "Contacte ușoare, fără contact în laterotruzie",
    "Spațiu pentru ciment 0,04 mm",
    "Margine cervicală subțire, lustruită",
)
TREATING = ("dentist", "senior_dentist")


def first_of_roles() -> list[Worker]:
    """The person whom a visitor plays, one for each role."""
    found: dict[str, Worker] = {}
    for worker in WORKERS:
        found.setdefault(worker.role, worker)
    return list(found.values())


def sow_people(world: World) -> None:
    """The clinic, its locations with their hours, and everybody who works there."""
    _name_the_clinic(world)
    _open_locations(world)
    _hire(world)
    _teach(world)
    for number, dentist in enumerate(treating(world)):
        _equip(world, number, dentist)
        world.pen.add(DentistPreference, dentist=dentist, wish=ALWAYS[number % len(ALWAYS)])
    _send_away(world)


def treating(world: World) -> list[int]:
    """Everybody who has a chair."""
    return [one for role in TREATING for one in world.staff[role]]


def _name_the_clinic(world: World) -> None:
    facts = {"name": "Benchside demo", "is_demo": True}
    if not Clinic.update(**facts).where(Clinic.id == 1).execute():
        Clinic.insert(id=1, **facts).execute()


def _open_locations(world: World) -> None:
    for name, address, phone in PLACES:
        place = world.pen.add(Location, name=name, address=address, phone=phone)
        world.locations.append(place)
        for weekday in range(1, 7):
            closes = CLOSES if weekday < 6 else CLOSES_SATURDAY
            hours = {"weekday": weekday, "opens_at": OPENS, "closes_at": closes}
            world.pen.add(OpeningHours, location=place, **hours)


def _hire(world: World) -> None:
    roles, kept, kept_pin = keys(Role), hash_password(PASSWORD), hash_password(PIN)
    for number, worker in enumerate(WORKERS):
        place, left = world.locations[worker.place], GONE.get((worker.last, worker.first))
        ended = world.day(left) if left else None
        staff = world.pen.add(
            Staff,
            last_name=worker.last,
            first_name=worker.first,
            email=worker.email,
            phone=a_phone(number, 22),
            location=place,
            language="en",  # whoever looks around reads it; the menu of each person changes it
            password_hash=kept,
            ended_on=ended,
        )
        world.pen.add(StaffRole, staff=staff, role=roles[worker.role], ended_on=ended)
        world.place_of[staff] = place
        if not left:
            world.staff.setdefault(worker.role, []).append(staff)
        if not left and worker.role in AT_THE_BENCH:
            world.pen.add(StaffPin, staff=staff, pin_hash=kept_pin)


def _teach(world: World) -> None:
    """Every step of the bench has two people who can do it, the supervisor all of them."""
    track_stages = Stage.select(Stage.code).join(Pipeline)
    track_stages = track_stages.where(Pipeline.kind == "track", Stage.category == "open")
    codes = sorted({code for (code,) in track_stages.tuples()})
    bench = world.staff["technician"]
    for number, code in enumerate(codes):
        for level, shift in (("senior", 0), ("mid", 1)):
            technician = bench[(number + shift) % len(bench)]
            world.pen.add(Skill, staff=technician, stage_code=code, level=level)
        supervisor = world.staff["lab_supervisor"][0]
        world.pen.add(Skill, staff=supervisor, stage_code=code, level="senior")


def _equip(world: World, number: int, dentist: int) -> None:
    place = world.place_of[dentist]
    world.pen.add(Chair, name=f"Unit {number + 1}", location=place)
    for weekday in range(1, 7):
        until = CLOSES if weekday < 6 else CLOSES_SATURDAY
        hours = {"weekday": weekday, "from_minute": 9 * 60, "until_minute": until}
        world.pen.add(ProviderHours, staff=dentist, location=place, **hours)


def _send_away(world: World) -> None:
    """Days off that do not touch visits: those of the people without a chair."""
    reasons = ("Concediu de odihnă", "Zi liberă", "Curs", "Concediu medical")
    for number, staff in enumerate(world.staff["receptionist"] + world.staff["technician"]):
        starts = world.today + dt.timedelta(days=(number - 2) * 23)
        ends = starts + dt.timedelta(days=world.dice.randint(0, 6))
        reason = reasons[number % len(reasons)]
        world.pen.add(Absence, staff=staff, starts_on=starts, ends_on=ends, reason=reason)
