"""Makes components of an order and their movements."""

from __future__ import annotations

from typing import Any

from schema.components import Component, ComponentKind
from schema.movements import ComponentMovement
from tests.factories import NOW, number
from tests.factories.orders import an_order
from tests.factories.staff import a_person


def a_component_kind(**columns: Any) -> ComponentKind:
    good = {"code": f"TRAY{number()}", "name": "Metal tray", "returns": "returns"}
    return ComponentKind.create(**good | columns)


def a_component(**columns: Any) -> Component:
    columns["order"] = columns.get("order") or an_order()
    columns["kind"] = columns.get("kind") or a_component_kind()
    return Component.create(**columns)


def a_component_movement(**columns: Any) -> ComponentMovement:
    """One piece from the stock to the laboratory."""
    columns["component"] = columns.get("component") or a_component()
    columns["by"] = columns.get("by") or a_person("technician")
    good = {"number": 1, "from_holder": "stock", "to_holder": "lab", "at": NOW}
    return ComponentMovement.create(**good | columns)
