"""Makes follow-ups."""

from __future__ import annotations

from typing import Any

from schema.followups import Followup
from tests.factories import later
from tests.factories.staff import a_person


def a_followup(**columns: Any) -> Followup:
    """A call that somebody has to make tomorrow, or whoever has the `role` that is given."""
    if not columns.get("role") and "staff" not in columns:
        columns["staff"] = a_person()
    return Followup.create(**{"subject": "Call back", "due_at": later(days=1)} | columns)
