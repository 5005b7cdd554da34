"""How an automation is written down before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

COLUMNS = (
    "event",
    "action",
    "text",
    "wording_code",
    "child_pipeline_code",
    "recall_rule_code",
    "child_each",
    "only_route",
    "active",
)


@dataclass(frozen=True)
class Deed:
    """What a stage does by itself: when (event, delay) and what (action and what that needs)."""

    stage: str
    event: str
    action: str
    after: int = 0
    time: str = "working"
    text: str | None = None
    role: str | None = None
    due: int = 1440
    wording_code: str | None = None
    child_pipeline_code: str | None = None
    recall_rule_code: str | None = None
    child_each: str = "order"
    only_route: str | None = None
    point: str | None = None
    active: bool = True

    def columns(self) -> dict[str, Any]:
        """The columns that refer to no other row."""
        delay = {"delay_minutes": self.after, "delay_time": self.time, "due_minutes": self.due}
        return {**{name: getattr(self, name) for name in COLUMNS}, **delay}


def follow_up(stage: str, event: str, text: str, role: str | None = None, **more: Any) -> Deed:
    """A task for a role, or for the responsible person."""
    return Deed(stage, event, "followup", text=text, role=role, **more)


def notice(stage: str, event: str, text: str, role: str | None = None, **more: Any) -> Deed:
    """A word to a role, or to the responsible person."""
    return Deed(stage, event, "notify", text=text, role=role, **more)


def message(stage: str, event: str, wording: str, **more: Any) -> Deed:
    """A message to the patient or lead, by the wording in use."""
    return Deed(stage, event, "message", wording_code=wording, **more)


def risk(stage: str, event: str, after: int = 0) -> Deed:
    """The card counts as at risk."""
    return Deed(stage, event, "risk", after=after, time="calendar" if after else "working")


def child(stage: str, pipeline: str, **more: Any) -> Deed:
    """A card of another pipeline is opened below: for the work, or for each of its units."""
    return Deed(stage, "enter", "child", child_pipeline_code=pipeline, **more)


def on_routes(stage: str, pipeline: str, routes: str, each: str = "order") -> tuple[Deed, ...]:
    """Such cards for works of these routes only."""
    return tuple(
        child(stage, pipeline, child_each=each, only_route=route) for route in routes.split()
    )
