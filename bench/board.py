"""The board of 2,000 open orders: the first request of a process, and those that follow."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from random import Random
from statistics import median
from typing import NamedTuple

from bench.by_hand import hand_app
from bench.by_hand_board import board
from bench.goals import Goal
from bench.house import house_of, lacks_orders
from bench.loading import guards_asleep, load
from bench.ours import SECRET, our_app, signed_in, token_of
from bench.pages import opening
from bench.questions import counted
from bench.stopwatch import Time, in_turn
from bench.tables import show
from schema import migrations
from schema.base import utcnow
from schema.database import close_database, execute_plain, one_act
from schema.lab import Shade, WorkTypeMaterial
from schema.orders import LabOrder
from schema.patients import Patient
from schema.pipelines import Pipeline, Stage
from schema.staff import Role, Staff, StaffRole
from seed.demo import sow_demo_clinic

CARDS, FIRST_ID, ROLE, PATH = 2000, 1_000_000, "lab_supervisor", "/board/order"
RUNS, WITHIN, TIMES_HAND, MOST_STATEMENTS = 5, 300, 6, 20
CARD = (
    "id", "kind", "pipeline_id", "stage_id", "step_count", "responsible_id", "location_id",
    "priority", "due_at", "opened_at", "at_risk",
)  # fmt: skip
ORDER = (
    "id", "card_id", "ticket", "patient_id", "dentist_id", "work_type_id", "material_id",
    "shade_id", "received_on", "is_draft",
)  # fmt: skip
TOOTH = ("order_id", "tooth", "part", "layer")
HOLD = ("card_id", "reason", "clock", "started_at")
PROGRAM = """
import json, sys, time
from bench.ours import our_app, signed_in
client = signed_in(our_app(sys.argv[1]), sys.argv[2])
taken = []
for _ in range(2):
    start = time.perf_counter()
    assert client.get(sys.argv[3]).status_code == 200
    taken.append((time.perf_counter() - start) * 1000)
print(json.dumps(taken))
"""


class Measured(NamedTuple):
    """Medians of ours and of the view by hand, of first requests (ms), and our statements."""

    ours: Time
    hand: Time
    first: float
    second: float
    statements: int


def measure(engine: str, server: str) -> Measured:
    """Ours and the board by hand in turn; then fresh processes, each asked twice."""
    close_database()
    url = house_of(engine, f"board_{CARDS}", server, lacks_orders, build)
    token, hand = token_of(ROLE), hand_app(SECRET)
    hand.add_url_rule("/board", view_func=board)
    acts = {
        "ours": opening(signed_in(our_app(url), token), PATH),
        "hand": opening(signed_in(hand, token), "/board"),
    }
    times = in_turn(acts)
    fresh = [_fresh(url, token) for _ in range(RUNS)]
    first, second = (median(one[place] for one in fresh) for place in (0, 1))
    return Measured(times["ours"], times["hand"], first, second, counted(acts["ours"]))


def _fresh(url: str, token: str) -> list[float]:
    """Milliseconds of the first and the second request of a new process."""
    told = {**os.environ, "TZ": "UTC"}
    program = [sys.executable, "-c", PROGRAM, url, token, PATH]
    answer = subprocess.run(program, capture_output=True, check=True, env=told)
    return list(json.loads(answer.stdout.splitlines()[-1]))


def tell(found: Measured) -> None:
    rows = [
        ("ours", found.ours.wall, found.ours.cpu, str(found.statements)),
        ("by hand", found.hand.wall, found.hand.cpu, "2"),
        ("ours, first of a process", found.first, 0.0, ""),
        ("ours, second of a process", found.second, 0.0, ""),
    ]
    show([f"board of {CARDS:,} orders", "median ms", "CPU median ms", "statements"], rows)


def board_goals(found: Measured, engine: str) -> Iterator[Goal]:
    """PostgreSQL works outside of this process, so there the clock on the wall compares peers."""
    by = "cpu" if engine == "sqlite" else "wall"
    ratio = getattr(found.ours, by) / getattr(found.hand, by)
    yield Goal("board: median ms", found.ours.wall, "<=", WITHIN)
    yield Goal("board: first request of a process, ms", found.first, "<=", WITHIN)
    yield Goal("board: ours to hand", ratio, "<=", TIMES_HAND)
    yield Goal("board: statements", found.statements, "<=", MOST_STATEMENTS)


def build() -> None:
    """The demo clinic, and 2,000 more orders on the stages where work goes on."""
    now = utcnow()
    sow_demo_clinic(now)
    with guards_asleep(), one_act():
        for table, columns, rows in (
            ("card", CARD, _cards(now)),
            ("lab_order", ORDER, _orders(now)),
            ("order_tooth", TOOTH, _teeth()),
            ("hold", HOLD, _holds(now)),
        ):
            load(table, columns, list(rows))  # they ask first; COPY leaves no room for that
    migrations.upgrade()
    execute_plain("ANALYZE")


def _cards(now: dt.datetime) -> Iterator[tuple]:
    dice, way = Random(1), Pipeline.get(Pipeline.code == "order")
    open_ones = Stage.select().where(Stage.pipeline == way, Stage.category == "open")
    stages = [stage.id for stage in open_ones.order_by(Stage.position)]
    technicians = StaffRole.select(StaffRole.staff).join(Role)
    technicians = technicians.where(Role.code == "technician")
    people = [(one.id, one.location_id) for one in Staff.select().where(Staff.id.in_(technicians))]
    for key in range(FIRST_ID, FIRST_ID + CARDS):
        who, place = dice.choice(people)
        due, urgent = now + dt.timedelta(hours=dice.randrange(-48, 480)), dice.random() < 0.1
        yield (
            key, "order", way.id, dice.choice(stages), 3, who, place,
            "urgent" if urgent else "normal", _at(due), _at(now - dt.timedelta(days=9)),
            dice.random() < 0.05,
        )  # fmt: skip


def _orders(now: dt.datetime) -> Iterator[tuple]:
    dice = Random(2)
    patients, shades = (
        [key for (key,) in model.select(model.id).tuples()] for model in (Patient, Shade)
    )
    works = list(
        WorkTypeMaterial.select(WorkTypeMaterial.work_type, WorkTypeMaterial.material).tuples()
    )
    dentists = [key for (key,) in LabOrder.select(LabOrder.dentist).distinct().tuples()]
    for key in range(FIRST_ID, FIRST_ID + CARDS):
        yield (
            key, key, f"{now.year % 100:02d}-{key - 500_000:06d}", dice.choice(patients),
            dice.choice(dentists), *dice.choice(works), dice.choice(shades), f"{now.date()}",
            False,
        )  # fmt: skip


def _teeth() -> Iterator[tuple]:
    for key in range(FIRST_ID, FIRST_ID + CARDS):
        for tooth in (11, 12, 13)[: 1 + key % 3]:
            yield key, tooth, "crown", "final"


def _holds(now: dt.datetime) -> Iterator[tuple]:
    for key in range(FIRST_ID, FIRST_ID + CARDS, 20):
        yield key, "patient", "patient", _at(now - dt.timedelta(days=1))


def _at(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
