"""What the page of a card shows: its way, what blocks it, its work, kin and timeline."""

from __future__ import annotations

from typing import Any

from flask import abort, url_for
from flask_babel import gettext
from peewee import Model

from admin_views import card_rights
from admin_views.by_name import BY_NAME
from admin_views.card_checklist import blocks_of
from admin_views.card_kin import hands_of, kin_of, told_kin
from admin_views.card_links import outside_of, record_of, rework_of, take_over_of
from admin_views.card_needs import steps_from
from admin_views.card_story import story_of
from admin_views.card_systems import systems_of
from admin_views.card_timeline import Told, reason_of, steps_of, with_names
from admin_views.card_work import order_on, work_of
from admin_views.language import row_name
from admin_views.menu import crumbs_of
from admin_views.order_parts import components_of, consents_of, photos_of
from admin_views.people import current_person
from admin_views.plain_words import clinic_zone
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook, name_of
from admin_views.today_blocks import Now
from admin_views.work_dates import dates_of
from schema.automation_runs import WAITING, AutomationRun
from schema.automations import ACTIONS, Automation
from schema.base import table_name, utcnow
from schema.cards import Card, CardStep, Tick
from schema.holds import HOLD_REASONS, Hold
from schema.orders import LabOrder
from schema.patients import Patient
from schema.pipeline_terms import CLOCKS
from schema.pipelines import Stage
from schema.staff import Staff
from schema.workflow.gates import Line, checklist
from schema.workflow.holding import open_hold


def facts_of(card: Card) -> dict[str, Any]:
    """Everything that the template draws, as far as the person at the screen may know it."""
    now = Now(current_person() or abort(401), utcnow(), clinic_zone())
    stages = list(Stage.select().where(Stage.pipeline == card.pipeline_id).order_by(Stage.position))
    steps, record, kin = steps_of(card), record_of(card), kin_of(card)
    lines = checklist(card) if can("read", Tick) or card_rights.may_move() else []
    told, hands, order = story_of(card, record, steps), hands_of([card, *kin]), order_on(record)
    ways, gate = steps_from(card, record, lines)
    book = _names(card, kin, lines, told, hands, order)
    shown = lines if card_rights.may_read_ticks(card.id) else []
    return {
        **_standing(card, stages, steps, hands, book, now),
        **_work(order, record, lines, now),
        "card": card,
        "title": _title(card, order, book),
        "crumbs": crumbs_of(Card),
        "record": _page_of(record),
        "ticket": url_for("ticket.index", number=order.id) if order is not None else "",
        "outside": outside_of(record),
        "board": url_for("board.show", code=card.pipeline.code, _anchor=f"card-{card.id}"),
        "pipeline": row_name(card.pipeline.name),
        "dates": dates_of(card, now.moment),
        "systems": systems_of(card, record, order, now.near),
        "take_over": take_over_of(card),
        "rework": rework_of(record, ways),
        "way": _way(card, stages, steps, gate, now),
        "forced": _forced(steps),
        "ways": ways,
        "gate": gate,
        "openings": [(one.id, row_name(one.name)) for one in stages if one.category == "open"],
        "blocks": blocks_of(card, shown, record, gate["points"] if gate else (), book, now),
        "kin": told_kin(card, kin, hands, book, now),
        "runs": _runs(card, now),
        "timeline": with_names(told, book, now),
        "people": _people() if card_rights.may_reassign() else [],
        "rights": card_rights,
        "reasons": [(code, gettext(words)) for code, words in HOLD_REASONS.items()],
        "clocks": [(code, gettext(words)) for code, words in CLOCKS.items()],
    }


def _standing(
    card: Card,
    stages: list[Stage],
    steps: list[CardStep],
    hands: dict[int, int],
    book: TitleBook,
    now: Now,
) -> dict[str, Any]:
    """Where the card is, since when, with whom, due when, and what strikes the eye."""
    here = next(stage for stage in stages if stage.id == card.stage_id)
    due = card.due_at if can("read", Card, "due_at") else None
    return {
        "here": row_name(here.name),
        "since": _since(card, steps, now),
        "holder": book.name(Staff, hands.get(card.id)),
        "due": now.near(due),
        "late": due is not None and card.closed_at is None and due < now.moment,
        "urgent": card.priority == "urgent" and can("read", Card, "priority"),
        "at_risk": card.at_risk and can("read", Card, "at_risk"),
        "on_hold": can("read", Hold) and open_hold(card.id) is not None,
        "held": _held(card, now),
    }


def _work(
    order: LabOrder | None, record: Model | None, lines: list[Line], now: Now
) -> dict[str, Any]:
    """What the card is about; of an order also its photos, components and consents."""
    found: dict[str, Any] = {"work": work_of(order or record)}
    if order is None:
        return found | {"photos": None, "parts": None, "consents": None}
    asked = [one.point.about for one in lines if one.point.evidence == "consent"]
    return found | {
        "photos": photos_of(order),
        "parts": components_of(order),
        "consents": consents_of(order, filter(None, asked), now),
    }


def _title(card: Card, order: LabOrder | None, book: TitleBook) -> str:
    """What stands on the card, and whose it is."""
    patient = book.name(Patient, order.patient_id) if order is not None else ""
    return " · ".join(filter(None, (book.name(Card, card.id), patient)))


def _names(
    card: Card,
    kin: list[Card],
    lines: list[Line],
    told: list[Told],
    hands: dict[int, int],
    order: LabOrder | None,
) -> TitleBook:
    """The names of all people and cards of the page, one question for each table."""
    people = {line.by_id for line in lines} | {one.by for one in told} | set(hands.values())
    book = TitleBook()
    wanted: dict[type[Model], set[int]] = {Card: {card.id, *(one.id for one in kin)}}
    wanted[Staff] = {key for key in people if key is not None}
    if order is not None and can("read", LabOrder, "patient"):
        wanted[Patient] = {order.patient_id}
    book.learn(wanted)
    return book


def _since(card: Card, steps: list[CardStep], now: Now) -> str:
    """When it came to where it stands; empty for who may not know its history."""
    if steps:
        return now.near(steps[-1].at)
    known = card.step_count == 0 and can("read", Card, "opened_at")
    return now.near(card.opened_at) if known else ""


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


def _way(
    card: Card,
    stages: list[Stage],
    steps: list[CardStep],
    gate: dict[str, Any] | None,
    now: Now,
) -> list[dict[str, Any]]:
    """The stages of the way: passed, here, or to come; before the next one stands the gate."""
    places = [_place(stage, card, steps, now) for stage in stages if stage.category != "lost"]
    if gate is not None:
        ahead = next(key for key, _ in gate["stages"])
        for place in places:
            if place["stage"] == ahead:
                place |= {"state": "held", "needs": len(gate["things"])}
    return places


def _place(stage: Stage, card: Card, steps: list[CardStep], now: Now) -> dict[str, Any]:
    came = [one.at for one in steps if one.to_stage_id == stage.id]
    is_here = stage.id == card.stage_id
    passed = bool(came) or (stage.opens and not is_here)
    return {
        "stage": stage.id,
        "name": row_name(stage.name),
        "state": "here" if is_here else "done" if passed else "",
        "at": now.near(came[-1]) if came else "",
        "needs": 0,
    }


def _runs(card: Card, now: Now) -> list[dict[str, str]]:
    """What stages will still do by themselves, the next first."""
    if not can("read", AutomationRun):
        return []
    waiting = (
        scoped(AutomationRun, AutomationRun, Automation)
        .join(Automation)
        .where(
            AutomationRun.card == card,
            WAITING,
        )
        .order_by(AutomationRun.due_at)
    )
    return [
        {
            "when": now.near(run.due_at),
            "what": gettext(ACTIONS[run.automation.action]),
            "text": row_name(run.automation.text or ""),
        }
        for run in waiting
    ]


def _held(card: Card, now: Now) -> str:
    """Why it waits and since when, in the words that the person may read."""
    held = scoped(Hold).where(Hold.card == card, Hold.ended_at.is_null()).first()
    if held is None:
        return ""
    parts = [gettext(HOLD_REASONS[held.reason]) if can("read", Hold, "reason") else ""]
    parts += [now.near(held.started_at) if can("read", Hold, "started_at") else ""]
    parts += [held.note or "" if can("read", Hold, "note") else ""]
    return " · ".join(filter(None, parts))


def _people() -> list[tuple[int, str]]:
    people = scoped(Staff).where(Staff.ended_on.is_null()).order_by(*BY_NAME)
    return [(one.id, name_of(one)) for one in people]
