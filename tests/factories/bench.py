"""Makes acts at the bench, and runs of machines with their works."""

from __future__ import annotations

from typing import Any

from schema.bench import BenchAct, MachineRun, MachineRunWork
from tests.factories import NOW, number
from tests.factories.pipelines import a_pipeline, a_stage
from tests.factories.staff import a_person
from tests.factories.tracks import a_track


def a_bench_act(**columns: Any) -> BenchAct:
    columns["card"] = columns.get("card") or a_track().card
    columns["by"] = columns.get("by") or a_person("technician")
    good = {"key": f"a key of sixteen {number()}", "deed": "start", "step": 0, "tapped_at": NOW}
    return BenchAct.create(**good | {"at": NOW} | columns)


def a_machine_run(**columns: Any) -> MachineRun:
    """A run that goes on, of a stage whose clock is a machine's."""
    code = columns.get("stage_code")
    columns["stage_code"] = code or a_stage(clock="machine").code
    columns["by"] = columns.get("by") or a_person("technician")
    return MachineRun.create(**{"started_at": NOW} | columns)


def a_machine_run_work(**columns: Any) -> MachineRunWork:
    """A work that stands at the stage of its run."""
    pipeline = a_pipeline("firing", "done", kind="track")
    firing = pipeline.stages.where(pipeline.stages.model.code == "firing").get()
    if not columns.get("run"):
        a_stage(code=firing.code, clock="machine")
        columns["run"] = a_machine_run(stage_code=firing.code)
    columns["track"] = columns.get("track") or a_track(pipeline=pipeline)
    return MachineRunWork.create(**columns)
