"""Makes wordings, messages and deliveries."""

from __future__ import annotations

from typing import Any

from schema.messages import Delivery, Message, Wording
from tests.factories import NOW, number
from tests.factories.patients import a_patient


def a_wording(**columns: Any) -> Wording:
    good = {"event": f"event{number()}", "channel": "sms", "text": "Dear {name}, see you soon."}
    return Wording.create(**good | columns)


def a_message(**columns: Any) -> Message:
    """An SMS that waits, to a patient or to the `lead` or `staff` that is given."""
    if not columns.get("lead") and not columns.get("staff") and "patient" not in columns:
        columns["patient"] = a_patient()
    good = {
        "key": f"message-{number()}",
        "event": "appointment_booked",
        "channel": "sms",
        "address": "+40722418330",
        "body": "See you soon.",
        "not_before": NOW,
    }
    return Message.create(**good | columns)


def a_delivery(**columns: Any) -> Delivery:
    columns["message"] = columns.get("message") or a_message()
    return Delivery.create(**{"attempt": 1, "result": "accepted", "at": NOW} | columns)
