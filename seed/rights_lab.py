"""The rights of the laboratory: no prices of patients, no phones, no insurance, no names."""

from __future__ import annotations

from seed.rights_words import (
    BENCH,
    CALENDAR,
    CARD_FACTS,
    CLAIMS,
    CUSTODY,
    DECISIONS,
    DOORS,
    FLOOR,
    FRONT_LISTS,
    INSURANCE,
    LAB_LISTS,
    LETTERS,
    LOGS,
    MONEY,
    OUTSIDE,
    PAPER_CHECKS,
    PAST_GATES,
    PEOPLE,
    PLANS,
    RECALL_LISTS,
    RIGHTS,
    SHOT_LISTS,
    TABLETS,
    TREATMENT_LISTS,
    VIEWS,
    VISIT_LISTS,
    WAYS,
    WORK_LISTS,
    may,
    role,
)

# A patient is a code at the bench: nothing but the code, and who treats them where.
_BUT_THE_CODE = (
    "last_name first_name birth_on phone email preferred_channel address national_id language "
    "medical_alert notes ended_on"
)
_NEVER_IN_THE_LAB = (
    "clinic patient_tag guardian consent merge referrer lead contact publication recall "
    "recall_attempt wording worker_tick job_run "
    f"{RIGHTS} {DOORS} {LOGS} {FRONT_LISTS} {TREATMENT_LISTS} {RECALL_LISTS} {INSURANCE} {CLAIMS} "
    f"{MONEY} {PLANS} {DECISIONS} {LETTERS}"
)

LAB_SUPERVISOR = role(
    "lab_supervisor",
    "Lab supervisor",
    "All works of the laboratory: queue, people, lots, firms outside and the pipelines.",
    [
        may("read", "saved_view"),
        may("read create edit", "saved_view_role"),
        may("read", "view_choice", "own"),
        may("read", f"{PEOPLE} {CALENDAR} custom_field external_system ticket_counter"),
        may("read", f"kpi_snapshot {VISIT_LISTS}"),
        may("read", "staff"),
        may("read create edit", "absence", "location"),
        may("read", "provider_hours", "location"),
        may(
            "read create edit",
            "pipeline stage stage_step stage_role control_point automation skill stage_capacity",
        ),
        may("read create edit", f"{WORK_LISTS} {LAB_LISTS} {SHOT_LISTS} {OUTSIDE}"),
        may("read", "patient", hides=_BUT_THE_CODE),
        may("read edit", "card"),
        may("read create", "card_step tick"),
        may("read", "automation_run"),
        may("read create", "note"),
        may("read create edit", "custom_value", hides="money_value"),
        may("read create edit", "external_record"),
        may(
            "read",
            "appointment",
            hides="note booked_by wants_sooner times_moved cancelled_by cancel_reason",
        ),
        may("read create edit export", "lab_order remake"),
        may("read create edit", f"order_visit order_tooth order_connector {BENCH}"),
        may("read create edit", f"{FLOOR} dentist_preference"),
        may("read create edit", TABLETS, "location"),
        may("read create edit", "material_lot component"),
        may("read create", "lot_use component_movement paper_print"),
        may("read create edit export", PAPER_CHECKS),
        may("read create export", "device_statement"),
        may("read create edit", CUSTODY),
        may("read create edit", "photo"),
        may("read create edit", "followup", "own"),
    ],
    [_NEVER_IN_THE_LAB],
)

TECHNICIAN = role(
    "technician",
    "Technician",
    "Own works at the bench; a patient is a code there.",
    [
        may("read", VIEWS, "own"),
        may("read", f"{CALENDAR} {WAYS} {WORK_LISTS} {LAB_LISTS} {SHOT_LISTS} role"),
        may("read", "external_system"),
        may("read", "location", hides="phone"),
        may("read", "staff", hides="phone email"),
        may("read", "absence skill", "own"),
        may("read", "stage_capacity dentist_preference"),
        may("read", "patient", "own", hides=_BUT_THE_CODE),
        may("read edit", "card", "own", fixes=CARD_FACTS),
        may("read create", "card_step", "own", fixes=PAST_GATES),
        may("read create", "tick", "own"),
        may("read", "automation_run", "own"),
        may("read", "automation"),
        may("read create", "note", "own"),
        may("read create edit", "custom_value", "own", hides="money_value"),
        may("read", "external_record", "own", hides="patient"),
        may("read", "lab_order", "own"),
        may("read", "order_tooth order_connector", "own"),
        may("read create", "remake", "own", hides="cost_bearer"),
        may("read", "track track_tooth queue_mark", "own"),
        may("read create edit", "assignment hold", "own"),
        may("read create", "bench_act", "own"),
        may("read create", "staff_pin", "own"),
        may("read create edit", "machine_run machine_run_work"),
        may("read", "outsourcing", "own", hides="cost currency document_number"),
        may("read", "subcontractor", hides="phone email"),
        may("read", "material_lot"),
        may("read create", "lot_use", "own"),
        may("read", "component", "own"),
        may("read create", "component_movement paper_print", "own"),
        may("read", f"{CUSTODY} device_statement", "own"),
        may("read create", "photo", "own"),
        may("read edit", "followup", "own", hides="appointment"),
    ],
    [
        _NEVER_IN_THE_LAB,
        "provider_hours appointment order_visit ticket_counter kpi_snapshot shared_device",
        f"saved_view_role {PAPER_CHECKS}",
        VISIT_LISTS,
    ],
)
