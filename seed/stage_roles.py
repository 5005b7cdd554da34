"""Who moves cards on from the stages of the first pipelines, where not everybody may."""

from __future__ import annotations

from schema.pipelines import Pipeline, Stage
from schema.staff import Role
from schema.stage_roles import StageRole
from seed.sowing import ids

LAB = ("lab_supervisor", "manager")
SENIOR = ("lab_supervisor", "manager", "dentist", "senior_dentist")
CLOSING = (*SENIOR, "receptionist", "patient_manager")
MOVERS: dict[str, dict[str, tuple[str, ...]]] = {
    "order": {"validation": LAB, "fabrication": LAB, "handed_over": CLOSING},
}


def sow_stage_roles(codes: set[str]) -> None:
    """The roles at the stages of these pipelines, which were just made."""
    roles = ids(Role)
    rows = [
        {"stage": stage, "role": roles[role]}
        for code in MOVERS
        if code in codes
        for stage, movers in _places(code)
        for role in movers
    ]
    if rows:
        StageRole.insert_many(rows).execute()


def _places(code: str) -> list[tuple[int, tuple[str, ...]]]:
    stages = Stage.select(Stage.id, Stage.code).join(Pipeline).where(Pipeline.code == code)
    return [(key, MOVERS[code][name]) for key, name in stages.tuples() if name in MOVERS[code]]
