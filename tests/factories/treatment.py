"""Makes kinds of procedures, protocols, plans with stages, and procedures."""

from __future__ import annotations

from typing import Any

from schema.protocols import ProcedureType, Protocol, ProtocolProcedure, ProtocolStage
from schema.treatment import PlanStage, Procedure, TreatmentPlan
from tests.factories import NOW, number
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_card
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_clinic, a_person

PLAN_WAY = ("drafted", "booked", "presented", "accepted", "completed", "lost")


def a_procedure_type(**columns: Any) -> ProcedureType:
    mark = number()
    return ProcedureType.create(**{"code": f"D{mark}", "name": f"Procedure {mark}"} | columns)


def a_protocol(**columns: Any) -> Protocol:
    return Protocol.create(**{"code": f"protocol{number()}", "name": "Implant"} | columns)


def a_protocol_stage(**columns: Any) -> ProtocolStage:
    protocol = columns["protocol"] = columns.get("protocol") or a_protocol()
    good = {"number": protocol.stages.count() + 1, "name": "Crown"}
    return ProtocolStage.create(**good | columns)


def a_protocol_procedure(**columns: Any) -> ProtocolProcedure:
    columns["protocol_stage"] = columns.get("protocol_stage") or a_protocol_stage()
    columns["type"] = columns.get("type") or a_procedure_type()
    return ProtocolProcedure.create(**columns)


def a_plan(**columns: Any) -> TreatmentPlan:
    """A drafted plan of 5 000 lei; the clinic's threshold is 10 000."""
    a_clinic()
    columns["card"] = columns.get("card") or a_card("plan", pipeline=a_plan_pipeline())
    columns["patient"] = columns.get("patient") or a_patient()
    columns["author"] = columns.get("author") or a_person("dentist")
    return TreatmentPlan.create(**{"name": "Implant on 36", "value": 500_000} | columns)


def a_plan_pipeline() -> Any:
    """A published way of plans: drafted, booked, presented, accepted, completed; lost."""
    return a_pipeline(*PLAN_WAY, kind="plan")


def a_dear_plan(**columns: Any) -> TreatmentPlan:
    """A plan above the threshold."""
    return a_plan(**{"value": 2_000_000} | columns)


def a_plan_stage(**columns: Any) -> PlanStage:
    """The next stage of a plan."""
    plan = columns["plan"] = columns.get("plan") or a_plan()
    return PlanStage.create(**{"number": plan.stages.count() + 1, "name": "Stage"} | columns)


def a_procedure(**columns: Any) -> Procedure:
    """A planned procedure on tooth 36, of the plan's patient when a stage is given."""
    stage = columns.get("plan_stage")
    columns["patient"] = columns.get("patient") or (stage.plan.patient if stage else a_patient())
    columns["type"] = columns.get("type") or a_procedure_type()
    good = {"tooth": None if columns["type"].needs_tooth == "no" else 36, "price": 50_000}
    return Procedure.create(**good | columns)


def a_done_procedure(**columns: Any) -> Procedure:
    """A procedure done at an appointment of its patient."""
    columns["patient"] = columns.get("patient") or a_patient()
    columns["appointment"] = columns.get("appointment") or an_appointment(
        patient=columns["patient"]
    )
    return a_procedure(**{"done_at": NOW} | columns)
