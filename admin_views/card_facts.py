"""What the page of a card shows: its way, what blocks it, its checklist, kin and timeline."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views import card_rights
from admin_views.card_links import outside_of, parts_of, record_of, where_done
from admin_views.card_story import story_of
from admin_views.card_timeline import Told, reason_of, steps_of, with_names
from admin_views.card_work import work_of
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.plain_words import moment_text
from admin_views.policy import can, scoped
from admin_views.sentences import said
from admin_views.titles import TitleBook, name_of
from admin_views.work_dates import dates_of
from schema.automation_runs import WAITING, AutomationRun
from schema.automations import ACTIONS, Automation
from schema.base import table_name, utcnow
from schema.cards import Card, CardStep, Tick
from schema.holds import HOLD_REASONS, Hold
from schema.pipeline_terms import BLOCKS, CLOCKS
from schema.pipelines import Pipeline, Stage, StageStep
from schema.staff import Staff
from schema.workflow.gates import Line, blockers, checklist
from schema.workflow.holding import open_hold
from schema.workflow.steps import ways_on


def facts_of(card: Card) -> dict[str, Any]:
    """Everything that the template draws, as far as the person at the screen may know it."""
    stages = list(Stage.select().where(Stage.pipeline == card.pipeline_id).order_by(Stage.position))
    steps = steps_of(card)
    here = next(stage for stage in stages if stage.id == card.stage_id)
    record, kin = record_of(card), _kin_of(card)
    lines = checklist(card) if can("read", Tick) else []
    told = story_of(card, record, steps)
    book = _names(card, kin, lines, told)
    return {
        "card": card,
        "title": book.name(Card, card.id),
        "crumbs": crumbs_of(Card),
        "record": _page_of(record),
        "work": work_of(record),
        "parts": parts_of(record),
        "outside": outside_of(record),
        "board": url_for("board.show", code=card.pipeline.code, _anchor=f"card-{card.id}"),
        "pipeline": row_name(card.pipeline.name),
        "here": row_name(here.name),
        "since": _since(card, steps),
        "due": moment_text(card.due_at) if card.due_at and can("read", Card, "due_at") else "",
        "dates": dates_of(card, utcnow()),
        "holder": _holder(card, book),
        "urgent": card.priority == "urgent" and can("read", Card, "priority"),
        "at_risk": card.at_risk and can("read", Card, "at_risk"),
        "way": [_place(stage, card, steps) for stage in stages if stage.category != "lost"],
        "on_hold": can("read", Hold) and open_hold(card.id) is not None,
        "held": _held(card),
        "forced": _forced(steps),
        "ways": _ways(card, record),
        "openings": [(one.id, row_name(one.name)) for one in stages if one.category == "open"],
        "blocks": _blocks(card, lines, record, book),
        "kin": [_told_kin(one, card, book) for one in kin],
        "runs": _runs(card),
        "timeline": with_names(told, book),
        "people": _people() if card_rights.may_reassign() else [],
        "rights": card_rights,
        "reasons": [(code, gettext(words)) for code, words in HOLD_REASONS.items()],
        "clocks": [(code, gettext(words)) for code, words in CLOCKS.items()],
    }


def _names(card: Card, kin: list[Card], lines: list[Line], told: list[Told]) -> TitleBook:
    """The names of all people and cards of the page, one question for each table."""
    people = {line.by_id for line in lines} | {one.by for one in told}
    people |= {one.responsible_id for one in (card, *kin)}
    book = TitleBook()
    cards = {card.id, *(one.id for one in kin)}
    book.learn({Staff: {key for key in people if key is not None}, Card: cards})
    return book


def _holder(card: Card, book: TitleBook) -> str:
    return book.name(Staff, card.responsible_id) if can("read", Card, "responsible") else ""


def _since(card: Card, steps: list[CardStep]) -> str:
    """When it came to where it stands; empty for who may not know its history."""
    if steps:
        return moment_text(steps[-1].at)
    known = card.step_count == 0 and can("read", Card, "opened_at")
    return moment_text(card.opened_at) if known else ""


def _forced(steps: list[CardStep]) -> list[str]:
    """The reasons of all steps that were taken past a gate."""
    if not can("read", CardStep, "forced"):
        return []
    return [reason_of(one) for one in steps if one.forced]


def _page_of(record: Model | None) -> str | None:
    """The page of the order, process, inquiry, plan or claim that stands on the card."""
    if record is None:
        return None
    return url_for(f"{table_name(type(record))}.details_view", id=record._pk)


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


def _ways(card: Card, record: Model | None) -> list[dict[str, Any]]:
    """The steps from here; each with what is still missing for it."""
    if card.closed_at is not None or not card_rights.may_move():
        return []
    return [_way(card, step, record) for step in ways_on(card)]


def _way(card: Card, step: StageStep, record: Model | None) -> dict[str, Any]:
    missing = blockers(card, step)
    return {
        "stage": step.to_stage_id,
        "name": row_name(step.to_stage.name),
        "back": step.back,
        "lost": step.to_stage.category == "lost",
        "missing": [
            (said(one.says, one.facts), where_done(one.evidence, card, record)) for one in missing
        ],
    }


def _blocks(
    card: Card, lines: list[Line], record: Model | None, book: TitleBook
) -> list[dict[str, Any]]:
    """Control points by stage, the stage of the card first and open."""
    places: dict[int, dict[str, Any]] = {}
    for line in lines:
        stage = line.point.stage
        place = places.setdefault(
            stage.id,
            {"name": row_name(stage.name), "here": stage.id == card.stage_id, "lines": []},
        )
        waits = place["here"] and not (line.ready or line.ticked or card.closed_at)
        way = where_done(line.point.evidence, card, record) if waits else None
        scans = waits and line.point.evidence == "lot" and card_rights.may_use_lot()
        place["lines"].append(_line(line, way, book) | {"scans_lot": scans})
    return sorted(places.values(), key=lambda place: not place["here"])


def _line(line: Line, way: str | None, book: TitleBook) -> dict[str, Any]:
    """One point; `url` leads to where its evidence is made, while that lacks."""
    noted = line.note if can("read", Tick, "evidence_note") else None
    who = book.name(Staff, line.by_id) if line.ticked and can("read", Tick, "by") else ""
    return {
        "point": line.point.id,
        "name": row_name(line.point.name),
        "block": gettext(BLOCKS[line.point.block]),
        "required": line.point.required,
        "ticked": line.ticked,
        "ready": line.ready,
        "url": way,
        "who": who,
        "when": moment_text(line.at) if line.ticked and line.at else "",
        "note": noted or "",
    }


def _kin_of(card: Card) -> list[Card]:
    """The card above and those below with their stages, as far as the person may see them."""
    family = (Card.parent == card) | (Card.id == card.parent_id)
    found = scoped(Card, Card, Stage, Pipeline).join(Stage, on=Card.stage).join(Pipeline)
    found = found.where(family)
    return list(found.order_by(Card.parent.is_null(False), Card.id))


def _told_kin(one: Card, card: Card, book: TitleBook) -> dict[str, str]:
    return {
        "name": book.name(Card, one.id),
        "url": url_for("card_page.page", key=one.id),
        "stage": row_name(one.stage.name),
        "tone": "good" if one.closed_at else "info",
        "place": gettext("Above") if one.id == card.parent_id else gettext("Below"),
        "way": row_name(one.stage.pipeline.name),
        "holder": _holder(one, book),
    }


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


def _held(card: Card) -> str:
    """Why it waits and since when, in the words that the person may read."""
    held = scoped(Hold).where(Hold.card == card, Hold.ended_at.is_null()).first()
    if held is None:
        return ""
    parts = [gettext(HOLD_REASONS[held.reason]) if can("read", Hold, "reason") else ""]
    parts += [moment_text(held.started_at) if can("read", Hold, "started_at") else ""]
    parts += [held.note or "" if can("read", Hold, "note") else ""]
    return " · ".join(filter(None, parts))


def _people() -> list[tuple[int, str]]:
    people = scoped(Staff).where(Staff.ended_on.is_null()).order_by(Staff.last_name)
    return [(one.id, name_of(one)) for one in people]
