"""Makes runs of automations and roles at stages."""

from __future__ import annotations

from typing import Any

from schema.automation_runs import AutomationRun
from schema.stage_roles import StageRole
from tests.factories import NOW
from tests.factories.cards import a_card
from tests.factories.pipelines import a_stage, an_automation
from tests.factories.staff import a_role


def an_automation_run(**columns: Any) -> AutomationRun:
    """A run that waits, on a card of its own."""
    columns["card"] = columns.get("card") or a_card()
    columns["automation"] = columns.get("automation") or an_automation()
    return AutomationRun.create(**{"visit": 0, "due_at": NOW} | columns)


def a_stage_role(**columns: Any) -> StageRole:
    columns["stage"] = columns.get("stage") or a_stage()
    columns["role"] = columns.get("role") or a_role("helper")
    return StageRole.create(**columns)
