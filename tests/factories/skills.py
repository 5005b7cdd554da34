"""Makes skills of technicians, and what a day takes at a stage."""

from __future__ import annotations

from typing import Any

from schema.skills import Skill, StageCapacity
from tests.factories.pipelines import a_stage
from tests.factories.staff import a_person


def a_skill(**columns: Any) -> Skill:
    """A technician can do the work of a stage that some pipeline has."""
    columns["staff"] = columns.get("staff") or a_person("technician")
    columns["stage_code"] = columns.get("stage_code") or a_stage().code
    return Skill.create(**columns)


def a_stage_capacity(**columns: Any) -> StageCapacity:
    columns["stage_code"] = columns.get("stage_code") or a_stage().code
    return StageCapacity.create(**{"units_per_day": 15} | columns)
