"""Five years of a large clinic around the demo one: its past, and enough that waits today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bench.large_rows import ENDINGS, FIRST_NAMES, MIDDLES, STARTS
from schema.appointments import AppointmentType, Chair
from schema.lab import WorkType
from schema.leads import InquirySource, LossReason
from schema.orders import LabOrder
from schema.pipelines import Pipeline, Stage
from schema.recall import RecallRule
from schema.staff import Location, Role, Staff, StaffRole

FIRST_ID = 1_000_000  # behind every row of the demo clinic
CHAIRS, SLOTS, DAYS, AHEAD = 20, 16, 1765, 60
PATIENTS, LEADS, ORDERS, RECALLS, TASKS = 120_000, 190_000, 59_000, 100_000, 60_000
LATE_ORDERS = 300
VISIT = ("id", "patient_id", "provider_id", "chair_id", "location_id", "type_id", "starts_at",
         "ends_at", "confirmed_at", "arrived_at", "completed_at", "missed_at")  # fmt: skip
PATIENT = ("id", "code", "last_name", "first_name", "phone", "language", "location_id",
           "dentist_id")  # fmt: skip
CARD = ("id", "kind", "pipeline_id", "stage_id", "step_count", "responsible_id", "location_id",
        "due_at", "opened_at", "closed_at")  # fmt: skip
LEAD = ("id", "card_id", "name", "phone", "language", "source_id", "inquiry_at",
        "first_response_at", "lost_at", "loss_reason_id")  # fmt: skip
ORDER = ("id", "card_id", "ticket", "patient_id", "dentist_id", "work_type_id", "received_on",
         "is_draft")  # fmt: skip
RECALL = ("id", "patient_id", "rule_id", "previous_on", "computed_due_on", "due_on",
          "status")  # fmt: skip
TASK = ("id", "subject", "staff_id", "role_id", "patient_id", "due_at", "done_at", "done_by_id",
        "outcome")  # fmt: skip


class House(NamedTuple):
    """Keys that the large rows refer to."""

    now: dt.datetime
    chairs: list[tuple[int, int, int]]
    locations: list[int]
    visit_type: int
    source: int
    loss: int
    work: int
    rule: int
    role: int
    pipelines: dict[str, int]
    stages: dict[tuple[str, str], int]


def sow_house(now: dt.datetime) -> House:
    """Twenty more chairs, each with a dentist, and the keys of small rows."""
    locations = [row.id for row in Location.select().order_by(Location.id)]
    dentist = Role.get(Role.code == "dentist")
    chairs = []
    for number in range(CHAIRS):
        place = locations[number % len(locations)]
        names = {"last_name": f"Ionescu {number}", "first_name": "Ana"}
        person = Staff.create(**names, email=f"ana.{number}@bench.test", location=place)
        StaffRole.create(staff=person, role=dentist)
        chair = Chair.create(name=f"Bench {number}", location=place)
        chairs.append((chair.id, place, person.id))
    kinds = {row.kind: row.id for row in Pipeline.select().where(Pipeline.retired_at.is_null())}
    way = Stage.select().where(Stage.pipeline.in_(list(kinds.values())))
    by_kind = {number: kind for kind, number in kinds.items()}
    stages = {(by_kind[stage.pipeline_id], stage.code): stage.id for stage in way}
    models = (AppointmentType, InquirySource, LossReason, WorkType, RecallRule)
    first = [model.select(model.id).order_by(model.id).scalar() for model in models]
    role = Role.get(Role.code == "receptionist").id
    return House(now, chairs, locations, *first, role, kinds, stages)


def patients(house: House) -> Iterator[tuple]:
    dice = Random(1)
    for key in range(FIRST_ID, FIRST_ID + PATIENTS):
        last = dice.choice(STARTS) + dice.choice(MIDDLES) + dice.choice(ENDINGS)
        _, place, dentist = dice.choice(house.chairs)
        first, phone = dice.choice(FIRST_NAMES), f"+4073{key:07d}"
        yield key, f"P-{key}", last, first, phone, "ro", place, dentist


def visits(house: House) -> Iterator[tuple]:
    """Every half an hour at every chair; one in twenty was missed, a third not confirmed."""
    dice, key = Random(2), FIRST_ID
    midnight = house.now.replace(hour=0, minute=0, second=0)
    for day in range(-DAYS, AHEAD):
        for slot in range(SLOTS):
            start = midnight + dt.timedelta(days=day, minutes=360 + slot * 30)
            end, past = start + dt.timedelta(minutes=30), start < house.now
            for chair, place, dentist in house.chairs:
                key += 1
                came = past and dice.random() < 0.95
                sure = _at(start) if past or dice.random() < 0.67 else None
                facts = (_at(start), _at(end), None) if came else (None, None, None)
                if past and not came:
                    facts = (None, None, _at(end))
                yield (
                    key, _somebody(dice), dentist, chair, place, house.visit_type, _at(start),
                    _at(end), sure, *facts,
                )  # fmt: skip


def lead_cards(house: House) -> Iterator[tuple]:
    return (card for card, _ in _leads(house))


def leads(house: House) -> Iterator[tuple]:
    return (lead for _, lead in _leads(house))


def _leads(house: House) -> Iterator[tuple[tuple, tuple]]:
    """All were answered and came to nothing but one in fifty of the last thirty days."""
    dice = Random(3)
    new, lost = house.stages["lead", "new"], house.stages["lead", "lost"]
    for number in range(LEADS):
        key = FIRST_ID + number
        asked = house.now - dt.timedelta(minutes=(LEADS - number) * DAYS * 1440 // LEADS)
        waits = house.now - asked < dt.timedelta(days=30) and dice.random() < 0.02
        end = None if waits else _at(asked + dt.timedelta(hours=20))
        stage = new if waits else lost
        _, place, who = dice.choice(house.chairs)
        yield (
            (key, "lead", house.pipelines["lead"], stage, 0 if waits else 1, who, place,
             _at(asked), _at(asked), end),
            (key, key, f"Lead {number}", f"+4074{key:07d}", "ro", house.source, _at(asked),
             None if waits else _at(asked + dt.timedelta(minutes=9)), end,
             None if waits else house.loss),
        )  # fmt: skip


def order_cards(house: House) -> Iterator[tuple]:
    """All are closed but the newest ones, some of which are late."""
    dice = Random(4)
    making, closed = house.stages["order", "fabrication"], house.stages["order", "closed"]
    for number in range(ORDERS):
        key, is_open = FIRST_ID + LEADS + number, number >= ORDERS - 2000
        day = house.now - dt.timedelta(minutes=(ORDERS - number) * DAYS * 1440 // ORDERS)
        late = number % 2000 < LATE_ORDERS
        due = house.now + dt.timedelta(days=-2 if late else 9) if is_open else day
        _, place, who = dice.choice(house.chairs)
        yield (
            key, "order", house.pipelines["order"], making if is_open else closed, 3, who, place,
            _at(due), _at(day), None if is_open else _at(due),
        )  # fmt: skip


def orders(house: House) -> Iterator[tuple]:
    dice = Random(5)
    for number in range(ORDERS):
        key = FIRST_ID + LEADS + number
        day = house.now - dt.timedelta(minutes=(ORDERS - number) * DAYS * 1440 // ORDERS)
        who = dice.choice(house.chairs)[2]
        ticket = f"{day.year % 100:02d}-{number + 500_000:06d}"
        yield key, key, ticket, _somebody(dice), who, house.work, f"{day.date()}", False


def recalls(house: House) -> Iterator[tuple]:
    """One for each of most patients, due within the year to come or long ago."""
    dice = Random(6)
    for key in range(FIRST_ID, FIRST_ID + RECALLS):
        due = house.now.date() + dt.timedelta(days=dice.randrange(-365, 365))
        before = due - dt.timedelta(days=182)
        status = "waiting" if dice.random() < 0.5 else "contacted"
        yield key, key, house.rule, f"{before}", f"{due}", f"{due}", status


def tasks(house: House) -> Iterator[tuple]:
    """One in two hundred is still to be done."""
    dice = Random(7)
    for number in range(TASKS):
        due = house.now - dt.timedelta(minutes=(TASKS - number) * DAYS * 1440 // TASKS)
        waits = number > TASKS - 300
        done, who = None if waits else _at(due), dice.choice(house.chairs)[2]
        yield (
            FIRST_ID + number, f"Call {number}", who if number % 2 else None,
            None if number % 2 else house.role, _somebody(dice), _at(due), done,
            None if waits else who, None if waits else "Done",
        )  # fmt: skip


LARGE = (
    ("patient", PATIENT, patients),
    ("appointment", VISIT, visits),
    ("card", CARD, lead_cards),
    ("lead", LEAD, leads),
    ("card", CARD, order_cards),
    (LabOrder._meta.table_name, ORDER, orders),
    ("recall", RECALL, recalls),
    ("followup", TASK, tasks),
)


def _somebody(dice: Random) -> int:
    return FIRST_ID + dice.randrange(PATIENTS)


def _at(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
