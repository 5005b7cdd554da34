"""Which way a work is made: by its material first, else by its kind (reference route codes)."""

from __future__ import annotations

from schema.lab import Material, WorkType
from schema.orders import LabOrder

BY_FAMILY = {"zirconia": "ZR", "metal_ceramic": "PFM", "metal": "MET"}
BY_MATERIAL = {
    "emax_cad": "EC",
    "emax_press": "EP",
    "feldspathic": "EP",
    "pmma": "PMMA",
    "hybrid": "COMP",
}


def route_of(order: LabOrder) -> str:
    """ZR zirconia, EC milled and EP pressed ceramic, PFM metal-ceramic, MET metal, PMMA, …"""
    material = Material.get_or_none(Material.id == order.material_id)
    return route_by(WorkType.get_by_id(order.work_type_id), material)


def route_by(work: WorkType, material: Material | None) -> str:
    """The route of a kind of work of this material, before there is an order."""
    if material is None or not work.is_fixed:
        return str(work.route)
    named = BY_MATERIAL.get(material.code) or BY_FAMILY.get(material.family)
    return named or str(work.route)


def known_routes() -> dict[tuple[int, int | None], str]:
    """The route of each kind of work in each material, by their keys; two questions."""
    works, materials = list(WorkType.select()), [None, *Material.select()]
    return {
        (work.id, material and material.id): route_by(work, material)
        for work in works
        for material in materials
    }


def routes() -> list[str]:
    """Every route that a work can take, by its code."""
    named = {*BY_FAMILY.values(), *BY_MATERIAL.values()}
    return sorted(named | {route for (route,) in WorkType.select(WorkType.route).tuples()})
