"""Moving a card: one allowed step, by the right person, past gates that are open; or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from peewee import IntegrityError

from schema.cards import Card, CardStep
from schema.database import database
from schema.kept import keeping, kept
from schema.pipelines import Stage, StageStep
from schema.prepared import at_once, prepared, row_to_put
from schema.sayings import RowNames
from schema.staff import Role, Staff, StaffRole
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.automations import step_taken
from schema.workflow.card_rows import Facts, facts_of, locked_cards_of
from schema.workflow.closing import and_left_open
from schema.workflow.gates import (
    empty_fields_of,
    field_facts,
    missing_for,
    points_of,
    refuse_missing,
    required_fields_of,
)
from schema.workflow.holding import open_hold, refuse_held
from schema.workflow.refusing import one_spoken_act
from schema.workflow.ticks import settled


def move(
    card_id: int,
    to_stage_id: int,
    *,
    by: int | None,
    now: dt.datetime,
    seen: int | None = None,
    forced: bool = False,
    reason: str | None = None,
) -> CardStep:
    """Take a card one allowed step; a second click of the same person gives the same step.

    `seen` is the card's step_count as the screen showed it. Points whose evidence is there tick
    themselves first. Raises Refused when somebody else moved the card meanwhile, when the map has
    no such step, when the card is on hold, or naming everything that blocks it.
    """
    told: dict[str, Any] = {"by": by, "now": now, "seen": seen, "forced": forced, "reason": reason}
    if database.in_transaction():
        return _move(card_id, to_stage_id, **told)
    try:
        return _move(card_id, to_stage_id, **told, alone=True)
    except Refused as refusal:
        if not isinstance(refusal.__cause__, IntegrityError):
            raise
    # The database refused a row: were it a reminder's, the step goes on without it.
    return _move(card_id, to_stage_id, **told)


def _move(
    card_id: int,
    to_stage_id: int,
    *,
    by: int | None,
    now: dt.datetime,
    seen: int | None,
    forced: bool,
    reason: str | None,
    alone: bool = False,
) -> CardStep:
    """The same; an act that is `alone` has changed nothing before, and ends with the step."""
    with one_spoken_act():
        card, facts = standing(card_id)
        with keeping(facts.stamp if alone else None):
            repeated = _already(card, to_stage_id, by, seen)
            if repeated is not None:
                return repeated
            allowed, points = _let_go(card, facts, to_stage_id, by=by, now=now, forced=forced)
            # A tick of the gate may have planned something that the step overtakes.
            facts = facts._replace(waiting=facts.waiting or points)
            lost = allowed.to_stage.category == "lost"
            told: dict[str, Any] = {"step": allowed, "forced": forced, "reason": reason}
            return take_step(
                card, facts, to_stage_id, by=by, now=now, ends=alone, lost=lost, **told
            )


def reopen(card_id: int, to_stage_id: int, *, by: int, now: dt.datetime, reason: str) -> CardStep:
    """Take a closed card up again at an open stage of its pipeline; raises Refused."""
    with one_spoken_act():
        card, facts = standing(card_id)
        if card.closed_at is None:
            raise Refused("This card is open already.")
        refuse_no_reason(reason)
        return take_step(card, facts, to_stage_id, by=by, now=now, mode="reopen", reason=reason)


def take_step(
    card: Card,
    facts: Facts,
    to_stage_id: int,
    *,
    by: int | None,
    now: dt.datetime,
    pipeline: int | None = None,
    ends: bool = False,
    lost: bool = False,
    **told: object,
) -> CardStep:
    """Write the next step of a card that is `standing`, and let both stages do what they do."""
    step = row_to_put(
        CardStep,
        card=card,
        number=card.step_count + 1,
        pipeline=pipeline or card.pipeline_id,
        from_stage=card.stage_id,
        to_stage=to_stage_id,
        at=now,
        by=by,
        **told,
    )
    step_taken(card, to_stage_id, step, facts, now=now, ends=ends, lost=lost)
    written: CardStep = step.row
    return written


def ways_on(card: Card) -> list[StageStep]:
    """The steps that the map allows from where the card stands: forward, then back, then lost."""
    return _in_order(_ways_from(card.stage_id))


def locked(card_id: int) -> Card:
    """The card as it is now; rivals wait for us until the end of the act. Raises Refused."""
    return _there(locked_cards_of(card_id))


def standing(card_id: int) -> tuple[Card, Facts]:
    """The same, with what concerns its next step."""
    found, facts = at_once(locked_cards_of.asked(card_id), facts_of(card_id))
    return _there(found), facts


def _there(found: list[Card]) -> Card:
    if not found:
        raise Refused("This card is not there.")
    return found[0]


def _let_go(
    card: Card, facts: Facts, to_stage: int, *, by: int | None, now: dt.datetime, forced: bool
) -> tuple[StageStep, bool]:
    """The step of the map, once nothing holds the card back, and whether there was a gate.

    Points whose evidence is there tick themselves first.
    """
    ways, roles, points, fields = kept(
        _ways_from.asked(card.stage_id),
        _roles_named_for.asked(card.stage_id),
        points_of.asked(card.stage_id),
        required_fields_of.asked(*field_facts(card)[1:]),
    )
    allowed = _allowed(card, ways, to_stage)
    _refuse_other_role(dict(roles), by)
    refuse_held(open_hold(card.id) if facts.held else None)
    lines = settled(card, points, by=by, now=now)
    missing = []
    if not forced:
        empty = empty_fields_of(*field_facts(card)) if fields else ()
        missing = missing_for(allowed, lines, draft=facts.draft, empty=empty)
    if allowed.to_stage.category != "open":
        missing = and_left_open(card.id, missing)
    refuse_missing(missing)
    return allowed, bool(points)


def _in_order(ways: list[StageStep]) -> list[StageStep]:
    return sorted(
        ways, key=lambda one: (one.to_stage.category == "lost", one.back, one.to_stage.position)
    )


@prepared
def _ways_from(stage: Any) -> Any:
    steps = StageStep.select(StageStep, Stage).join(Stage, on=StageStep.to_stage)
    return steps.where(StageStep.from_stage == stage)


@prepared
def _roles_named_for(stage: Any) -> Any:
    named = StageRole.select(Role.id, Role.name).join(Role)
    named = named.where(StageRole.stage == stage, StageRole.ended_on.is_null())
    return named.order_by(Role.name).tuples()


def refuse_no_reason(reason: str | None) -> None:
    if not (reason or "").strip():
        raise Refused("Write the reason; it stays on the card.")


def _already(card: Card, to_stage: int, by: int | None, seen: int | None) -> CardStep | None:
    """The step that this very click took before; Refused when another one moved the card."""
    if seen is None or seen == card.step_count:
        return None
    last = CardStep.get_or_none(CardStep.card == card, CardStep.number == card.step_count)
    if last is None:
        raise Refused("This page is out of date. Look at the card again.")
    if seen == card.step_count - 1 and last.to_stage_id == to_stage and last.by_id == by:
        return last
    mover = Staff.get_or_none(Staff.id == last.by_id)
    raise Refused(
        "This card was moved meanwhile: %(who)s took it to %(stage)s. Look again.",
        who=mover or "—",
        stage=RowNames([Stage.get_by_id(card.stage_id).name]),
    )


def _refuse_other_role(roles: dict[int, str], by: int | None) -> None:
    """The roles named for the stage, if any, and whether the person has one of them."""
    if by is None or not roles:
        return
    mine = StaffRole.select().where(
        StaffRole.staff == by, StaffRole.ended_on.is_null(), StaffRole.role.in_(list(roles))
    )
    if not mine.exists():
        raise Refused("From here cards are moved on by: %(roles)s.", roles=RowNames(roles.values()))


def _allowed(card: Card, ways: list[StageStep], to_stage: int) -> StageStep:
    if card.closed_at is not None:
        raise Refused("This card is closed. Reopen it before moving it.")
    found = next((way for way in ways if way.to_stage_id == to_stage), None)
    if found is None:
        names = RowNames([way.to_stage.name for way in _in_order(ways)] or ["—"])
        raise Refused("From here it can go to: %(stages)s.", stages=names)
    return found
