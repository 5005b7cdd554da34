"""Who may ask how long a work would take."""

from __future__ import annotations

from admin_views.policy import can
from schema.lab import Material, WorkType
from schema.orders import LabOrder


def may_ask() -> bool:
    """Whoever knows of orders, kinds of work and materials."""
    return can("read", LabOrder) and can("read", WorkType) and can("read", Material)
