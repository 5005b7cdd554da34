"""Moving a card: one allowed step, by the right person, past gates that are open; or none."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.cards import Card, CardStep
from schema.pipelines import Stage, StageStep
from schema.prepared import prepared, put_row
from schema.sayings import RowNames
from schema.staff import Role, Staff, StaffRole
from schema.stage_roles import StageRole
from schema.workflow import Refused
from schema.workflow.automations import run_card
from schema.workflow.card_rows import cards_of, locked_cards_of
from schema.workflow.gates import refuse_blocked
from schema.workflow.holding import refuse_held
from schema.workflow.refusing import one_spoken_act
from schema.workflow.runs import card_entered, card_left
from schema.workflow.ticks import settle_locked


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
        card = locked(card_id)
        repeated = _already(card, to_stage_id, by, seen)
        if repeated is not None:
            return repeated
        allowed = _allowed(card, to_stage_id)
        _refuse_other_role(card, by)
        refuse_held(card)
        settle_locked(card, by=by, now=now)
        if not forced:
            refuse_blocked(card, allowed)
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
    card_left(card, now=now)
    written: CardStep = put_row(
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
    card_entered(cards_of.first(card.id), now=now)
    run_card(card.id, now=now)
    return written


def ways_on(card: Card) -> list[StageStep]:
    """The steps that the map allows from where the card stands: forward, then back, then lost."""
    return sorted(
        _ways_from(card.stage_id),
        key=lambda one: (one.to_stage.category == "lost", one.back, one.to_stage.position),
    )


def locked(card_id: int) -> Card:
    """The card as it is now; rivals wait for us until the end of the act. Raises Refused."""
    card: Card | None = locked_cards_of.first(card_id)
    if card is None:
        raise Refused("This card is not there.")
    return card


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


def _refuse_other_role(card: Card, by: int | None) -> None:
    """The roles named for the stage, if any, and whether the person has one of them."""
    roles = dict(_roles_named_for(card.stage_id))
    if by is None or not roles:
        return
    mine = StaffRole.select().where(
        StaffRole.staff == by, StaffRole.ended_on.is_null(), StaffRole.role.in_(list(roles))
    )
    if not mine.exists():
        raise Refused("From here cards are moved on by: %(roles)s.", roles=RowNames(roles.values()))


def _allowed(card: Card, to_stage: int) -> StageStep:
    if card.closed_at is not None:
        raise Refused("This card is closed. Reopen it before moving it.")
    ways = ways_on(card)
    found = next((way for way in ways if way.to_stage_id == to_stage), None)
    if found is None:
        names = RowNames([way.to_stage.name for way in ways] or ["—"])
        raise Refused("From here it can go to: %(stages)s.", stages=names)
    return found
