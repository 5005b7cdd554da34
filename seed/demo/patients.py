"""The patients of the demo: who they are, whom to ask for them, what they allowed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.bridges import ExternalRecord, ExternalSystem, Merge
from schema.consents import Consent
from schema.insurance import InsuranceProvider
from schema.patients import Guardian, InsurancePolicy, Patient, PatientTag
from seed.demo.people import treating
from seed.demo.romanian import (
    a_birthday,
    a_name,
    a_national_id,
    a_phone,
    an_address,
    an_email,
)
from seed.demo.world import Person, World, keys

TAGS = ("VIP", "anxios", "preferă dimineața", "familie", "recomandat", "plată în rate")
ALERTS = (
    "Alergie la penicilină.",
    "Anticoagulante: se cere acordul medicului curant.",
    "Diabet zaharat tip 2.",
    "Hipertensiune, anestezic fără adrenalină.",
    "Sarcină, trimestrul doi.",
)
INSURERS = (("Asigurarea Zenit", "ZEN"), ("Casa Medica Plus", "CMP"), ("Salvia Asigurări", "SAL"))
SYSTEMS = (
    ("practice", "Programul vechi de cabinet", "practice"),
    ("imaging", "Arhiva de radiografii", "imaging"),
    ("scans", "Arhiva de scanări", "scans"),
)
TEXTS = {
    "treatment": "tratament-2025-01",
    **dict.fromkeys(("photo_website", "photo_social", "photo_lecture"), "foto-2025-02"),
}
LONG_STORIES = (0, 1, 3, 4, 8, 10)
SILENT_STORY, CHILD_STORY, INSURED, NO_WORKS = 4, 9, (5, 8, 9), (4, 9)


def sow_patients(world: World) -> None:
    """As many patients as the demo is big, with everything that is known of them."""
    _insurers_and_systems(world)
    for number in range(world.size):
        _one(world, number)
    for person in world.patients:
        _facts(world, person)
        _consents(world, person)
        _numbers_elsewhere(world, person)
    _doubles(world)


def _insurers_and_systems(world: World) -> None:
    if InsuranceProvider.select().count() < 2:
        for name, code in INSURERS:
            world.pen.add(InsuranceProvider, name=name, code=code)
    if ExternalSystem.select().count() < 2:
        for code, name, kind in SYSTEMS:
            link = f"https://{code}.example.ro/"
            world.pen.add(ExternalSystem, code=code, name=name, kind=kind, base_link=link)
    world.pen.write(InsuranceProvider, ExternalSystem)


def _one(world: World, number: int) -> None:
    dice, child = world.dice, number % 12 == CHILD_STORY
    last, first, woman = a_name(dice)
    parent = world.patients[-1] if child else None
    phone = parent.phone if parent else a_phone(number)
    if parent:
        last = parent.name.split()[0]
    dentist = treating(world)[number % len(treating(world))]
    joined, born = _joined(world, number), a_birthday(dice, world.today, child)
    email = an_email(first, last, number) if dice.randrange(100) < 80 and not child else None
    key = world.pen.add(
        Patient,
        code=f"P-{number + 1:06d}",
        last_name=last,
        first_name=first,
        birth_on=born,
        phone=phone,
        email=email,
        preferred_channel=dice.choice((None, "call", "sms", "whatsapp")),
        address=an_address(dice) if world.chance(60) else None,
        national_id=a_national_id(born, woman, number) if world.chance(70) else None,
        language="en" if world.chance(6) else "ro",
        location=world.place_of[dentist],
        dentist=dentist,
        medical_alert=dice.choice(ALERTS) if number == 2 or world.chance(12) else None,
        notes="Preferă să fie sunat după ora 16." if world.chance(8) else None,
        created_at=world.moment(joined),
    )
    name, place = f"{last} {first}", world.place_of[dentist]
    world.patients.append(Person(key, number, name, phone, email, place, dentist, joined, child))


def _joined(world: World, number: int) -> dt.date:
    """Long ago where the story needs years; in these weeks for some who are new."""
    if number % 24 == 15:
        return world.day(world.dice.randint(2, 20))
    first, last = (420, 700) if number % 12 in LONG_STORIES else (30, 548)
    return world.day(world.dice.randint(first, last))


def _facts(world: World, person: Person) -> None:
    dice, number = world.dice, person.number
    if person.story < 2 or world.chance(20):
        world.pen.add(PatientTag, patient=person.id, tag=dice.choice(TAGS))
    if person.child:
        parent = world.patients[number - 1]
        who = {"guardian": parent.id, "relation": "mother"}
        world.pen.add(Guardian, patient=person.id, **who)
        name = f"{parent.name.split()[0]} {dice.choice(('Bogdan', 'Sorin', 'Vlad'))}"
        phone = a_phone(number, 23)
        world.pen.add(Guardian, patient=person.id, name=name, phone=phone, relation="father")
    if person.story in INSURED or world.chance(8):
        person.policy = world.pen.add(
            InsurancePolicy,
            patient=person.id,
            provider=dice.choice(list(keys(InsuranceProvider, "name").values())),
            number=f"RO{70_000 + number}",
            valid_from=person.joined - dt.timedelta(days=dice.randint(10, 300)),
            valid_until=world.today + dt.timedelta(days=200) if world.chance(50) else None,
        )


def _consents(world: World, person: Person) -> None:
    at, said = world.moment(person.joined, 9, 20), {"treatment": True}
    for purpose in ("sms", "email", "whatsapp", "call"):
        said[purpose] = world.chance(88)
    said["photo_clinical"] = person.story not in NO_WORKS or world.chance(60)
    shown = person.story in (1, 10) or world.chance(15)
    for use in ("website", "social", "lecture"):
        said[f"photo_{use}"] = shown
    for purpose, given in said.items():
        _say(world, person, purpose, given, at, recognisable=given and purpose.startswith("photo_"))
    silent = {purpose for purpose in ("sms", "email", "whatsapp") if not said[purpose]}
    if person.story == SILENT_STORY or world.chance(4):
        # A withdrawal is written last: messages that left before it were wanted then.
        back = world.dice.randint(5, 60)
        moment = max(world.some_time(world.day(back)), at + dt.timedelta(days=1))
        person.withdrew_at = min(moment, world.now)
        _say(world, person, "sms", False, person.withdrew_at, channel="call")
    person.silent = frozenset(silent)


def _say(
    world: World, person: Person, purpose: str, given: bool, at: dt.datetime, **facts: Any
) -> None:
    columns = {
        "patient": person.id,
        "purpose": purpose,
        "given": given,
        "at": at,
        "text_version": TEXTS.get(purpose, "comunicare-2025-01") if given else None,
        "channel": "tablet" if world.chance(70) else "paper",
        "by": world.someone("receptionist"),
        "evidence": f"Dosar {person.number + 1}" if given and purpose == "treatment" else None,
    }
    world.pen.add(Consent, **columns | facts)


def _numbers_elsewhere(world: World, person: Person) -> None:
    if person.number >= 3 and not world.chance(40):
        return
    systems, made = list(keys(ExternalSystem).values()), world.moment(person.joined, 10)
    about = {"patient": person.id, "made_at": made, "created_at": made}
    number = f"{40_000 + person.number}"
    world.pen.add(ExternalRecord, system=systems[0], kind="patient", external_id=number, **about)
    link = f"https://imaging.example.ro/patients/{number}"
    ready = {"link": link, "uploaded_at": made, "ready_at": made + dt.timedelta(minutes=5)}
    world.pen.add(ExternalRecord, system=systems[1], kind="folder", **about, **ready)


def _doubles(world: World) -> None:
    """Entries made twice at the telephone, joined to the right one later."""
    for number in range(2 + world.size // 100):
        person = world.patients[number * 5]
        last, first = person.name.split()
        found = world.open_day(person.joined + dt.timedelta(days=40))
        double = world.pen.add(
            Patient,
            code=f"P-{world.size + number + 1:06d}",
            last_name=last,
            first_name=first[0] + ".",
            phone=person.phone,
            location=person.location,
            notes="Intrare dublă.",
            created_at=world.moment(person.joined, 8, 50),
            ended_on=min(found, world.today),
        )
        facts = {"kept": person.id, "merged": double, "by": world.someone("receptionist")}
        at = world.some_time(min(found, world.today))
        world.pen.add(Merge, reason="Același telefon și aceeași persoană.", at=at, **facts)
        world.doubles.append(double)
