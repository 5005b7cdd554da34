"""What is said on each event: the first wordings, and which placeholders a text may use."""

from __future__ import annotations

from string import Formatter

from schema.messages import Wording
from seed.sowing import sow
from seed.wordings_en import ENGLISH
from seed.wordings_ro import ROMANIAN

_VISIT = "first_name day time place clinic_phone"
# What may stand in braces in the wordings of each event; a renderer fills exactly these in.
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


def sow_wordings() -> None:
    """Wordings that are missing for an event, channel and language."""
    rows = [
        {
            "event": event,
            "channel": channel,
            "language": language,
            "subject": heading,
            "text": text,
        }
        for language, texts in (("ro", ROMANIAN), ("en", ENGLISH))
        for event, (short, subject, long) in texts.items()
        for channel, heading, text in _channels(short, subject, long)
    ]
    sow(Wording, ("event", "channel", "language"), rows)


def names_in(text: str) -> set[str]:
    """The placeholders that stand in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _channels(short: str | None, subject: str, long: str) -> list[tuple[str, str | None, str]]:
    """A short text goes by SMS and WhatsApp, the long one by e-mail."""
    if short is None:
        return [("email", subject, long)]
    return [("sms", None, short), ("whatsapp", None, short), ("email", subject, long)]
