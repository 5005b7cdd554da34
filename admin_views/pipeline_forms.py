"""What the forms of a draft's map offer to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext

from admin_views.language import row_name
from admin_views.pipeline_rows import Place
from admin_views.plain_words import code_text
from admin_views.policy import can, scoped
from schema.automations import ACTIONS, CHILDREN, EVENTS, TIMES
from schema.pipeline_terms import BLOCKS, CATEGORIES, CLOCKS, EVIDENCE
from schema.pipelines import Pipeline
from schema.recall import RecallRule
from schema.staff import Role
from schema.wording_words import PLACEHOLDERS
from schema.workflow.pipeline_points import child_pipelines

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
    }


def said_words() -> dict[str, dict[str, str]]:
    """The words of what a stage and its points are, for their descriptions."""
    told = {"said_category": CATEGORIES, "said_clock": CLOCKS, "said_evidence": EVIDENCE}
    return {
        name: {code: gettext(word) for code, word in words.items()} for name, words in told.items()
    }
