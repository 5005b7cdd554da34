"""The steps that a card's map allows from where it stands, and what is missing for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from peewee import Model

from admin_views import card_rights
from admin_views.card_links import where_done
from admin_views.language import row_name
from admin_views.policy import can
from admin_views.sentences import said
from schema.cards import Card, Tick
from schema.pipelines import StageStep
from schema.prepared import at_once
from schema.workflow.closing import and_left_open
from schema.workflow.gates import (
    Line,
    Missing,
    Rows,
    drafts_of,
    empty_fields_of,
    field_facts,
    missing_for,
)
from schema.workflow.steps import ways_on


def steps_from(
    card: Card, record: Model | None, lines: Sequence[Line]
) -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
    """The steps that the person may take, and the gate before those that lead on.

    The gate names what is missing also for who may read the checklist and moves nothing; None
    where nothing is. `lines` are the control points of the card. Two questions, and one where a
    step ends the card.
    """
    moves = card_rights.may_move()
    if card.closed_at is not None or not (moves or can("read", Tick)):
        return [], None
    here = [line for line in lines if line.point.stage_id == card.stage_id]
    draft, empty = _unwritten(card) if moves else (False, ())
    told = []
    for step in ways_on(card):
        missing = missing_for(step, here, draft=draft, empty=empty)
        ends = step.to_stage.category == "done"
        told.append((step, and_left_open(card.id, missing) if ends else missing))
    gate = _gate(card, record, told, {line.point.id: line for line in here})
    return [_way(step, missing) for step, missing in told] if moves else [], gate


def _unwritten(card: Card) -> tuple[bool, Rows]:
    """Whether the order is a draft; the clinic's own fields that are still empty."""
    drafts, empty = at_once(drafts_of.asked(card.id), empty_fields_of.asked(*field_facts(card)))
    return bool(drafts), empty


def _way(step: StageStep, missing: list[Missing]) -> dict[str, Any]:
    return {
        "stage": step.to_stage_id,
        "name": row_name(step.to_stage.name),
        "back": step.back,
        "lost": step.to_stage.category == "lost",
        "missing": len(missing),
    }


def _gate(
    card: Card,
    record: Model | None,
    told: list[tuple[StageStep, list[Missing]]],
    lines: dict[int, Line],
) -> dict[str, Any] | None:
    """What the steps that lead on wait for: control points keep all of them, some are ends.

    A reason forces those that wait for nothing `absolute`.
    """
    ahead = [one for one in told if not one[0].back and one[0].to_stage.category != "lost"]
    shut = [(step, missing) for step, missing in ahead if missing]
    if not shut:
        return None
    missing = max((missing for _, missing in shut), key=len)
    forced = [step for step, missing in shut if not any(one.absolute for one in missing)]
    return {
        "stages": [(step.to_stage_id, row_name(step.to_stage.name)) for step, _ in shut],
        "forced": [(step.to_stage_id, row_name(step.to_stage.name)) for step in forced],
        "things": [_thing(one, card, record, lines) for one in missing],
        "points": {one.point.id for one in missing if one.point is not None},
    }


def _thing(
    one: Missing, card: Card, record: Model | None, lines: dict[int, Line]
) -> dict[str, Any]:
    """A sentence, and how it is put right: by a tick, by the label of a lot, or elsewhere."""
    line = lines.get(one.point.id) if one.point is not None else None
    by_tick = line is not None and line.ready and card_rights.may_tick()
    scans = line is not None and not by_tick and one.evidence == "lot"
    elsewhere = not by_tick and one.evidence != "tick"
    return {
        "says": said(one.says, one.facts),
        "name": row_name(one.point.name) if one.point is not None else "",
        "ticks": line.point.id if line is not None and by_tick else None,
        "scans_lot": scans and card_rights.may_use_lot(),
        "url": where_done(one.evidence, card, record) if elsewhere else None,
    }
