"""Makes preferences of dentists."""

from __future__ import annotations

from typing import Any

from schema.preferences import DentistPreference
from tests.factories import number
from tests.factories.staff import a_person


def a_dentist_preference(**columns: Any) -> DentistPreference:
    """A dentist wants something of all works."""
    columns["dentist"] = columns.get("dentist") or a_person("dentist")
    return DentistPreference.create(**{"wish": f"Cement gap 0.0{number()} mm"} | columns)
