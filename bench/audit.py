"""What the audit costs: an act with its triggers and its seal, and the same act without them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median

from bench.goals import Goal
from schema import TABLES
from schema.base import recorded
from schema.database import database, execute_plain, is_sqlite, one_act
from schema.guards import install_guards
from schema.patients import Patient
from schema.settings import audit_keys
from schema.trail import write_down_what_is_found
from schema.verifying import verify

ROUNDS, ACTS, MANY = 5, 100, 2000
SLOWER_AT_MOST = 4.0
MICROSECONDS = 100
Act = Callable[[], None]


def measure() -> dict[str, float]:
    """Milliseconds of each kind of act in the open house, medians, and seconds of a proof."""
    taken: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, opens in (("audited", one_act), ("plain", database.atomic)):
            if name == "plain":
                _stop_recording()
            for size in (1, MANY):
                acts = ACTS if size == 1 else 1
                spent = _time(lambda opens=opens, size=size: _change(opens, size), acts)
                taken.setdefault(f"{name} {size}", []).append(spent)
            if name == "plain":
                install_guards(TABLES)
    return {name: median(times) for name, times in taken.items()}


def prove() -> tuple[float, int]:
    """Seconds that proving the whole open house takes, and how many rows that reads."""
    write_down_what_is_found(model for model in TABLES if not _is_told(recorded(model).table))
    rows: list[int] = []
    started = time.perf_counter()
    for _ in verify(TABLES, audit_keys(), Path("/nowhere"), rows.append):
        pass
    return time.perf_counter() - started, sum(rows)


def tell(times: dict[str, float], proof: tuple[float, int]) -> None:
    """The figures, one line each."""
    for name, taken in times.items():
        print(f"{name + ' rows':32} {taken:9.3f} ms")
    print(f"{'proof of ' + str(proof[1]) + ' rows':32} {proof[0]:9.1f} s")


def audit_goals(times: dict[str, float]) -> Iterator[Goal]:
    """The bare statement costs next to nothing, so the ratio is large and the sum small."""
    ratio = times["audited 1"] / times["plain 1"]
    yield Goal("one change in one act, audited / plain", ratio, "<=", SLOWER_AT_MOST)
    more = (times[f"audited {MANY}"] - times[f"plain {MANY}"]) * 1000 / MANY
    yield Goal("microseconds more for each of many changes", more, "<=", MICROSECONDS)


def _is_told(table: str) -> bool:
    mark = "?" if is_sqlite() else "%s"
    told = f"SELECT 1 FROM audit_change WHERE table_name = {mark} LIMIT 1"
    return database.execute_sql(told, (table,)).fetchone() is not None


def _change(opens: Callable[[], AbstractContextManager], size: int) -> None:
    with opens():
        execute_plain(
            f"UPDATE patient SET row_version = row_version + 1 WHERE id BETWEEN 100 AND {99 + size}"
        )


def _time(act: Act, times: int) -> float:
    """CPU of this process; PostgreSQL works in another one, so there the clock on the wall."""
    clock = time.process_time if is_sqlite() else time.perf_counter
    started = clock()
    for _ in range(times):
        act()
    return (clock() - started) * 1000 / times


def _stop_recording() -> None:
    name = recorded(Patient).name
    execute_plain(
        f"DROP TRIGGER {name}_update"
        if is_sqlite()
        else f"ALTER TABLE patient DISABLE TRIGGER {name}"
    )
