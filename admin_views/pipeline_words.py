"""What a version changes, in the reader's words, under the names of its parts."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext
from peewee import Model

from admin_views.language import row_name
from admin_views.plain_words import choice_text
from schema.automations import Automation
from schema.base import label, plural
from schema.pipelines import StageStep
from schema.workflow.pipeline_changes import Change

TONES = {"added": "good", "taken": "late", "changed": "warn"}


def change_words(found: Iterable[Change]) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """For each part its plural and lines of tone, what happened, name, and columns that differ."""
    groups: dict[type[Model], list[tuple[str, str, str, str]]] = {}
    for change in found:
        columns = ", ".join(gettext(label(getattr(change.part, one))) for one in change.columns)
        line = (TONES[change.how], _how(change.how), _name(change), columns)
        groups.setdefault(change.part, []).append(line)
    return [(gettext(plural(part)), lines) for part, lines in groups.items()]


def _how(how: str) -> str:
    return {
        "added": gettext("Added"),
        "taken": gettext("Taken out"),
        "changed": gettext("Changed"),
    }[how]


def _name(change: Change) -> str:
    if change.part is StageStep:
        return " → ".join(row_name(name) for name in change.names)
    if change.part is Automation:
        stage, event, action = change.names
        acts = choice_text(Automation.event, event), choice_text(Automation.action, action)
        return f"{row_name(stage)}: {' → '.join(acts)}"
    return ": ".join(row_name(name) for name in change.names)
