"""Which fields of an order its kind of work does not ask for; its form puts those away."""

from __future__ import annotations

from peewee import Model

from admin_views.policy import can
from schema.lab import WorkType
from schema.orders import LabOrder

OF_SHADE = ("shade", "cervical_shade", "body_shade", "incisal_shade", "translucency")


def work_needs(model: type[Model]) -> dict[int, list[str]] | None:
    """By work type the columns that it does not ask for; None for the form of another table."""
    if model is not LabOrder or not can("read", LabOrder, "work_type"):
        return None
    return {work.id: _not_asked(work) for work in WorkType.select()}


def _not_asked(work: WorkType) -> list[str]:
    away = [] if work.needs_shade else list(OF_SHADE)
    away += [] if work.needs_stump else ["stump_shade"]
    return away + (["arch"] if work.needs_teeth else [])
