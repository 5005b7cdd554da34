"""Makes boxes, hand-overs, incidents and loans."""

from __future__ import annotations

from typing import Any

from schema.boxes import WorkBox
from schema.custody import ComponentIncident, Handover
from schema.loans import ToolLoan
from tests.factories import NOW, TODAY, number
from tests.factories.components import a_component, a_component_kind, a_component_movement
from tests.factories.staff import a_person


def a_box(**columns: Any) -> WorkBox:
    return WorkBox.create(**{"code": f"X{number()}"} | columns)


def a_handover(**columns: Any) -> Handover:
    """One piece from the laboratory to the clinic, not on the way yet: the ledger says nothing."""
    columns["component"] = columns.get("component") or a_component()
    columns["by"] = columns.get("by") or a_person("technician")
    good = {"number": 1, "from_holder": "lab", "to_holder": "clinic", "at": NOW}
    return Handover.create(**good | columns)


def on_its_way(**columns: Any) -> Handover:
    """A hand-over whose pieces the laboratory held and put on the way."""
    handover = a_handover(**columns)
    told = {"component": handover.component, "number": handover.number, "by": handover.by_id}
    a_component_movement(**told)
    hands = {"from_holder": "lab", "to_holder": "transport", "handover": handover}
    a_component_movement(**told, **hands)
    return handover


def an_incident(**columns: Any) -> ComponentIncident:
    """One piece that the laboratory misses, not in the ledger yet."""
    columns["component"] = columns.get("component") or a_component()
    columns["noticed_by"] = columns.get("noticed_by") or a_person("technician")
    good = {"number": 1, "last_holder": "lab", "last_seen_at": NOW, "noticed_at": NOW}
    return ComponentIncident.create(**good | columns)


def a_loss(**columns: Any) -> ComponentIncident:
    """An incident whose pieces the ledger calls missing."""
    incident = an_incident(**columns)
    told = {"component": incident.component, "number": incident.number}
    a_component_movement(**told)
    hands = {"from_holder": "lab", "to_holder": "missing", "incident": incident}
    a_component_movement(**told, **hands)
    return incident


def a_loan(**columns: Any) -> ToolLoan:
    """An articulator, due back today."""
    columns["kind"] = columns.get("kind") or a_component_kind()
    columns["borrower"] = columns.get("borrower") or a_person("dentist")
    columns["lent_by"] = columns.get("lent_by") or a_person("technician")
    good = {"tool": f"Artex {number()}", "due_on": TODAY, "lent_at": NOW}
    return ToolLoan.create(**good | columns)
