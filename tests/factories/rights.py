"""Makes rights of roles."""

from __future__ import annotations

from typing import Any

from schema.rights import FieldGrant, Grant
from tests.factories.staff import a_role


def a_grant(**columns: Any) -> Grant:
    columns["role"] = columns.get("role") or a_role("receptionist")
    return Grant.create(**{"table_name": "patient"} | columns)


def a_field_grant(**columns: Any) -> FieldGrant:
    columns["role"] = columns.get("role") or a_role("receptionist")
    return FieldGrant.create(**{"table_name": "patient", "column": "national_id"} | columns)
