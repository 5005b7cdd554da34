"""Eight receptionists in one diary: no provider and no chair ever has two live visits at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import pytest

from schema.appointments import LIVE, Appointment
from tests.concurrency.crowd import LOST, PEOPLE, operations, refused, together, tried
from tests.factories import NOW, later
from tests.factories.appointments import a_chair, an_appointment_type
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.refusals import raw

OPERATIONS = 100
LONG_AFTER = later(days=9)
CANCELLED = {"cancelled_at": NOW, "cancelled_for": "patient", "cancel_reason": "Flu"}
BACK = dict.fromkeys([*CANCELLED, "cancelled_by", "missed_at"])
REASONS = {"appointment_provider_is_free", "appointment_chair_is_free", "appointment_ends_one_way"}


def a_diary() -> dict[str, Any]:
    """Few of everything, so that people meet."""
    place = a_location()
    return {
        "provider": [a_person().id for _ in range(3)],
        "chair": [None, *(a_chair(location=place).id for _ in range(3))],
        "patient": [a_patient(location=place).id for _ in range(4)],
        "location": [place.id],
        "type": [an_appointment_type().id],
    }


def busy_day(place: int, seed: int, diary: dict[str, Any]) -> Counter[str]:
    """Books, moves, cancels and takes back at random."""
    chance, tally = Random(seed * PEOPLE + place), Counter[str]()
    for _ in range(OPERATIONS):
        query = chance.choice((booking, booking, moving, moving, cancelling, taking_back))
        tried(tally, query(chance, diary).execute)
    return tally


def booking(chance: Random, diary: dict[str, Any]) -> Any:
    return Appointment.insert(
        {name: chance.choice(some) for name, some in diary.items()} | some_time(chance)
    )


def moving(chance: Random, diary: dict[str, Any]) -> Any:
    elsewhere = {name: chance.choice(diary[name]) for name in ("provider", "chair")}
    return changing(chance, some_time(chance) | elsewhere)


def cancelling(chance: Random, diary: dict[str, Any]) -> Any:
    """The patient calls, or just does not come."""
    cancelled = CANCELLED | {"cancelled_by": chance.choice(diary["provider"])}
    return changing(chance, chance.choice((cancelled, {"missed_at": LONG_AFTER})))


def taking_back(chance: Random, diary: dict[str, Any]) -> Any:
    return changing(chance, BACK)


def changing(chance: Random, columns: dict[str, Any]) -> Any:
    known = [visit.id for visit in Appointment.select(Appointment.id).order_by(Appointment.id)]
    return Appointment.update(columns).where(Appointment.id == chance.choice(known or [0]))


def some_time(chance: Random) -> dict[str, dt.datetime]:
    starts_at = later(days=1, minutes=10 * chance.randrange(60))
    length = dt.timedelta(minutes=10 * chance.randint(1, 6))
    return {"starts_at": starts_at, "ends_at": starts_at + length}


def clashes(by: str) -> int:
    """How many pairs of live visits share a provider, or a chair, and a moment."""
    other = LIVE.replace("appointment.", "other.")
    [pairs] = raw(
        "SELECT COUNT(*) FROM appointment JOIN appointment other ON other.id > appointment.id "
        f"AND other.{by} = appointment.{by} AND other.starts_at < appointment.ends_at "
        f"AND other.ends_at > appointment.starts_at WHERE {LIVE} AND {other}"
    ).fetchone()
    return pairs


@pytest.mark.parametrize("seed", [1, 2])
def test_no_provider_and_no_chair_is_booked_twice(house, crowd, seed):
    tally = together(crowd.all_do(house.url, busy_day, seed, a_diary()))

    assert operations(tally) == PEOPLE * OPERATIONS
    assert tally[LOST] == 0
    assert clashes("provider_id") == clashes("chair_id") == 0
    assert set(refused(tally)) <= REASONS
    assert tally["appointment_provider_is_free"] and tally["appointment_chair_is_free"]
    assert Appointment.select().where(Appointment.cancelled_at.is_null()).count() > 20
