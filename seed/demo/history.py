"""What stands beside the work: frozen figures, fields of the clinic's own, who read what."""

from __future__ import annotations

import datetime as dt

from schema.audit import ReadEntry
from schema.cards import Card
from schema.custom import CustomField, CustomValue
from schema.patients import Patient
from schema.snapshots import KpiSnapshot
from seed.demo.world import World

# The figure's code, and the bounds of its percentage in a good and in a poor month.
FIGURES = (
    ("lead_conversion", 34, 52),
    ("appointments_kept", 82, 91),
    ("plans_accepted", 48, 66),
    ("recall_return", 55, 74),
    ("lab_on_time", 78, 93),
    ("lab_remakes", 2, 6),
)
FIELDS = (
    ("lead", "campaign", "Campanie", "text", None),
    ("lead", "budget", "Buget declarat", "money", None),
    ("plan", "financing", "Finanțare", "choice", "Integral\nRate\nAsigurare"),
    ("order", "articulator", "Articulator", "choice", "Artex\nSAM\nMediu"),
    ("order", "photo_consult", "Consult foto cerut", "yes_no", None),
)
VALUES = {"text": "Zâmbet de primăvară", "money": 450_000, "yes_no": True}


def sow_history(world: World) -> None:
    """Figures of the months, custom fields with values, and some reads of records."""
    _figures(world)
    _fields(world)
    _reads(world)


def _figures(world: World) -> None:
    first = world.today.replace(day=1)
    starts = []
    while first > world.start:
        first = (first - dt.timedelta(days=1)).replace(day=1)
        starts.append(("month", first))
    monday = world.today - dt.timedelta(days=world.today.weekday())
    starts += [("week", monday - dt.timedelta(weeks=back)) for back in range(1, 13)]
    for period, start in starts:
        for code, low, high in FIGURES:
            whole = world.dice.randint(20, 60)
            part = whole * world.dice.randint(low, high) // 100
            length = dt.timedelta(days=32 if period == "month" else 7)
            facts = {"code": code, "period": period, "period_start": start}
            at = min(world.moment(start + length, 3), world.now)
            world.pen.add(KpiSnapshot, numerator=part, denominator=whole, at=at, **facts)


def _fields(world: World) -> None:
    """Fields that are there get values; the demo adds its own where a kind has none."""
    fields = list(CustomField.select().where(CustomField.retired_on.is_null()))
    taken = {(field.kind, field.code) for field in fields}
    columns = ("kind", "code", "label", "type", "choices")
    for position, row in enumerate(FIELDS, 1):
        if row[:2] not in taken:
            facts = dict(zip(columns, row, strict=True))
            key = world.pen.add(CustomField, position=position, **facts)
            fields.append(CustomField(id=key, **facts))
    for card in world.pen.waiting[Card]:
        for field in fields:
            if field.kind == card["kind"] and field.pipeline_id is None and world.chance(40):
                _value(world, card, field)


def _value(world: World, card: dict, field: CustomField) -> None:
    given = VALUES.get(field.type)
    if field.type == "choice":
        given = world.dice.choice(field.choices.replace("\r", "").strip().split("\n"))
    if given is not None:
        facts = {f"{field.type}_value": given, "created_at": card["opened_at"]}
        world.pen.add(CustomValue, card=card["id"], field=field.id, type=field.type, **facts)


def _reads(world: World) -> None:
    rows = world.pen.waiting.get(Patient) or [{"id": one.id} for one in world.patients[:6]]
    for number, row in enumerate(rows[:6]):
        world.pen.add(
            ReadEntry,
            staff=world.someone("receptionist", "dentist"),
            role="receptionist" if number % 2 else "dentist",
            act="detail",
            table_name="patient",
            ids=f",{row['id']},",
            row_count=1,
            at=world.now - dt.timedelta(hours=number + 1),
        )
