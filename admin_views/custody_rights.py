"""What the person at the screen may do with components: hand over, look for, write off, lend."""

from __future__ import annotations

from admin_views.card_rights import cards_within
from admin_views.policy import can, granted
from schema.components import Component, ComponentKind
from schema.custody import ComponentIncident
from schema.loans import ToolLoan
from schema.movements import ComponentMovement
from schema.orders import LabOrder


def may_see() -> bool:
    """Whether the person may know of components, their kinds and their ways."""
    told = can("read", Component) and can("read", ComponentKind) and can("read", LabOrder)
    return told and all(
        can("read", ComponentMovement, name) for name in ("number", "from_holder", "to_holder")
    )


def may_hand(card: int) -> bool:
    """Give, take and settle; the components of an order by its card."""
    able = granted("create", ComponentMovement, "number")
    return able and bool(cards_within(ComponentMovement, "create", [card]))


def may_list(card: int) -> bool:
    return may_hand(card) and can("create", Component) and can("create", Component, "kind")


def may_close(card: int) -> bool:
    """End an incident: note what was found, write off what was not."""
    able = granted("edit", ComponentIncident, "outcome")
    return able and bool(cards_within(ComponentIncident, "edit", [card]))


def may_box(card: int) -> bool:
    able = can("edit", LabOrder, "box")
    return able and bool(cards_within(LabOrder, "edit", [card]))


def may_see_loans() -> bool:
    return can("read", ToolLoan) and can("read", ComponentKind)


def may_lend() -> bool:
    return granted("create", ToolLoan, "tool") and granted("create", ToolLoan, "borrower")


def may_take_tools_back() -> bool:
    return granted("edit", ToolLoan, "returned_at")
