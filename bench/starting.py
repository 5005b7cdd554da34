"""What the start costs: a fresh process with all views against one with a single view."""

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
if sys.argv[2] == "1":
    admin_views.TABLES = [LabOrder]
from bench.ours import our_app
our_app(sys.argv[1])
used = resource.getrusage(resource.RUSAGE_SELF)
with open("/proc/self/status") as status:
    [now] = [line.split()[1] for line in status if line.startswith("VmRSS")]
print(json.dumps([time.process_time(), int(now) / 1024, "matplotlib" in sys.modules]))
"""
RUNS = 5


def measure(url: str) -> dict[str, tuple[float, float, bool]]:
    """CPU seconds and MiB of the two processes, in turn, medians; is drawing loaded?"""
    runs: dict[str, list] = {"all views": [], "one view": []}
    for _ in range(RUNS):
        runs["all views"].append(_start(url, "0"))
        runs["one view"].append(_start(url, "1"))
    return {
        name: (median(r[0] for r in found), median(r[1] for r in found), any(r[2] for r in found))
        for name, found in runs.items()
    }


def _start(url: str, one: str) -> list:
    told = {**os.environ, "TZ": "UTC"}
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, one], capture_output=True, check=True, env=told
    )
    return list(json.loads(answer.stdout.splitlines()[-1]))


def tell(times: dict[str, tuple[float, float, bool]]) -> None:
    rows = [
        (name, cpu, size, "yes" if drawn else "no") for name, (cpu, size, drawn) in times.items()
    ]
    show(["start", "CPU s", "MiB", "matplotlib"], rows)


def start_goals(times: dict[str, tuple[float, float, bool]]) -> Iterator[Goal]:
    every, one = times["all views"], times["one view"]
    yield Goal("13 start: all views to one view, CPU", every[0] / one[0], "<=", 1.25)
    yield Goal("13 start: MiB before traffic", every[1], "<=", 80)
