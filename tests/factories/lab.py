"""Makes work types, materials, shades, causes of remakes and firms outside."""

from __future__ import annotations

from typing import Any

from schema.lab import Material, RemakeCause, Shade, Subcontractor, WorkType, WorkTypeMaterial
from tests.factories import number


def a_work_type(**columns: Any) -> WorkType:
    """A crown: teeth and a shade, no stump shade."""
    good = {"code": f"work{number()}", "name": "Crown", "route": "ZR"}
    return WorkType.create(**good | columns)


def a_material(**columns: Any) -> Material:
    good = {"code": f"material{number()}", "name": "Multilayer zirconia", "family": "zirconia"}
    return Material.create(**good | columns)


def an_allowed_material(**columns: Any) -> WorkTypeMaterial:
    columns["work_type"] = columns.get("work_type") or a_work_type()
    columns["material"] = columns.get("material") or a_material()
    return WorkTypeMaterial.create(**columns)


def a_shade(guide: str = "vita_classical", code: str = "A2", **columns: Any) -> Shade:
    """The tab of that guide; made when it is not there yet."""
    found = Shade.get_or_none(guide=guide, code=code)
    return found or Shade.create(guide=guide, code=code, **columns)


def a_remake_cause(**columns: Any) -> RemakeCause:
    good = {"code": f"L{number()}", "family": "lab", "name": "Margin chipped"}
    return RemakeCause.create(**good | columns)


def a_subcontractor(**columns: Any) -> Subcontractor:
    return Subcontractor.create(**{"name": f"Milling Centre {number()}"} | columns)
