"""What may stand in braces in the wordings of each event; a renderer fills exactly these in."""

from __future__ import annotations

from string import Formatter

_VISIT = "first_name day time place clinic_phone"
PLACEHOLDERS: dict[str, frozenset[str]] = {
    event: frozenset(names.split())
    for event, names in {
        "appointment_booked": f"{_VISIT} provider visit_kind",
        "appointment_reminder": f"{_VISIT} provider",
        "appointment_moved": f"{_VISIT} old_day old_time",
        "appointment_cancelled": _VISIT,
        "appointment_missed": "first_name day clinic_phone",
        "recall_due": "first_name visit_kind due_day clinic_phone",
        "recall_again": "first_name visit_kind clinic_phone",
        "post_procedure_check": "first_name clinic_phone",
        "stage_due": "first_name stage_name due_day clinic_phone",
        "order_ready": "first_name clinic_phone",
        "order_delayed": "first_name day clinic_phone",
        "plan_presentation": "first_name clinic_phone",
        "plan_reminder": "first_name clinic_phone",
        "treatment_completed": "first_name clinic_phone",
        "lead_received": "first_name clinic_phone",
        "lead_answered": "first_name clinic_phone",
        "password_link": "first_name link valid_hours",
        "password_changed": "first_name",
    }.items()
}


def names_in(text: str) -> set[str]:
    """The placeholders that stand in a text; ValueError when a brace is not closed."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
