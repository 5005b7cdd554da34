"""Makes entries of the communication log."""

from __future__ import annotations

from typing import Any

from schema.contacts import Contact, ContactOutcome
from tests.factories import NOW, number
from tests.factories.patients import a_patient


def a_contact_outcome(**columns: Any) -> ContactOutcome:
    good = {"code": f"reached{number()}", "name": "Reached", "reached": True}
    return ContactOutcome.create(**good | columns)


def a_contact(**columns: Any) -> Contact:
    """We called a patient, or the `lead` that is given."""
    if not columns.get("lead") and "patient" not in columns:
        columns["patient"] = a_patient()
    good = {"channel": "call", "direction": "out", "started_at": NOW, "at": NOW}
    return Contact.create(**good | columns)
