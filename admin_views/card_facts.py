"""What the page of a card shows: its way, what blocks it, its checklist, kin and timeline."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext

from admin_views import card_rights
from admin_views.card_links import where_done
from admin_views.columns import supertype_of
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.sentences import said
from admin_views.titles import name_of
from schema import TABLES
from schema.automation_runs import WAITING, AutomationRun
from schema.automations import ACTIONS, Automation
from schema.base import option, table_name
from schema.cards import Card, CardStep, Note, Tick
from schema.followups import Followup
from schema.holds import HOLD_REASONS, Hold
from schema.pipeline_terms import BLOCKS, CLOCKS
from schema.pipelines import Stage, StageStep
from schema.staff import Staff
from schema.workflow.gates import Line, blockers, checklist
from schema.workflow.holding import open_hold
from schema.workflow.steps import ways_on

MOST = 40


@dataclass(frozen=True)
class Told:
    """One line of the timeline."""

    at: dt.datetime
    words: str
    who: str
    tone: str = ""
    note: str = ""

    @property
    def when(self) -> str:
        return moment_text(self.at)


def facts_of(card: Card) -> dict[str, Any]:
    """Everything that the template draws."""
    stages = list(Stage.select().where(Stage.pipeline == card.pipeline_id).order_by(Stage.position))
    steps = list(CardStep.select().where(CardStep.card == card).order_by(CardStep.number))
    here = next(stage for stage in stages if stage.id == card.stage_id)
    since = steps[-1].at if steps else card.opened_at
    held = open_hold(card.id) if can("read", Hold) else None
    return {
        "card": card,
        "title": name_of(card),
        "crumbs": crumbs_of(Card),
        "record": _record(card),
        "board": url_for("board.show", code=card.pipeline.code, _anchor=f"card-{card.id}"),
        "here": row_name(here.name),
        "since": moment_text(since),
        "due": moment_text(card.due_at) if card.due_at else "",
        "holder": _name(card.responsible_id),
        "way": [_place(stage, card, steps) for stage in stages if stage.category != "lost"],
        "held": _held(held),
        "forced": [one for one in steps if one.forced],
        "ways": _ways(card),
        "openings": [(one.id, row_name(one.name)) for one in stages if one.category == "open"],
        "blocks": _checklist(card) if can("read", Tick) else [],
        "kin": _kin(card),
        "runs": _runs(card),
        "timeline": _timeline(card, steps),
        "people": _people() if card_rights.may_reassign() else [],
        "rights": card_rights,
        "reasons": [(code, gettext(words)) for code, words in HOLD_REASONS.items()],
        "clocks": [(code, gettext(words)) for code, words in CLOCKS.items()],
    }


def _record(card: Card) -> str | None:
    """The page of the order, process, inquiry, plan or claim that stands on the card."""
    for model in TABLES:
        key = supertype_of(model)
        if key is None or option(model, "kind") != card.kind or not can("read", model):
            continue
        row = scoped(model).where(key == card).first()
        if row is not None:
            return url_for(f"{table_name(model)}.details_view", id=row.id)
    return None


def _place(stage: Stage, card: Card, steps: list[CardStep]) -> dict[str, str]:
    """A stage of the way: passed, here, or to come."""
    came = [one.at for one in steps if one.to_stage_id == stage.id]
    is_here = stage.id == card.stage_id
    passed = bool(came) or (stage.opens and not is_here)
    state = "here" if is_here else "done" if passed else ""
    return {
        "name": row_name(stage.name),
        "state": state,
        "at": moment_text(came[-1]) if came else "",
    }


def _ways(card: Card) -> list[dict[str, Any]]:
    """The steps from here; each with what is still missing for it."""
    if card.closed_at is not None or not card_rights.may_move():
        return []
    return [_way(card, step) for step in ways_on(card)]


def _way(card: Card, step: StageStep) -> dict[str, Any]:
    missing = blockers(card, step.to_stage_id)
    return {
        "stage": step.to_stage_id,
        "name": row_name(step.to_stage.name),
        "back": step.back,
        "lost": step.to_stage.category == "lost",
        "missing": [(said(one.says, one.facts), where_done(one, card)) for one in missing],
    }


def _checklist(card: Card) -> list[dict[str, Any]]:
    """Control points by stage, the stage of the card first and open."""
    places: dict[int, dict[str, Any]] = {}
    for line in checklist(card):
        stage = line.point.stage
        place = places.setdefault(
            stage.id,
            {"name": row_name(stage.name), "here": stage.id == card.stage_id, "lines": []},
        )
        place["lines"].append(_line(line))
    return sorted(places.values(), key=lambda place: not place["here"])


def _line(line: Line) -> dict[str, Any]:
    return {
        "point": line.point.id,
        "name": row_name(line.point.name),
        "block": gettext(BLOCKS[line.point.block]),
        "required": line.point.required,
        "ticked": line.ticked,
        "ready": line.ready,
        "by_hand": line.point.evidence == "tick",
        "who": _name(line.by_id) if line.ticked else "",
        "when": moment_text(line.at) if line.ticked and line.at else "",
        "note": line.note or "",
    }


def _kin(card: Card) -> list[dict[str, str]]:
    """The card above and those below, as far as the person may see them."""
    cards = scoped(Card).where((Card.parent == card) | (Card.id == card.parent_id))
    return [
        {
            "name": name_of(one),
            "url": url_for("card_page.page", key=one.id),
            "stage": row_name(Stage.get_by_id(one.stage_id).name),
            "tone": "good" if one.closed_at else "info",
            "place": gettext("Above") if one.id == card.parent_id else gettext("Below"),
            "holder": _name(one.responsible_id),
        }
        for one in cards.order_by(Card.parent.is_null(False), Card.id)
    ]


def _runs(card: Card) -> list[dict[str, str]]:
    """What stages will still do by themselves, the next first."""
    if not can("read", AutomationRun):
        return []
    waiting = (
        AutomationRun.select(AutomationRun, Automation)
        .join(Automation)
        .where(
            AutomationRun.card == card,
            WAITING,
        )
        .order_by(AutomationRun.due_at)
    )
    return [
        {
            "when": moment_text(run.due_at),
            "what": gettext(ACTIONS[run.automation.action]),
            "text": row_name(run.automation.text or ""),
        }
        for run in waiting
    ]


def _held(held: Hold | None) -> str:
    if held is None:
        return ""
    words = gettext(HOLD_REASONS[held.reason])
    return f"{words} · {moment_text(held.started_at)}" + (f" · {held.note}" if held.note else "")


def _timeline(card: Card, steps: list[CardStep]) -> list[Told]:
    """Steps, ticks, notes, holds and follow-ups, the newest first, as the rights allow."""
    told: list[Told] = [_step(one) for one in steps] if can("read", CardStep) else []
    if can("read", Tick):
        told += [_ticked(one) for one in Tick.select().where(Tick.card == card)]
    if can("read", Note):
        notes = scoped(Note).where(Note.card == card)
        told += [Told(one.at, one.text, _name(one.by_id), "note") for one in notes]
    if can("read", Followup):
        asked = scoped(Followup).where(Followup.card == card)
        told += [Told(one.created_at, row_name(one.subject), "") for one in asked]
    return sorted(told, key=lambda one: one.at, reverse=True)[:MOST]


def _step(step: CardStep) -> Told:
    words = f"{row_name(step.from_stage.name)} → {row_name(step.to_stage.name)}"
    if step.forced:
        words = gettext("Forced: %(step)s", step=words)
    return Told(step.at, words, _name(step.by_id), "act", step.reason or "")


def _ticked(tick: Tick) -> Told:
    name = row_name(tick.control_point.name)
    words = name if tick.done else gettext("Tick taken back: %(point)s", point=name)
    return Told(tick.at, words, _name(tick.by_id), "", tick.evidence_note or "")


def _name(staff: int | None) -> str:
    """A colleague's name, where it may be read; empty for what came by itself."""
    if staff is None or not can("read", Staff, "last_name"):
        return ""
    return name_of(Staff.get_by_id(staff))


def _people() -> list[tuple[int, str]]:
    people = scoped(Staff).where(Staff.ended_on.is_null()).order_by(Staff.last_name)
    return [(one.id, name_of(one)) for one in people]
