"""Judged plans for tables that a test writes down."""

from __future__ import annotations

from typing import Any

from schema.staff import Staff
from schema.workflow.imports import Plan, plan_import
from schema.workflow.sheets import read_sheet
from tests.factories import NOW


def planned(kind: str, *lines: str, **options: Any) -> Plan:
    """A judged plan for a CSV of these lines, brought in by the first member of staff if any."""
    sheet = read_sheet("list.csv", "\n".join(lines).encode())
    return plan_import(kind, sheet, by=Staff.select().first(), now=NOW, **options).run()


def outcomes(plan: Plan) -> list[str]:
    return [result.outcome for result in plan.results]
