"""Moving a card: one allowed step, by the right person, past gates that are open; or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.cards import Card, CardStep
from schema.pipelines import Stage, StageStep
from schema.prepared import at_once, prepared, row_to_put
from schema.sayings import RowNames
from schema.staff import Role, Staff, StaffRole
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.automations import run_moved
from schema.workflow.card_rows import locked_cards_of, open_holds_of
from schema.workflow.gates import (
    drafts_of,
    empty_fields_of,
    field_facts,
    missing_for,
    points_of,
    refuse_missing,
)
from schema.workflow.holding import refuse_held
from schema.workflow.refusing import one_spoken_act
from schema.workflow.runs import card_moved
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
    with one_spoken_act():
        asked = at_once(locked_cards_of.asked(card_id), open_holds_of.asked(card_id))
        card, held = _there(asked[0]), next(iter(asked[1]), None)
        repeated = _already(card, to_stage_id, by, seen)
        if repeated is not None:
            return repeated
        ways, roles, points, drafts, empty = at_once(
            _ways_from.asked(card.stage_id),
            _roles_named_for.asked(card.stage_id),
            points_of.asked(card.stage_id),
            drafts_of.asked(card.id),
            empty_fields_of.asked(*field_facts(card)),
        )
        allowed = _allowed(card, ways, to_stage_id)
        _refuse_other_role(dict(roles), by)
        refuse_held(held)
        lines = settled(card, points, by=by, now=now)
        if not forced:
            refuse_missing(missing_for(allowed, lines, drafts=drafts, empty=empty))
        return take_step(
            card, to_stage_id, by=by, now=now, step=allowed, forced=forced, reason=reason
        )


def reopen(card_id: int, to_stage_id: int, *, by: int, now: dt.datetime, reason: str) -> CardStep:
    """Take a closed card up again at an open stage of its pipeline; raises Refused."""
    with one_spoken_act():
        card = locked(card_id)
        if card.closed_at is None:
            raise Refused("This card is open already.")
        refuse_no_reason(reason)
        return take_step(card, to_stage_id, by=by, now=now, mode="reopen", reason=reason)


def take_step(
    card: Card,
    to_stage_id: int,
    *,
    by: int | None,
    now: dt.datetime,
    pipeline: int | None = None,
    **facts: object,
) -> CardStep:
    """Write the next step of a locked card, and let both stages do what they do by themselves."""
    step = row_to_put(
        CardStep,
        card=card,
        number=card.step_count + 1,
        pipeline=pipeline or card.pipeline_id,
        from_stage=card.stage_id,
        to_stage=to_stage_id,
        at=now,
        by=by,
        **facts,
    )
    written, moved, plans = card_moved(card, step, to_stage_id, now=now)
    run_moved(moved, plans, now=now)
    return written


def ways_on(card: Card) -> list[StageStep]:
    """The steps that the map allows from where the card stands: forward, then back, then lost."""
    return _in_order(_ways_from(card.stage_id))


def locked(card_id: int) -> Card:
    """The card as it is now; rivals wait for us until the end of the act. Raises Refused."""
    return _there(locked_cards_of(card_id))


def _there(found: list[Card]) -> Card:
    if not found:
        raise Refused("This card is not there.")
    return found[0]


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
