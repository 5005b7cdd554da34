"""Tasks that a card no longer needs, since its work went on: told late, or given up."""

from __future__ import annotations

from typing import Any

from peewee import SQL, NodeList, fn

from schema.automation_runs import AutomationRun
from schema.automations import Automation
from schema.followups import Followup
from schema.pipelines import Stage
from schema.prepared import prepared

GONE_ON = "The work went on"
# What these make is about the lying there; what entering and leaving make is work of its own.
LATE = ("idle", "overrun")
KEY = NodeList(
    (
        SQL("'automation-' ||"),
        AutomationRun.automation,
        SQL("|| '-card-' ||"),
        AutomationRun.card,
        SQL("|| '-' ||"),
        AutomationRun.visit,
    )
)


@prepared
def late_at(stage: Any) -> Any:
    """The automations of a stage that tell of a card which lies there too long."""
    return Automation.select(Automation.id).where(
        Automation.stage == stage, Automation.event.in_(LATE)
    )


@prepared
def call_back(card: Any, visit: Any, entered: Any, now: Any) -> Any:
    """End the open tasks that this visit was told late by; of a card that is lost, all of them."""
    lost = Stage.select(SQL("1")).where(Stage.id == entered, Stage.category == "lost")
    late = (AutomationRun.visit == visit) & Automation.event.in_(LATE)
    runs = AutomationRun.select(KEY).join(Automation)
    runs = runs.where(AutomationRun.card == card, late | fn.EXISTS(lost))
    ended = {"cancelled_at": now, "cancel_reason": GONE_ON}
    task = Followup.update(ended, row_version=Followup.row_version + 1)
    still = Followup.done_at.is_null() & Followup.cancelled_at.is_null()
    return task.where(Followup.key.in_(runs), still)
