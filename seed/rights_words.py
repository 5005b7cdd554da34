"""How the first rights are written down: per role, what it may do with which tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Tables that are granted or denied together. Each name stands in one group at most.
PEOPLE = "location role"
CALENDAR = "opening_hours holiday"
WAYS = "pipeline stage stage_step stage_role control_point custom_field"
FRONT_LISTS = "inquiry_source inquiry_reason loss_reason contact_outcome"
VISIT_LISTS = "appointment_type chair"
TREATMENT_LISTS = "procedure_type protocol protocol_stage protocol_procedure"
RECALL_LISTS = "recall_rule recall_trigger"
WORK_LISTS = "work_type material work_type_material shade"
LAB_LISTS = "remake_cause component_kind work_box"
SHOT_LISTS = "shot shot_requirement"
RIGHTS = "staff_role role_grant field_grant"
DOORS = "sign_in sign_in_attempt password_link system_key"
TABLETS = "shared_device staff_pin"
MACHINE = "worker_tick job_run ticket_counter"
LOGS = "audit_entry audit_change read_entry"
INSURANCE = "insurance_provider insurance_policy"
CLAIMS = "claim claim_line claim_review"
MONEY = "invoice invoice_line payment"
PLANS = "treatment_plan plan_stage procedure"
DECISIONS = "decision_maker presentation presentation_attendance approval"
BENCH = "track track_tooth assignment queue_mark hold"
FLOOR = "bench_act machine_run machine_run_work"
LOTS = "material_lot lot_use"
PARTS = "component component_movement"
PAPER_CHECKS = "paper_check paper_finding"
CUSTODY = "handover component_incident tool_loan"
OUTSIDE = "subcontractor outsourcing"
LETTERS = "message delivery"
VIEWS = "saved_view view_choice"
# How a sender keeps from sending twice; nobody but the admin needs to see it.
SENDING = "key fence about_version claimed_by claimed_at"
# Without these a step goes by the map and past ticked points only.
PAST_GATES = "forced mode"
CARD_FACTS = "responsible location priority due_at"


@dataclass(frozen=True)
class Right:
    """What a role may do with one table, which of its rows it meets, and columns it meets less."""

    table: str
    verbs: frozenset[str]
    rows: str = "all"
    hides: tuple[str, ...] = ()
    fixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleRights:
    """A role with all that it may do; whatever is not granted is denied, and said so."""

    code: str
    name: str
    about: str
    grants: tuple[Right, ...]
    denied: tuple[str, ...]


def may(
    verbs: str, tables: str, rows: str = "all", *, hides: str = "", fixes: str = ""
) -> list[Right]:
    """The same right on each of these tables: `may("read edit", "card", "own")`."""
    return [
        Right(table, frozenset(verbs.split()), rows, tuple(hides.split()), tuple(fixes.split()))
        for table in tables.split()
    ]


def role(
    code: str, name: str, about: str, grants: Iterable[list[Right]], denied: Iterable[str]
) -> RoleRights:
    """A role from its lists of rights and its groups of denied tables."""
    granted = tuple(right for some in grants for right in some)
    return RoleRights(code, name, about, granted, tuple(" ".join(denied).split()))
