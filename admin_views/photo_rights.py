"""Who may work on photos: take them, compare them, show them to the public."""

from __future__ import annotations

from admin_views.policy import can, granted, may_write
from schema.orders import LabOrder
from schema.photos import Photo, Shot
from schema.publications import Publication

COMPARED = ("patient", "order", "shot", "tooth", "photographed_at", "uploaded_at", "link")
WRITTEN = ("patient", "order", "shot", "photographed_at", "photographed_by", "uploaded_at", "link")


def may_compare() -> bool:
    """Whether the person may see photos with what makes a pair of them."""
    return all(can("read", Photo, name) for name in COMPARED)


def may_shoot() -> bool:
    """Whether the person writes down photos of orders."""
    known = can("read", LabOrder) and can("read", Shot)
    return known and may_write(Photo, *WRITTEN)


def may_publish() -> bool:
    """Whether the person shows photos to the public, and takes them down."""
    return granted("create", Publication, "use") and granted("edit", Publication, "withdrawn_on")
