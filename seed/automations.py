"""What the stages of the first pipelines do by themselves."""

from __future__ import annotations

from typing import Any

from schema.automations import Automation
from schema.pipelines import ControlPoint, Pipeline, Stage
from schema.staff import Role
from seed.automations_lab import LAB
from seed.automations_words import Deed, follow_up, message, notice, risk
from seed.sowing import ids

LEAD = (
    message("new", "enter", "lead_received"),
    follow_up("new", "enter", "Call back at once", "call_centre", due=15),
    notice("new", "idle", "An inquiry has waited an hour for an answer", "manager", after=60),
    follow_up("contacted", "idle", "Try again, or close it with a reason", after=2 * 480),
    follow_up("appointment_scheduled", "idle", "Did the consultation take place?", after=10 * 480),
    follow_up(
        "consultation_completed", "enter", "Draft the treatment plan", "patient_manager", due=1440
    ),
)
PLAN = (
    follow_up("drafted", "idle", "Finish the plan and book its presentation", after=2 * 480),
    notice(
        "awaiting_approval", "enter", "A plan of high value waits for approval", "senior_dentist"
    ),
    follow_up(
        "awaiting_approval", "idle", "Approve the plan or say why not", "senior_dentist", after=960
    ),
    message("presentation_booked", "enter", "plan_presentation"),
    follow_up("presented", "enter", "Ask for the decision", "patient_manager", due=3 * 1440),
    message("deciding", "idle", "plan_reminder", after=7 * 1440, time="calendar"),
    follow_up(
        "deciding", "idle", "Call all decision makers", after=14 * 1440, time="calendar", due=480
    ),
    risk("deciding", "idle", after=30 * 1440),
    follow_up("accepted", "enter", "Book the first stage", "receptionist", due=1440),
    risk("accepted", "idle", after=10 * 1440),
    message("completed", "enter", "treatment_completed"),
    Deed("completed", "enter", "recall", recall_rule_code="preventive"),
)
CLAIM = (
    notice("in_review", "enter", "A claim waits for review", "manager"),
    follow_up("in_review", "overrun", "Review the claim or return it", "manager"),
    follow_up("returned", "enter", "Correct the claim and hand it in again", due=1440),
    follow_up("approved", "enter", "Submit the claim", due=1440),
    follow_up("submitted", "overrun", "Ask the insurer where the payment is", "receptionist"),
)
AUTOMATIONS: dict[str, tuple[Deed, ...]] = {"lead": LEAD, "plan": PLAN, "claim": CLAIM, **LAB}


def sow_automations(codes: set[str]) -> None:
    """The automations of these pipelines, which were just made."""
    roles = ids(Role)
    rows = [
        {**deed.columns(), **_places(code, deed), "role": roles.get(deed.role or "")}
        for code in AUTOMATIONS
        if code in codes
        for deed in AUTOMATIONS[code]
    ]
    if rows:
        Automation.insert_many(rows).execute()


def _places(code: str, deed: Deed) -> dict[str, Any]:
    stage = Stage.select().join(Pipeline).where(Pipeline.code == code, Stage.code == deed.stage)
    stage = stage.get()
    points = ids_of_points(stage) if deed.point else {}
    return {"stage": stage.id, "control_point": points[deed.point] if deed.point else None}


def ids_of_points(stage: Stage) -> dict[str, int]:
    """The numbers of a stage's control points by their codes."""
    points = ControlPoint.select(ControlPoint.code, ControlPoint.id)
    return dict(points.where(ControlPoint.stage == stage).tuples())
