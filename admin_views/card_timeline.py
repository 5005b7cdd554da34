"""What happened to a card: steps, ticks, notes and follow-ups, the newest first, within rights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask_babel import gettext
from peewee import Model

from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from schema.cards import Card, CardStep, Note, Tick
from schema.followups import Followup
from schema.pipelines import ControlPoint, Stage
from schema.staff import Staff

MOST = 40


@dataclass(frozen=True)
class Told:
    """One line of the timeline; `by` is the key of who did it."""

    at: dt.datetime
    words: str
    by: int | None
    who: str = ""
    tone: str = ""
    note: str = ""
    when: str = ""
    url: str = ""  # a recording


def steps_of(card: Card) -> list[CardStep]:
    """The history of the card with its stages, oldest first; empty for who may not know it."""
    if not can("read", CardStep, "to_stage"):
        return []
    there, came = Stage.alias(), Stage.alias()
    found = (
        scoped(CardStep, CardStep, there, came)
        .join(there, on=(CardStep.to_stage == there.id), attr="to_stage")
        .switch(CardStep)
        .join(came, on=(CardStep.from_stage == came.id), attr="from_stage")
    )
    return list(found.where(CardStep.card == card).order_by(CardStep.number))


def reason_of(step: CardStep) -> str:
    """Why it was forced or sent back, for who may read that."""
    return (step.reason or "") if can("read", CardStep, "reason") else ""


def told_of(card: Card, steps: Iterable[CardStep]) -> list[Told]:
    """The newest lines, without names yet: the page looks all names up at once."""
    told = [_step(one) for one in steps]
    if can("read", Tick, "control_point"):
        ticks = scoped(Tick, Tick, ControlPoint).join(ControlPoint).where(Tick.card == card)
        told += [_ticked(one) for one in ticks.order_by(Tick.id.desc()).limit(MOST)]
    if can("read", Note, "text"):
        notes = scoped(Note).where(Note.card == card).order_by(Note.id.desc()).limit(MOST)
        told += [Told(one.at, one.text, _by(one), tone="note") for one in notes]
    if can("read", Followup, "subject"):
        asked = scoped(Followup).where(Followup.card == card)
        newest = asked.order_by(Followup.id.desc()).limit(MOST)
        told += [Told(one.created_at, row_name(one.subject), None) for one in newest]
    return sorted(told, key=lambda one: one.at, reverse=True)[:MOST]


def with_names(told: Iterable[Told], book: TitleBook, now: Now) -> list[Told]:
    """The same lines with who did it and when, from a book that learnt the names."""
    return [replace(one, who=book.name(Staff, one.by), when=now.near(one.at)) for one in told]


def _step(step: CardStep) -> Told:
    words = f"{row_name(step.from_stage.name)} → {row_name(step.to_stage.name)}"
    if step.forced and can("read", CardStep, "forced"):
        words = gettext("Forced: %(step)s", step=words)
    return Told(step.at, words, _by(step), tone="act", note=reason_of(step))


def _ticked(tick: Tick) -> Told:
    name = row_name(tick.control_point.name)
    words = name if tick.done else gettext("Tick taken back: %(point)s", point=name)
    note = (tick.evidence_note or "") if can("read", Tick, "evidence_note") else ""
    return Told(tick.at, words, _by(tick), note=note)


def _by(row: Model) -> int | None:
    """Who did it, for who may read that column."""
    return row.__data__["by"] if can("read", type(row), "by") else None
