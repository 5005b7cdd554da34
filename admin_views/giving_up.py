"""A card is given up with a reason, wherever somebody at a screen does it."""

from __future__ import annotations

from schema.pipelines import Stage
from schema.workflow.steps import refuse_no_reason


def refuse_unexplained(stage: int, reason: str) -> None:
    """Raises Refused where the step leads to a stage of the lost and says not why."""
    if Stage.select().where(Stage.id == stage, Stage.category == "lost").exists():
        refuse_no_reason(reason)
