"""The small tables of the bench house: places, people, rights, works, shades and two pipelines."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from peewee import Model

from schema import TABLES
from schema.base import table_name
from schema.lab import Material, Shade, WorkType, WorkTypeMaterial
from schema.pipelines import Pipeline, Stage
from schema.rights import Grant
from schema.shade_guides import TABS
from schema.staff import Clinic, Location, Role, Staff, StaffRole

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
EVERYTHING = "everything"
WORKS = "Crown|Bridge|Veneer|Inlay|Splint|Implant crown|Post and core|Full denture"
MATERIALS = "Multilayer zirconia|Lithium disilicate|CoCr with ceramic|PMMA|Titanium|Wax"
STAGES = "Registration|In the lab|Validation|Prototype|Framework|Fabrication|Handed over|Closed"


class Small(NamedTuple):
    """Keys of small rows that large tables refer to."""

    locations: list[int]
    staff: list[int]
    works: list[int]
    materials: list[int]
    shades: list[int]
    pipeline: int
    stages: list[int]
    lead_pipeline: int
    lead_stage: int


def sow_small() -> Small:
    """Write the small tables."""
    Clinic.get_or_none() or Clinic.create(id=1, name="Bench Clinic")
    locations = _many(Location, [{"name": f"Location {n}"} for n in (1, 2)])
    staff = _people(locations)
    works = _many(WorkType, [_work(name) for name in WORKS.split("|")])
    materials = _many(Material, [_material(name) for name in MATERIALS.split("|")])
    pairs = [{"work_type": w, "material": m} for w in works for m in materials]
    WorkTypeMaterial.insert_many(pairs).execute()
    tabs = [(guide, tab) for guide, codes in TABS.items() for tab in codes.split()]
    shades = _many(Shade, [{"guide": guide, "code": tab} for guide, tab in tabs])
    pipeline, stages = _pipeline("order", STAGES.split("|"))
    lead_pipeline, lead_stages = _pipeline("lead", ["New", "Won"])
    return Small(
        locations, staff, works, materials, shades, pipeline, stages, lead_pipeline, lead_stages[0]
    )


def _people(locations: list[int]) -> list[int]:
    """Fifteen people; the first one's role may do everything with every table."""
    people = [
        {
            "last_name": f"Ionescu {n}",
            "first_name": "Ana",
            "email": f"ana.{n}@bench.test",
            "location": locations[n % 2],
        }
        for n in range(15)
    ]
    keys = _many(Staff, people)
    role = Role.create(code=EVERYTHING, name="Everything")
    rights = {"may_create": True, "may_edit": True, "may_export": True, "scope": "all"}
    grants = [{"role": role, "table_name": table_name(model), **rights} for model in TABLES]
    Grant.insert_many(grants).execute()
    StaffRole.create(staff=keys[0], role=role)
    manager = Role.get(Role.code == "manager")
    StaffRole.create(staff=keys[1], role=manager)
    return keys


def _work(name: str) -> dict[str, str]:
    return {"code": name.lower().replace(" ", "_"), "name": name, "route": "ZR"}


def _material(name: str) -> dict[str, str]:
    return {"code": name.lower().replace(" ", "_"), "name": name, "family": "zirconia"}


def _pipeline(kind: str, names: list[str]) -> tuple[int, list[int]]:
    pipeline = Pipeline.create(kind=kind, code=f"bench_{kind}", name=f"Bench {kind}")
    stages = [
        Stage.create(
            pipeline=pipeline,
            code=f"stage{place}",
            name=name,
            position=place,
            opens=place == 1,
            category="done" if place == len(names) else "open",
        ).id
        for place, name in enumerate(names, start=1)
    ]
    Pipeline.update(published_at=NOW).where(Pipeline.id == pipeline.id).execute()
    return pipeline.id, stages


def _many(model: type[Model], rows: list[dict]) -> list[int]:
    return [model.create(**row).id for row in rows]
