"""What a version changes, in the reader's words, under the names of its parts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import Any

from flask_babel import gettext
from peewee import Field, ForeignKeyField, Model

from admin_views.language import row_name
from admin_views.plain_words import choice_text, sayer
from schema.automations import Automation
from schema.base import label, plural
from schema.pipelines import StageStep
from schema.workflow.pipeline_changes import Change

TONES = {"added": "good", "taken": "late", "changed": "warn"}


def change_words(found: Iterable[Change]) -> list[tuple[str, list[tuple[str, str, str, str]]]]:
    """For each part its plural and lines of tone, what happened, name, and columns that differ."""
    groups: dict[type[Model], list[tuple[str, str, str, str]]] = {}
    for change in found:
        line = (TONES[change.how], _how(change.how), _name(change), _columns(change))
        groups.setdefault(change.part, []).append(line)
    return [(gettext(plural(part)), lines) for part, lines in groups.items()]


def _columns(change: Change) -> str:
    """«Standard time: 30 min → 45 min»; of a reference or a place in the row the name alone."""
    fields = [getattr(change.part, name) for name in change.columns]
    said = []
    for field, was, becomes in zip_longest(fields, change.was, change.becomes):
        words = gettext(label(field))
        if change.was and not isinstance(field, ForeignKeyField) and field.name != "position":
            words = f"{words}: {_said(field, was)} → {_said(field, becomes)}"
        said.append(words)
    return ", ".join(said)


def _said(field: Field, value: Any) -> str:
    return "–" if value in (None, "") else sayer(field)(value)


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
