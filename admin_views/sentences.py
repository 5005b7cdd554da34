"""Sentences of verbs and columns in the reader's language: translated first, then their facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from admin_views.language import row_name
from schema.sayings import Noun, Nouns, RowNames, Sayings, Unfit
from schema.workflow import Refused


def in_words(error: Exception) -> str:
    """What a refusal says, in the reader's language."""
    if isinstance(error, Refused | Unfit):
        return said(error.says, error.facts)
    return str(error)


def said(sentence: str, facts: Mapping[str, Any]) -> str:
    """A sentence with its facts; those that are words of the house are translated too."""
    words = gettext(sentence)
    return words % {name: _fact(value) for name, value in facts.items()} if facts else words


def _fact(value: Any) -> Any:
    if isinstance(value, Sayings):
        return "; ".join(said(says, facts) for says, facts in value.parts)
    if isinstance(value, RowNames):
        return value.glue.join(row_name(part) for part in value.parts)
    if isinstance(value, Nouns):
        return value.glue.join(gettext(part) for part in value.parts)
    if isinstance(value, Noun):
        return gettext(value)
    return in_words(value) if isinstance(value, Refused | Unfit) else value
