"""Who may look at the maps of pipelines, draw them, and take running cards over."""

from __future__ import annotations

from peewee import Model

from admin_views.policy import WRITES, can, granted, may_write, scope
from schema.automations import Automation
from schema.cards import Card, CardStep
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.stage_roles import StageRole

# Every part of a map, with columns that stand for all that is drawn.
PARTS: dict[type[Model], tuple[str, ...]] = {
    Pipeline: ("kind", "code", "name", "version"),
    Stage: ("name", "position", "category", "opens", "wip_limit", "standard_minutes", "clock"),
    StageStep: ("from_stage", "to_stage", "back"),
    ControlPoint: ("name", "position", "block", "evidence", "about", "required"),
    StageRole: ("stage", "role"),
    Automation: ("stage", "event", "action", "text", "child_pipeline_code"),
}
SEEN = (Pipeline, Stage, StageStep, ControlPoint)


def may_look() -> bool:
    """Whether the person at the screen may see the maps of all pipelines."""
    return all(can("read", part) and scope(part) is None for part in SEEN)


def may_draw() -> bool:
    """Whether they may make versions, draw and publish them: every part, in every pipeline."""
    whole = all(scope(part, verb) is None for part in PARTS for verb in WRITES)
    return may_look() and whole and all(may_write(part, *names) for part, names in PARTS.items())


def may_transfer() -> bool:
    """Whether they may take running cards over to another version or pipeline."""
    return may_look() and can("read", Card) and granted("create", CardStep, "mode")
