"""Views of lists that the roles begin with; the clinic renames, changes or ends them."""

from __future__ import annotations

from dataclasses import dataclass

from schema.staff import Role
from schema.views import SavedView, SavedViewRole
from seed.sowing import ids, sow

FRONT = "receptionist call_centre"
DENTISTS = "dentist senior_dentist"
ALL = (
    "receptionist call_centre dentist senior_dentist patient_manager photo_operator "
    "lab_supervisor technician manager"
)
OPEN = "flt.card.closed_at.empty=1"
STANDING = "flt.cancelled_at.empty=1"


@dataclass(frozen=True)
class Sown:
    """One view: its list, its name, what it asks, and the roles that see it."""

    table: str
    name: str
    question: str
    roles: str
    pinned: bool = True
    warns: bool = False


VIEWS = (
    Sown(
        "appointment",
        "Today's appointments",
        f"flt.starts_at.in=today&{STANDING}&sort=starts_at",
        f"{FRONT} patient_manager photo_operator",
    ),
    Sown(
        "appointment",
        "My appointments today",
        f"flt.provider.me=1&flt.starts_at.in=today&{STANDING}&sort=starts_at",
        DENTISTS,
    ),
    Sown(
        "appointment",
        "Tomorrow, not confirmed",
        f"flt.starts_at.in=tomorrow&flt.confirmed_at.empty=1&{STANDING}&sort=starts_at",
        FRONT,
    ),
    Sown(
        "recall",
        "Recall due",
        "flt.due_on.in=until_today&flt.status.any=waiting%2Ccontacted&flt.disabled.is=0&sort=due_on",
        f"{FRONT} patient_manager",
    ),
    Sown(
        "recall",
        "Recall next week",
        "flt.due_on.in=next_week&flt.disabled.is=0&sort=due_on",
        f"{FRONT} patient_manager",
        pinned=False,
    ),
    Sown("lead", "Open inquiries", f"{OPEN}&sort=-card.opened_at", f"{FRONT} patient_manager"),
    Sown(
        "treatment_plan",
        "Plans waiting for approval",
        f"flt.card.stage.has=awaiting+approval&{OPEN}&sort=card.due_at",
        "manager senior_dentist patient_manager",
    ),
    Sown(
        "lab_order",
        "Late orders",
        f"{OPEN}&flt.card.due_at.in=past&sort=card.due_at",
        "lab_supervisor manager",
        warns=True,
    ),
    Sown(
        "assignment",
        "My open processes",
        "flt.technician.me=1&flt.ended_at.empty=1&sort=started_at",
        "technician",
    ),
    Sown(
        "followup",
        "My open tasks",
        "flt.staff.me=1&flt.done_at.empty=1&flt.cancelled_at.empty=1&sort=due_at",
        ALL,
    ),
)


def sow_views() -> None:
    """Views that are missing by list and name come with their roles; others stay as they are."""
    rows = [_row(number, one) for number, one in enumerate(VIEWS, start=1)]
    new = sow(SavedView, ("table_name", "name"), rows)
    named = {(row["table_name"], row["name"]) for row in new}
    roles = ids(Role)
    keys = {
        (table, name): key
        for table, name, key in SavedView.select(SavedView.table_name, SavedView.name, SavedView.id)
        .where(SavedView.owner.is_null())
        .tuples()
    }
    shared = [
        {"view": keys[one.table, one.name], "role": roles[role]}
        for one in VIEWS
        if (one.table, one.name) in named
        for role in one.roles.split()
    ]
    sow(SavedViewRole, ("view", "role"), shared)


def _row(number: int, one: Sown) -> dict[str, object]:
    return {
        "table_name": one.table,
        "name": one.name,
        "question": one.question,
        "position": number,
        "in_side_bar": one.pinned,
        "warns": one.warns,
    }
