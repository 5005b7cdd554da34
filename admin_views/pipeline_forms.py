"""What the forms of a draft's map offer to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from peewee import Model

from admin_views.language import row_name
from admin_views.numbers_in import number_in
from admin_views.pipeline_rows import Place
from admin_views.plain_words import code_text
from admin_views.policy import can, scoped
from admin_views.spans import span_text
from schema.automations import ACTIONS, CHILDREN, EVENTS, TIMES
from schema.pipeline_terms import BLOCKS, CATEGORIES, CLOCKS, EVIDENCE
from schema.pipelines import Pipeline
from schema.recall import RecallRule
from schema.staff import Role
from schema.wording_words import PLACEHOLDERS
from schema.workflow.pipeline_abouts import abouts
from schema.workflow.pipeline_points import child_pipelines
from schema.workflow.routes import routes

WORDS = {
    "categories": CATEGORIES,
    "clocks": CLOCKS,
    "blocks": BLOCKS,
    "evidence": EVIDENCE,
    "events": EVENTS,
    "actions": ACTIONS,
    "times": TIMES,
    "each": CHILDREN,
}


def choices_of(pipeline: Pipeline, places: Sequence[Place]) -> dict[str, list[tuple[Any, str]]]:
    """Values and words of every select, by the name of the select."""
    known = {
        name: [(code, gettext(word)) for code, word in words.items()]
        for name, words in WORDS.items()
    }
    rules = scoped(RecallRule) if can("read", RecallRule) else []
    roles = scoped(Role).where(Role.ended_on.is_null()) if can("read", Role) else []
    return known | {
        "stages": [(place.row.id, place.name) for place in places],
        "points": [
            (point.id, f"{place.name}: {row_name(point.name)}")
            for place in places
            for point in place.points
        ],
        "roles": [(role.id, row_name(role.name)) for role in roles],
        "children": [(one.code, row_name(one.name)) for one in child_pipelines(pipeline)],
        "wordings": [(code, code_text(code)) for code in sorted(PLACEHOLDERS)],
        "recalls": [(rule.code, row_name(rule.name)) for rule in rules],
        "routes": [(one, one) for one in routes()],
    }


def about_groups(pipeline: Pipeline) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a control point can be about, under the words of its kind of evidence."""
    return [
        (
            gettext(EVIDENCE[evidence]),
            [(code, _about_words(names)) for code, names in known.items()],
        )
        for evidence, known in abouts(pipeline).items()
        if known
    ]


def _about_words(names: Iterable[str]) -> str:
    return ": ".join(row_name(name) for name in names)


@dataclass(frozen=True)
class Change:
    """The one control point or automation whose form stands open, and what its fields hold."""

    part: str
    row: int
    fields: Mapping[str, Any]


def change_of(places: Sequence[Place], asked: str, sent: Mapping[str, str]) -> Change | None:
    """What the address asks to change (`point-96`), or what was sent and refused."""
    part, _, key = asked.partition("-")
    act = sent.get("act", "")
    if act.startswith("set_"):
        part, key = act.removeprefix("set_"), sent.get("row", "")
    number = number_in(key)
    for place in places:
        for point in place.points if part == "point" else ():
            if point.id == number:
                return Change(part, point.id, sent or _kept(point, POINT))
        for one, *_ in place.automations if part == "automation" else ():
            if one.id == number:
                return Change(part, one.id, sent or _kept(one, AUTOMATION))
    return None


POINT = ("name", "block", "evidence", "about", "required")
AUTOMATION = (
    "event", "control_point", "delay_minutes", "delay_time", "action", "text", "role",
    "due_minutes", "wording_code", "child_pipeline_code", "child_each", "only_route", "ticks",
    "recall_rule_code", "active",
)  # fmt: skip


def _kept(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """The columns of a part as its form shows them; spans of time in words."""
    told = {name: row.__data__[name] for name in names} | {"seen": row.row_version}
    for name in {"delay_minutes", "due_minutes"} & set(told):
        told[name] = span_text(told[name]) if told[name] else ""
    return {name: "" if value is None else value for name, value in told.items()}


def said_words() -> dict[str, dict[str, str]]:
    """The words of what a stage and its points are, for their descriptions."""
    told = {"said_category": CATEGORIES, "said_clock": CLOCKS, "said_evidence": EVIDENCE}
    return {
        name: {code: gettext(word) for code, word in words.items()} for name, words in told.items()
    }
