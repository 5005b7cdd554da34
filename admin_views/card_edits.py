"""What people changed on a card, its record and the clinic's own fields, for the timeline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from flask_babel import gettext
from peewee import JOIN, Expression, Model

from admin_views.card_timeline import MOST, Told
from admin_views.changes import Fact, tell
from admin_views.changes import Told as Change
from admin_views.columns import HOUSEKEEPING
from schema.audit import AuditChange, AuditEntry
from schema.base import table_name
from schema.cards import Card
from schema.custom import VALUES, CustomValue

LONGEST = 300
# What a step writes on its card: the step itself is a line of the timeline.
BY_STEPS = {"pipeline", "stage", "step_count", "closed_at", "closed_by", *HOUSEKEEPING}


def edits_of(card: Card, record: Model | None) -> list[Told]:
    """One line for each change of a row, with before and after of what the person may read."""
    found = AuditChange.select(AuditChange, AuditEntry.staff).join(AuditEntry, JOIN.LEFT_OUTER)
    newest = found.where(_about(card, record)).order_by(AuditChange.id.desc()).limit(MOST)
    edits = [one for one in newest.dicts() if _beyond_steps(one)]
    told = [_edit(one, change) for one, change in zip(edits, tell(edits), strict=True) if change]
    return [line for line in told if line is not None]


def _about(card: Card, record: Model | None) -> Expression:
    """Changes of the card and its record; of the clinic's own fields also the first value."""
    own = CustomValue.select(CustomValue.id).where(CustomValue.card == card)
    values = (AuditChange.table_name == table_name(CustomValue)) & AuditChange.row_id.in_(own)
    rows = [card] if record is None else [card, record]
    changed = reduce(or_, (_row(one) for one in rows)) & (AuditChange.act == "update")
    return changed | values


def _row(one: Model) -> Expression:
    return (AuditChange.table_name == table_name(type(one))) & (AuditChange.row_id == one._pk)


def _beyond_steps(change: dict[str, Any]) -> bool:
    """Whether a card was changed in more than what its steps say already."""
    if change["table_name"] != table_name(Card):
        return True
    by_steps = {Card._meta.combined[name].column_name for name in BY_STEPS & set(Card._meta.fields)}
    return bool(set(json.loads(change["after"] or "{}")) - by_steps)


def _edit(change: dict[str, Any], told: Change) -> Told | None:
    own = told.model is CustomValue
    facts = [
        one for one in told.facts if (one.column in VALUES if own else one.column not in BY_STEPS)
    ]
    if not facts:
        return None
    names = [told.name] if own else [one.label for one in facts]
    words = gettext("Changed: %(what)s", what=", ".join(names))
    return Told(change["at"], words, change["staff"], note=_said(facts)[:LONGEST])


def _tells(column: str, own: bool) -> bool:
    """Of a value of the clinic's own the value alone; else all but what a step writes."""
    return column in VALUES if own else column not in BY_STEPS


def _said(facts: Iterable[Fact]) -> str:
    return "; ".join(f"{one.before or '–'} → {one.after}" for one in facts)
