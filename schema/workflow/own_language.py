"""Choosing the language in which one reads the panel."""

from __future__ import annotations

from schema.database import one_act
from schema.staff import LANGUAGES, Staff
from schema.workflow import Refused


def choose_language(staff_id: int, language: str) -> None:
    """Everybody chooses their own, whatever their rights on the list of staff."""
    if language not in LANGUAGES:
        raise Refused("Choose one of the listed values.")
    with one_act():
        Staff.update(language=language, row_version=Staff.row_version + 1).where(
            Staff.id == staff_id, Staff.language != language
        ).execute()
