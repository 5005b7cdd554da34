"""What a map shows: the stages of one version with all that hangs on them, in a few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext
from peewee import fn

from admin_views.language import row_name
from admin_views.plain_words import choice_text, code_text
from admin_views.policy import can, scoped
from admin_views.spans import span_text, wall_text
from schema.automations import Automation
from schema.cards import Card
from schema.pipelines import ControlPoint, Pipeline, Stage, StageStep
from schema.planning import WALL_CLOCKS
from schema.recall import RecallRule
from schema.staff import Role
from schema.stage_roles import StageRole


@dataclass
class Place:
    """One stage of a map: its words, its steps, and what it asks for and does by itself."""

    row: Stage
    name: str
    steps: list[tuple[StageStep, str]] = field(default_factory=list)
    points: list[ControlPoint] = field(default_factory=list)
    automations: list[tuple[Automation, str, str]] = field(default_factory=list)
    movers: list[tuple[StageRole, str]] = field(default_factory=list)
    cards: int | None = None


def places_of(pipeline: Pipeline) -> list[Place]:
    """All stages of a version in their order, as far as the person may know of their parts."""
    rows = scoped(Stage).where(Stage.pipeline == pipeline).order_by(Stage.position)
    places = {row.id: Place(row, row_name(row.name)) for row in rows}
    keys = list(places)
    for step in scoped(StageStep).where(StageStep.from_stage.in_(keys)):
        places[step.from_stage_id].steps.append((step, places[step.to_stage_id].name))
    for place in places.values():
        place.steps.sort(key=lambda one: places[one[0].to_stage_id].row.position)
    points = scoped(ControlPoint).where(ControlPoint.stage.in_(keys))
    names = {}
    for point in points.order_by(ControlPoint.position, ControlPoint.id):
        places[point.stage_id].points.append(point)
        names[point.id] = row_name(point.name)
    _add_automations(places, names)
    _add_cards(places)
    return list(places.values())


def _add_automations(places: dict[int, Place], points: dict[int, str]) -> None:
    roles = _role_names()
    if can("read", StageRole):
        mine = StageRole.stage.in_(list(places)) & StageRole.ended_on.is_null()
        for mover in scoped(StageRole).where(mine).order_by(StageRole.id):
            places[mover.stage_id].movers.append((mover, roles.get(mover.role_id, "")))
    if not can("read", Automation):
        return
    rules = scoped(RecallRule) if can("read", RecallRule) else ()
    named = {"child": _names_by_code(scoped(Pipeline)), "recall": _names_by_code(rules)}
    mine = Automation.stage.in_(list(places))
    for one in scoped(Automation).where(mine).order_by(Automation.id):
        when, what = when_words(one, points), what_words(one, points, roles, named)
        places[one.stage_id].automations.append((one, when, what))


def _add_cards(places: dict[int, Place]) -> None:
    if can("read", Card):
        for place in places.values():
            place.cards = 0
        for stage, number in open_cards(Card.stage.in_(list(places)), Card.stage):
            places[stage].cards = number


def open_cards(which: Any, by: Any) -> list[tuple[int, int]]:
    """How many open cards that the person may know of, by a column of Card."""
    mine = scoped(Card, by, fn.COUNT(Card.id)).where(which, Card.closed_at.is_null())
    return list(mine.group_by(by).tuples())


def when_words(one: Automation, points: dict[int, str]) -> str:
    """When an automation acts: «A card enters the stage, after 2 h»."""
    words = choice_text(Automation.event, one.event)
    if one.control_point_id:
        words = gettext("Ticked: %(point)s", point=points.get(one.control_point_id, ""))
    if one.delay_minutes:
        said = wall_text if one.delay_time == "calendar" else span_text
        after = gettext("after %(time)s", time=said(one.delay_minutes))
        counted = choice_text(Automation.delay_time, one.delay_time)
        words = f"{words}, {after} ({counted})"
    return words


def what_words(
    one: Automation, points: dict[int, str], roles: dict[int, str], named: dict[str, dict]
) -> str:
    """What an automation does: «Make a follow-up: Call the patient (Receptionist, within 2 h)»."""
    told = {
        "followup": row_name(one.text or ""),
        "notify": row_name(one.text or ""),
        "message": code_text(one.wording_code or ""),
        "child": named["child"].get(one.child_pipeline_code, one.child_pipeline_code or ""),
        "tick": points.get(one.ticks_id, ""),
        "recall": named["recall"].get(one.recall_rule_code, one.recall_rule_code or ""),
    }.get(one.action, "")
    words = choice_text(Automation.action, one.action) + (f": {told}" if told else "")
    if one.action == "child":
        words = f"{words} · {choice_text(Automation.child_each, one.child_each)}"
    said = ", ".join(filter(None, (roles.get(one.role_id, ""), _within(one), _route(one))))
    return f"{words} ({said})" if said else words


def _within(one: Automation) -> str:
    if one.action != "followup":
        return ""
    said = wall_text if one.delay_time == "calendar" else span_text
    return gettext("within %(time)s", time=said(one.due_minutes))


def _route(one: Automation) -> str:
    return gettext("route %(route)s", route=one.only_route) if one.only_route else ""


def lasts(stage: Stage) -> str:
    """The standard time of a stage: «8 h», or «3 days» where the clock on the wall counts."""
    said = wall_text if stage.clock in WALL_CLOCKS else span_text
    return said(stage.standard_minutes)


def _role_names() -> dict[int, str]:
    if not can("read", Role):
        return {}
    return {role.id: row_name(role.name) for role in scoped(Role)}


def _names_by_code(rows: Iterable[Any]) -> dict[str, str]:
    return {one.code: row_name(one.name) for one in rows}


def by_kind(pipelines: Iterable[Pipeline]) -> list[tuple[str, list[Pipeline]]]:
    """The pipelines under the words of their kinds, in the order they come."""
    found: defaultdict[str, list[Pipeline]] = defaultdict(list)
    for one in pipelines:
        found[choice_text(Pipeline.kind, one.kind)].append(one)
    return list(found.items())
