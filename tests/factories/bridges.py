"""Makes what other systems hold, their keys, and merges of double entries."""

from __future__ import annotations

from typing import Any

from schema.bridges import ExternalRecord, ExternalSystem, Merge
from schema.system_keys import SystemKey
from tests.factories import NOW, number
from tests.factories.patients import a_patient
from tests.factories.staff import a_person


def an_external_system(**columns: Any) -> ExternalSystem:
    good = {"code": f"system{number()}", "name": "Scan storage", "kind": "scans"}
    return ExternalSystem.create(**good | columns)


def an_external_record(**columns: Any) -> ExternalRecord:
    """A folder of a patient, or of the `card` that is given."""
    if not columns.get("card") and "patient" not in columns:
        columns["patient"] = a_patient()
    columns["system"] = columns.get("system") or an_external_system()
    good = {"kind": "folder", "external_id": f"F{number()}"}
    return ExternalRecord.create(**good | columns)


def a_merge(**columns: Any) -> Merge:
    for whose in ("kept", "merged"):
        columns[whose] = columns.get(whose) or a_patient()
    columns["by"] = columns.get("by") or a_person()
    return Merge.create(**{"reason": "Entered twice"} | columns)


def a_system_key(**columns: Any) -> SystemKey:
    columns["external_system"] = columns.get("external_system") or an_external_system()
    columns["made_by"] = columns.get("made_by") or a_person("admin")
    good = {"name": f"PC {number()}", "token_sha": f"{number():064d}", "created_at": NOW}
    return SystemKey.create(**good | columns)
