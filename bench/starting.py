"""What the start costs: fresh processes with all views, with 90, 45, and one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from bench.goals import Goal
from bench.tables import show

PROGRAM = """
import json, resource, sys, time
import admin_views, schema.start
from schema.orders import LabOrder
count = int(sys.argv[2])
if count:
    others = [model for model in admin_views.TABLES if model is not LabOrder]
    admin_views.TABLES = [LabOrder, *others[: count - 1]]
from app import create_app
from schema.settings import Settings
secret = "a key that only the bench uses, long enough"
create_app(Settings(database_url=sys.argv[1], secret_key=secret, base_url="http://localhost"))
used = resource.getrusage(resource.RUSAGE_SELF)
with open("/proc/self/status") as status:
    [now] = [line.split()[1] for line in status if line.startswith("VmRSS")]
print(json.dumps([time.process_time(), int(now) / 1024, "matplotlib" in sys.modules]))
"""
RUNS = 5
SIZES = {"all views": 0, "90 views": 90, "45 views": 45, "one view": 1}


def measure(url: str) -> dict[str, tuple[float, float, bool]]:
    """CPU seconds and MiB of each process, in turn, medians; is drawing loaded?"""
    runs: dict[str, list] = {name: [] for name in SIZES}
    for _ in range(RUNS):
        for name, count in SIZES.items():
            runs[name].append(_start(url, str(count)))
    return {
        name: (median(r[0] for r in found), median(r[1] for r in found), any(r[2] for r in found))
        for name, found in runs.items()
    }


def _start(url: str, count: str) -> list:
    told = {**os.environ, "TZ": "UTC"}
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, count], capture_output=True, check=True, env=told
    )
    return list(json.loads(answer.stdout.splitlines()[-1]))


def tell(times: dict[str, tuple[float, float, bool]]) -> None:
    rows = [
        (name, cpu, size, "yes" if drawn else "no") for name, (cpu, size, drawn) in times.items()
    ]
    show(["start", "CPU s", "MiB", "matplotlib"], rows)


def start_goals(times: dict[str, tuple[float, float, bool]]) -> Iterator[Goal]:
    """The goal speaks of 45 views against one, and of twice as many against 45."""
    _, twice, some, one = (times[name] for name in SIZES)
    yield Goal("13 start: 45 views to one view, CPU", some[0] / one[0], "<=", 1.25)
    yield Goal("13 start: 90 views to 45, CPU", twice[0] / some[0], "<=", 1.3)
    yield Goal("13 start: MiB of 45 views before traffic", some[1], "<=", 80)
