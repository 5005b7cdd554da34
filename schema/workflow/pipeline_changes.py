"""What a version changes against the one in use: stages, steps, points, roles and automations."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from schema.automations import Automation
from schema.base import Record
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole
from schema.workflow.pipelines import in_use

LEFT_OUT = ("id", "row_version", "created_at", "pipeline", "stage", "from_stage", "to_stage")
# A place that moved because another stage came before it is no change of its own.
FOLLOWS: dict[type[Record], tuple[str, ...]] = {Stage: ("position",), StageStep: ("back",)}
Key = tuple[Any, ...]
Parts = dict[Key, dict[str, Any]]


@dataclass(frozen=True)
class Change:
    """One part that is `added`, `taken` or `changed`; `columns` are those that differ.

    `part` is the table of the part; `names` are the kept names by which people know it.
    """

    part: type[Record]
    how: str
    names: tuple[str, ...]
    columns: tuple[str, ...] = ()
    was: tuple[Any, ...] = ()
    becomes: tuple[Any, ...] = ()


def changes(pipeline: Pipeline) -> list[Change]:
    """What `pipeline` changes against the version in use of its code; all is new without one."""
    before = in_use(pipeline.code)
    found: list[Change] = []
    for part in (Stage, StageStep, ControlPoint, StageRole, Automation):
        old = _parts(part, before) if before is not None and before.id != pipeline.id else {}
        found += _compared(part, old, _parts(part, pipeline))
    return found


def mark_of(found: Iterable[Change]) -> str:
    """A short mark of these changes, the same for the same ones in whatever order they are."""
    told = sorted(
        repr((one.part._meta.table_name, one.how, one.names, one.columns, one.was, one.becomes))
        for one in found
    )
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def _compared(part: type[Record], old: Parts, new: Parts) -> list[Change]:
    found = [Change(part, "added", new[key]["names"]) for key in new if key not in old]
    found += [Change(part, "taken", old[key]["names"]) for key in old if key not in new]
    for key in new:
        if key in old:
            differ = tuple(n for n in new[key] if n != "names" and new[key][n] != old[key][n])
            if differ:
                was, becomes = (tuple(v[key][n] for n in differ) for v in (old, new))
                found.append(Change(part, "changed", new[key]["names"], differ, was, becomes))
    return found + (_moved(old, new) if part is Stage else [])


def _moved(old: Parts, new: Parts) -> list[Change]:
    """Stages of both versions that stand in another order among each other."""
    before, after = [key for key in old if key in new], [key for key in new if key in old]
    moved = [key for was, key in zip(before, after, strict=True) if was != key]
    return [Change(Stage, "changed", new[key]["names"], ("position",)) for key in moved]


def _parts(part: type[Record], pipeline: Pipeline) -> Parts:
    stages = {stage.id: stage for stage in Stage.select().where(Stage.pipeline == pipeline)}
    return _READ[part](stages)


def _stages(stages: Mapping[int, Stage]) -> Parts:
    ordered = sorted(stages.values(), key=lambda stage: stage.position)
    return {(one.code,): _facts(Stage, one, (one.name,)) for one in ordered}


def _steps(stages: Mapping[int, Stage]) -> Parts:
    found: Parts = {}
    for step in StageStep.select().where(StageStep.from_stage.in_(list(stages))):
        a, b = stages[step.from_stage_id], stages[step.to_stage_id]
        found[(a.code, b.code)] = _facts(StageStep, step, (a.name, b.name))
    return found


def _points(stages: Mapping[int, Stage]) -> Parts:
    found: Parts = {}
    for point in ControlPoint.select().where(ControlPoint.stage.in_(list(stages))):
        stage = stages[point.stage_id]
        found[(stage.code, point.code)] = _facts(ControlPoint, point, (stage.name, point.name))
    return found


def _movers(stages: Mapping[int, Stage]) -> Parts:
    found: Parts = {}
    mine = StageRole.stage.in_(list(stages)) & StageRole.ended_on.is_null()
    for mover in StageRole.select().where(mine):
        stage = stages[mover.stage_id]
        found[(stage.code, mover.role_id)] = {"names": (stage.name, mover.role.name)}
    return found


def _automations(stages: Mapping[int, Stage]) -> Parts:
    """By what they do; those of one stage that do the same are told apart by their order."""
    points = dict(
        ControlPoint.select(ControlPoint.id, ControlPoint.code)
        .where(ControlPoint.stage.in_(list(stages)))
        .tuples()
    )
    found: Parts = {}
    mine = Automation.select().where(Automation.stage.in_(list(stages)))
    for one in mine.order_by(Automation.id):
        stage = stages[one.stage_id]
        facts = _facts(Automation, one, (stage.name, one.event, one.action))
        facts |= {name: points.get(facts[name]) for name in ("control_point", "ticks")}
        alike = (stage.code, one.event, facts["control_point"], one.action)
        turn = sum(key[:4] == alike for key in found)
        found[(*alike, turn)] = facts
    return found


def _facts(part: type[Record], row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    left_out = (*LEFT_OUT, *FOLLOWS.get(part, ()))
    kept = {name: value for name, value in row.__data__.items() if name not in left_out}
    return kept | {"names": names}


_READ: dict[type[Record], Callable[[Mapping[int, Stage]], Parts]] = {
    Stage: _stages,
    StageStep: _steps,
    ControlPoint: _points,
    StageRole: _movers,
    Automation: _automations,
}
