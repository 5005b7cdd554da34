"""What the person at the screen may do with works outside: see, send, take back, name the cost."""

from __future__ import annotations

from admin_views.card_rights import cards_within
from admin_views.policy import can, granted
from schema.components import Component, ComponentKind
from schema.lab import Subcontractor
from schema.movements import ComponentMovement
from schema.outside import Outsourcing

TOLD = ("track", "subcontractor", "sent_at", "expected_on", "returned_at")


def may_see() -> bool:
    """Whether the person may know what is outside, with whom and until when."""
    return can("read", Subcontractor) and all(can("read", Outsourcing, name) for name in TOLD)


def may_see_cost() -> bool:
    return can("read", Outsourcing, "cost") and can("read", Outsourcing, "currency")


def may_see_parts() -> bool:
    """Whether the person may know which components went along."""
    told = ("number", "from_holder", "to_holder", "outsourcing")
    able = can("read", Component) and can("read", ComponentKind)
    return able and all(can("read", ComponentMovement, name) for name in told)


def may_send() -> bool:
    return may_see() and granted("create", Outsourcing, "subcontractor")


def may_send_card(card: int) -> bool:
    """Whether the process on this card is one that the person may send."""
    return may_send() and bool(cards_within(Outsourcing, "create", [card]))


def may_receive() -> bool:
    return may_see() and granted("edit", Outsourcing, "returned_at")


def may_price() -> bool:
    return may_see_cost() and granted("edit", Outsourcing, "cost")


def may_move_parts(card: int) -> bool:
    """Components go along and come back only by whoever may move them."""
    able = may_see_parts() and granted("create", ComponentMovement, "outsourcing")
    return able and bool(cards_within(ComponentMovement, "create", [card]))
