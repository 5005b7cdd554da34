"""The first page of each role in a large clinic: whole requests, on either engine."""

from __future__ import annotations

from collections.abc import Iterator

from admin_views.today import DAYS
from bench import clinic_rows
from bench.goals import Goal
from bench.house import house_of
from bench.loading import guards_asleep, load
from bench.ours import our_app, signed_in, token_of
from bench.pages import opening
from bench.questions import counted
from bench.stopwatch import Time, in_turn
from bench.tables import show
from schema import migrations
from schema.appointments import Appointment
from schema.base import utcnow
from schema.database import close_database, execute_plain, one_act
from seed.demo import sow_demo_clinic

WITHIN = 150  # milliseconds


def measure(engine: str, server: str) -> dict[str, tuple[Time, int]]:
    """The time of each role's first page and how many statements it sends."""
    close_database()
    size = clinic_rows.CHAIRS * clinic_rows.SLOTS * clinic_rows.DAYS
    url = house_of(engine, f"clinic_{size}", server, lacks_rows, build)
    app = our_app(url)
    acts = {role: opening(signed_in(app, token_of(role)), "/") for role in DAYS}
    times = in_turn(acts)
    return {role: (times[role], counted(act)) for role, act in acts.items()}


def lacks_rows() -> bool:
    return not Appointment.select().exists()


def build() -> None:
    """The demo clinic as it stands now, and five years of a large one around it."""
    now = utcnow()
    sow_demo_clinic(now)
    with one_act():
        house = clinic_rows.sow_house(now)
    with guards_asleep(), one_act():
        for table, columns, rows in clinic_rows.LARGE:
            load(table, columns, rows(house))
    migrations.upgrade()
    execute_plain("ANALYZE")


def tell(times: dict[str, tuple[Time, int]]) -> None:
    rows = [(role, time.wall, time.cpu, str(count)) for role, (time, count) in times.items()]
    show(["first page", "median ms", "CPU median ms", "statements"], rows)


def today_goals(times: dict[str, tuple[Time, int]], engine: str) -> Iterator[Goal]:
    """PostgreSQL works outside of this process, so there the clock on the wall counts."""
    for role, (time, _) in times.items():
        taken = time.cpu if engine == "sqlite" else time.wall
        yield Goal(f"today {role}: median ms", taken, "<=", WITHIN)
