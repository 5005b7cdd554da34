"""The large tables of the bench house, drawn from a fixed seed as plain tuples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from random import Random

from bench.small_rows import Small

FIRST_DAY = dt.date(2021, 1, 1)
ENDINGS = ("escu", "eanu", "oiu", "aru", "ache", "ita", "ureanu", "oveanu", "idis", "atu")
STARTS = (
    "Pop", "Ion", "Dum", "Rad", "Sta", "Mun", "Ghe", "Dob", "Nis", "Pat", "Cra", "Voi", "Laz",
    "Cio", "Nea", "Car", "Tan", "Mat", "Dra", "Ghi",
)  # fmt: skip
MIDDLES = ("a", "e", "i", "o", "u", "ul", "in", "or", "an", "ar", "el", "is")
FIRST_NAMES = (
    "Ioana", "Ștefania", "Anca", "Oana", "Bianca", "Delia", "Radu", "Vlad", "Tudor", "Matei",
    "Sorin", "Emil",
)  # fmt: skip
COMMON, RARE = "Ochioiu", "Zgâmbău"
SEARCHED = {"common": "ochioi", "rare": RARE, "absent": "qwyxz"}
OPEN_ORDERS, TEETH_ROWS = 9000, 3000
WITH_TEETH = (11, 12, 13)

PATIENT = ("id", "code", "last_name", "first_name", "birth_on", "phone", "language", "location_id")
CARD = (
    "id", "kind", "pipeline_id", "stage_id", "step_count", "responsible_id", "location_id",
    "priority", "due_at", "opened_at", "closed_at", "at_risk",
)  # fmt: skip
ORDER = (
    "id", "card_id", "ticket", "patient_id", "dentist_id", "work_type_id", "material_id",
    "shade_id", "received_on", "is_draft",
)  # fmt: skip
TOOTH = ("order_id", "tooth", "part", "layer")


def patients(count: int, small: Small) -> Iterator[tuple]:
    """One in a hundred has the common name, four of all the rare one."""
    dice = Random(7)
    for key in range(1, count + 1):
        last = dice.choice(STARTS) + dice.choice(MIDDLES) + dice.choice(ENDINGS)
        if key % 98 == 0:
            last = COMMON
        elif key * 4 % count == 0:
            last = RARE
        born = dt.date(1940, 1, 1) + dt.timedelta(days=dice.randrange(25_000))
        phone = f"+407{20 + key % 79:02d}{key % 1_000_000:06d}"
        yield (
            key, f"P-{key:06d}", last, dice.choice(FIRST_NAMES), born.isoformat(), phone,
            "ro", dice.choice(small.locations),
        )  # fmt: skip


def cards(count: int, small: Small) -> Iterator[tuple]:
    """A card for each order, the newest ones open; behind them a third as many of leads."""
    dice = Random(8)
    for key in range(1, count + 1):
        day = _day(key, count)
        is_open = key > count - OPEN_ORDERS * count // 300_000
        stage = dice.choice(small.stages[:-1]) if is_open else small.stages[-1]
        due = day + dt.timedelta(days=dice.randrange(5, 30))
        yield (
            key, "order", small.pipeline, stage, 0 if stage == small.stages[0] else 3,
            dice.choice(small.staff), dice.choice(small.locations),
            "urgent" if dice.random() < 0.1 else "normal",
            f"{due} {dice.randrange(7, 18):02d}:00:00" if key % 20 else None,
            f"{day} 08:00:00", None if is_open else f"{due} 12:00:00", False,
        )  # fmt: skip
    for key in range(count + 1, count + count // 3 + 1):
        day = _day(key - count, count // 3)
        yield (
            key, "lead", small.lead_pipeline, small.lead_stage, 0, dice.choice(small.staff),
            dice.choice(small.locations), "normal", f"{day} 10:00:00", f"{day} 08:00:00",
            None, False,
        )  # fmt: skip


def orders(count: int, known_patients: int, small: Small) -> Iterator[tuple]:
    dice = Random(9)
    numbers: dict[int, int] = {}
    for key in range(1, count + 1):
        day = _day(key, count)
        numbers[day.year] = numbers.get(day.year, 0) + 1
        ticket = f"{day.year % 100:02d}-{numbers[day.year]:06d}"
        yield (
            key, key, ticket, dice.randrange(1, known_patients + 1), dice.choice(small.staff),
            dice.choice(small.works), dice.choice(small.materials), dice.choice(small.shades),
            day.isoformat(), False,
        )  # fmt: skip


def teeth(count: int) -> Iterator[tuple]:
    """Three crowns on each of the newest orders."""
    for key in range(max(1, count - TEETH_ROWS // 3 + 1), count + 1):
        for tooth in WITH_TEETH:
            yield key, tooth, "crown", "final"


def _day(key: int, count: int) -> dt.date:
    return FIRST_DAY + dt.timedelta(days=key * 2150 // count)
