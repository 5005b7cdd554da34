"""Makes decision makers, presentations, attendances and approvals of plans."""

from __future__ import annotations

from typing import Any

from schema.decisions import Approval, DecisionMaker, Presentation, PresentationAttendance
from tests.factories import NOW
from tests.factories.staff import a_person
from tests.factories.treatment import a_plan


def a_decision_maker(**columns: Any) -> DecisionMaker:
    """The plan's patient, unless a name is given."""
    plan = columns["plan"] = columns.get("plan") or a_plan()
    who = {} if columns.get("name") else {"patient": plan.patient}
    return DecisionMaker.create(**who | columns)


def a_presentation(**columns: Any) -> Presentation:
    """A presentation that is still to be held."""
    columns["plan"] = columns.get("plan") or a_plan()
    columns["presenter"] = columns.get("presenter") or a_person("patient_manager")
    return Presentation.create(**columns)


def an_attendance(**columns: Any) -> PresentationAttendance:
    shown = columns["presentation"] = columns.get("presentation") or a_presentation()
    columns["decision_maker"] = columns.get("decision_maker") or a_decision_maker(plan=shown.plan)
    return PresentationAttendance.create(**columns)


def an_approval(**columns: Any) -> Approval:
    """A senior dentist approves a plan at its present value."""
    plan = columns["plan"] = columns.get("plan") or a_plan()
    columns["by"] = columns.get("by") or a_person("senior_dentist")
    good = {"plan_value": plan.value, "currency": plan.currency, "at": NOW}
    return Approval.create(**good | columns)
