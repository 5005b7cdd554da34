"""The rights of those who treat patients and take their photos."""

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
    LOTS,
    MACHINE,
    MONEY,
    OUTSIDE,
    PAPER_CHECKS,
    PARTS,
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
    Right,
    may,
    role,
)


def _dentist(rows: str) -> list[list[Right]]:
    """What a dentist may do, with own patients or with all."""
    return [
        may("read", VIEWS, "own"),
        may("read", f"{PEOPLE} {CALENDAR} {WAYS} {VISIT_LISTS} {WORK_LISTS} {LAB_LISTS}"),
        may("read", f"{SHOT_LISTS} {RECALL_LISTS} external_system contact_outcome subcontractor"),
        may("read", "staff"),
        may("read", "absence", "own" if rows == "own" else "all", hides="reason"),
        may("read", "provider_hours", rows),
        may("read create edit", "patient patient_tag", rows),
        may("read", "guardian", rows),
        may("read create", "consent", rows),
        may("read edit", "card", rows),
        may("read create", "card_step", rows, fixes=PAST_GATES),
        may("read create", "tick", rows),
        may("read", "automation_run", rows),
        may("read", "automation"),
        may("read create", "note", rows),
        may("read create edit", "custom_value external_record", rows),
        may("read", "contact", rows, hides="lead recording_link"),
        may("read create edit", "appointment", rows),
        may("read create edit", f"{PLANS} decision_maker presentation", rows),
        may("read create edit", "presentation_attendance", rows),
        may("read", f"approval {MONEY}", rows),
        may("read create edit", "lab_order order_visit order_tooth order_connector remake", rows),
        may("read", f"{BENCH} lot_use", rows),
        may("read", "material_lot"),
        may("read", "outsourcing", rows, hides="cost currency"),
        may("read create edit", "component", rows),
        may("read create", "component_movement paper_print", rows),
        may("read", f"{CUSTODY} device_statement", rows),
        may("read create edit", "photo", rows),
        may("read create edit", "dentist_preference recall followup", rows),
        may("read", "recall_attempt", rows),
    ]


_NO_DENTIST = (
    f"skill stage_capacity merge referrer lead publication wording {RIGHTS} {DOORS} {MACHINE} "
    f"{LOGS} {PAPER_CHECKS} {FLOOR} {TABLETS} "
    f"saved_view_role inquiry_source inquiry_reason loss_reason {INSURANCE} {CLAIMS} {LETTERS}"
)

DENTIST = role(
    "dentist",
    "Dentist",
    "Own patients with their plans, photos and lab orders.",
    [*_dentist("own"), may("read", TREATMENT_LISTS)],
    [_NO_DENTIST, "clinic kpi_snapshot"],
)

SENIOR_DENTIST = role(
    "senior_dentist",
    "Senior dentist",
    "A dentist who approves plans of high value and keeps the protocols.",
    [
        *_dentist("all"),
        may("read", "clinic kpi_snapshot procedure_type"),
        may("read create edit", "protocol protocol_stage protocol_procedure"),
    ],
    [_NO_DENTIST],
)

PHOTO_OPERATOR = role(
    "photo_operator",
    "Photo operator",
    "Takes the photos of the protocol; sees names, works and shots.",
    [
        may("read", VIEWS, "own"),
        may("read", f"{PEOPLE} {CALENDAR} {WAYS} {VISIT_LISTS} {WORK_LISTS} {SHOT_LISTS}"),
        may("read", "staff", hides="phone email"),
        may(
            "read",
            "patient",
            "location",
            hides="birth_on phone email preferred_channel address national_id medical_alert notes",
        ),
        may("read", "consent", "location", hides="guardian evidence"),
        may("read edit", "card", "location", fixes=CARD_FACTS),
        may("read", "card_step automation_run", "location"),
        may("read", "automation"),
        may("read create", "tick", "location"),
        may("read", "appointment", "location", hides="note cancel_reason"),
        may("read", "lab_order", "location", hides="notes"),
        may("read", "order_visit order_tooth order_connector track", "location"),
        may("read create edit", "photo publication", "location"),
        may("read edit", "followup", "own"),
    ],
    [
        "clinic skill stage_capacity absence provider_hours note custom_value patient_tag guardian",
        "external_system external_record merge referrer lead contact recall recall_attempt",
        "wording kpi_snapshot track_tooth assignment queue_mark hold remake",
        f"saved_view_role dentist_preference {FLOOR} {TABLETS}",
        f"{RIGHTS} {DOORS} {MACHINE} {LOGS} {FRONT_LISTS} {TREATMENT_LISTS} {RECALL_LISTS}",
        f"{LAB_LISTS} {INSURANCE} {CLAIMS} {MONEY} {PLANS} {DECISIONS} {LOTS} {PARTS} {OUTSIDE}",
        f"{LETTERS} device_statement paper_print {PAPER_CHECKS}",
        CUSTODY,
    ],
)
