"""Tasks of the demo: due today, overdue, done, and no longer needed; and notes on cards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.cards import Card, Note
from schema.followups import Followup
from schema.staff import Role
from seed.demo.care import Care
from seed.demo.plans import Plan
from seed.demo.world import World, keys

SUBJECTS = (
    ("receptionist", "Confirmă programarea de mâine"),
    ("call_centre", "Sună din nou, nu a răspuns"),
    ("patient_manager", "Trimite planul de plată"),
    ("dentist", "Verifică radiografia de control"),
    ("lab_supervisor", "Lămurește nuanța cu medicul"),
    ("photo_operator", "Fotografiile «după» lipsesc"),
    ("marketing", "Cere acordul pentru publicare"),
)
NOTES = (
    "Preferă dimineața.",
    "A cerut eșalonare în trei rate.",
    "Sună soțul pentru decizie.",
    "Vine însoțit; să se lase un sfert de oră în plus.",
    "Dorește confirmarea prin SMS.",
)
# What is noted on works: nothing of money, which the laboratory does not see.
NOTES_AT_WORK = (
    "Medicul cere textură mai discretă.",
    "Se așteaptă acordul pentru nuanță.",
    "Antagonist natural; contact ușor la 36.",
    "Modelul are un defect mic la 14, nu deranjează.",
    "De frezat după ora 15, discul A2 este ocupat.",
)


def sow_followups(care: Care, plans: list[Plan]) -> None:
    """Tasks around now, with what came of the older ones."""
    world = care.world
    roles = keys(Role)
    for number in range(28 + world.size // 2):
        role, subject = SUBJECTS[number % len(SUBJECTS)]
        if role in roles:
            _task(world, number, role, subject, roles[role])
    _plans_at_risk(world, plans)
    _notes(world)


def _task(world: World, number: int, role: str, subject: str, role_id: int) -> None:
    person = world.patients[number % len(world.patients)]
    days = (0, 0, 1, -2, -9, 4, -30)[number % 7] - 7 * (number // 40)
    due = world.moment(world.open_day(world.today + dt.timedelta(days=days)), 10 + number % 8)
    at_role = number % 4 == 0
    row: dict[str, Any] = {
        "subject": subject,
        "role": role_id if at_role else None,
        "staff": None if at_role else world.someone(role),
        "location": person.location,
        "patient": person.id,
        "due_at": due,
        "priority": "urgent" if number % 9 == 0 else "normal",
        "made_by": world.someone("manager", "receptionist") if number % 3 else None,
        "key": None if number % 3 else f"demo-followup-{number}",
        "created_at": min(due, world.now) - dt.timedelta(days=2),
    }
    world.pen.add(Followup, **row | _outcome(world, number, role, due))


def _outcome(world: World, number: int, role: str, due: dt.datetime) -> dict[str, Any]:
    if due > world.now or (number % 7 == 3 and number < 40):
        return {"escalated_at": world.now} if number % 14 == 3 else {}
    if number % 7 == 4 and number % 2:
        return {"cancelled_at": due, "cancel_reason": "Pacientul a sunat singur."}
    if number % 5 == 0 and number < 40:
        return {}
    facts = {"done_at": due, "done_by": world.someone(role)}
    return facts | {"outcome": "Rezolvat la telefon."}


def _plans_at_risk(world: World, plans: list[Plan]) -> None:
    """A stage that nobody booked in time becomes a task of the coordinator."""
    cards = {row["id"]: row for row in world.pen.waiting[Card]}
    for plan in plans:
        card = cards[plan.card]
        if not card.get("at_risk"):
            continue
        world.pen.add(
            Followup,
            subject="Programează etapa a doua a implantului",
            staff=card["responsible"],
            location=plan.person.location,
            patient=plan.person.id,
            card=plan.card,
            due_at=world.moment(world.day(1), 12),
            priority="urgent",
            key=f"plan-at-risk-{plan.id}",
        )


def _notes(world: World) -> None:
    for number, card in enumerate(world.pen.waiting[Card]):
        if number < 4 or world.chance(12):
            by = card.get("responsible") or world.someone("receptionist")
            at = min(card["opened_at"] + dt.timedelta(hours=3), world.now)
            at_work = card.get("kind") in ("order", "track")
            text = world.dice.choice(NOTES_AT_WORK if at_work else NOTES)
            world.pen.add(Note, card=card["id"], text=text, by=by, at=at)
