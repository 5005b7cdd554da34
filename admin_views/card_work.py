"""What a card is about: the facts of its record that a list shows, and the teeth of its order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.chart import ARCHES, MILK_ARCHES, spans_of, teeth_along
from admin_views.details import facts_by_name
from admin_views.order_state import may_see
from admin_views.own_records import own_facts
from admin_views.policy import can, scoped
from admin_views.preferred import preferences_of
from admin_views.tablet_limits import within_reach
from schema.base import option, singular, table_name
from schema.orders import LabOrder
from schema.pipeline_terms import BLOCKS
from schema.tracks import Track
from schema.workflow.chart import Mark, chart_of

# What a work is made by, beside what its list shows.
MADE_BY = ("material", "shade", "incisal_shade", "stump_shade", "notes")
Joined = set[frozenset[int]]


def order_on(record: Model | None) -> LabOrder | None:
    """The order that a record is, or whose process it is, when the person may know it."""
    if isinstance(record, Track):
        found: LabOrder | None = scoped(LabOrder).where(LabOrder.id == record.order_id).first()
        return found
    return record if isinstance(record, LabOrder) else None


def work_of(record: Model | None) -> dict[str, Any] | None:
    """Heading, facts (label, value, help) and teeth of an inquiry, plan, claim or order.

    Only what the person may read, and of that only what is known; None where nothing is.
    """
    if record is None:
        return None
    shown, known = facts_by_name(type(record), record)
    names = [
        name for name in option(type(record), "shown", ()) if name in known and "." not in name
    ]
    own = own_facts(type(record), record, filled=True)
    if isinstance(record, LabOrder):  # the ticket stands in the heading of the page
        rest = (name for name in MADE_BY if name in known)
        names = [*(name for name in names if name != "ticket"), *rest]
        return _work_of_order(record, [*(shown[n] for n in names if n in shown), *own])
    facts = [*(shown[name] for name in names if name in shown), *own]
    return {"name": gettext(singular(type(record))), "facts": facts} if facts else None


def _work_of_order(order: LabOrder, facts: list[tuple]) -> dict[str, Any]:
    known, joined = _teeth_of(order)
    if wishes := preferences_of(order):
        facts.append((gettext("The dentist always wants"), "; ".join(wishes), ""))
    edit = url_for(f"{table_name(LabOrder)}.edit_view", id=order.id)
    return {
        "name": gettext(BLOCKS["parameters"]),
        "facts": facts,
        "arches": arches_of(known, joined),
        "units": ", ".join(spans_of(known, joined)),
        "edit": within_reach(edit) if can("edit", LabOrder) else None,
    }


def units_of(order: LabOrder) -> str:
    """The teeth of an order with their connectors, such as `12=11, 36`; empty without the right."""
    return ", ".join(spans_of(*_teeth_of(order)))


def _teeth_of(order: LabOrder) -> tuple[dict[int, Mark], Joined]:
    """What each tooth gets, and which are joined; nothing without the right to it."""
    if not may_see(order):
        return {}, set()
    marks, joins = chart_of(order)
    return {mark.tooth: mark for mark in marks}, {frozenset(pair) for pair in joins}


def arches_of(known: dict[int, Mark], joined: Joined) -> list[list[dict[str, Any]]]:
    """Both arches as a picture: the part of each tooth, and whether it is joined to the next.

    Arches of milk teeth come too where one of them is made; nothing where no tooth is.
    """
    if not known:
        return []
    sets = [(ARCHES, 8)] + ([(MILK_ARCHES, 5)] if any(tooth > 50 for tooth in known) else [])
    return [
        _arch(teeth_along(right, left, last), known, joined)
        for arches, last in sets
        for right, left in arches
    ]


def _arch(row: list[int], known: dict[int, Mark], joined: Joined) -> list[dict[str, Any]]:
    joints = [frozenset(pair) in joined for pair in pairwise(row)] + [False]
    return [
        {"tooth": tooth, "part": known[tooth].part if tooth in known else "", "joined": joint}
        for tooth, joint in zip(row, joints, strict=True)
    ]
