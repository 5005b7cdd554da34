"""What a card shows on a board, as far as the person may know it; questions that do not grow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.board_needs import Needs, Words, needs_of
from admin_views.card_rights import cards_within, may_move
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from schema.among import among
from schema.cards import Card, CardStep
from schema.holds import HOLD_REASONS
from schema.lab import WorkType
from schema.orders import LabOrder
from schema.patients import Patient
from schema.staff import Staff
from schema.teeth import OrderTooth
from schema.tracks import Track
from schema.treatment import TreatmentPlan

Badge = tuple[str, str]


@dataclass(frozen=True)
class Face:
    """One card: what it is, whose, when due, who holds it, and what strikes the eye."""

    key: int
    stage_id: int
    steps: int
    title: str
    url: str
    patient: str
    work: str
    due: str
    late: bool
    holder: str
    initials: str
    tone: str
    badges: tuple[Badge, ...]
    progress: str
    lacks: tuple[Badge, ...]
    movable: bool


def faces_of(keys: list[int], kind: str, now: Now) -> dict[int, Face]:
    """A face for each card, by its key."""
    cards = list(Card.select().where(among(Card.id, keys))) if keys else []
    orders = _orders(keys, kind)
    book, patients = TitleBook(), _patients(keys, kind, orders)
    wanted: dict[type[Model], set[int]] = {Card: set(keys), Patient: set(patients.values())}
    wanted[WorkType] = {order["work_type"] for order in orders.values() if order.get("work_type")}
    if can("read", Card, "responsible"):
        wanted[Staff] = {card.responsible_id for card in cards if card.responsible_id}
    book.learn(wanted)
    teeth, needs = _teeth(orders), needs_of(cards)
    words = Words()
    movable = cards_within(CardStep, "create", keys) if may_move() else set()
    known = can("read", Card, "due_at")
    faces = {}
    for card in cards:
        order = orders.get(card.id, {})
        work = [book.name(WorkType, order.get("work_type"))]
        work += [] if order.get("named") else [teeth.get(order.get("id", 0), "")]
        due = card.due_at if known else None
        late = due is not None and due < now.moment
        holder, badges = book.name(Staff, card.responsible_id), _badges(card, needs[card.id])
        faces[card.id] = Face(
            key=card.id,
            stage_id=card.stage_id,
            steps=card.step_count,
            title=book.name(Card, card.id),
            url=url_for("card_page.page", key=card.id),
            patient=book.name(Patient, patients.get(card.id)),
            work=" · ".join(filter(None, work)),
            due=now.near(due),
            late=late,
            holder=holder,
            initials="".join(word[0] for word in holder.split()[:2]).upper(),
            tone="late" if late else "warn" if badges else "",
            badges=badges,
            progress=words.progress(needs[card.id]),
            lacks=(*_draft(order, kind), *words.lacks(needs[card.id])),
            movable=card.id in movable,
        )
    return faces


def _draft(order: dict[str, Any], kind: str) -> tuple[Badge, ...]:
    """No step leaves an order that nobody has registered."""
    return (("idle", gettext("draft")),) if kind == "order" and order.get("is_draft") else ()


def _orders(keys: list[int], kind: str) -> dict[int, dict[str, Any]]:
    """For each card the order that it is, or that its process belongs to."""
    if kind not in ("order", "track") or not can("read", LabOrder) or not keys:
        return {}
    names = [n for n in ("patient", "work_type", "is_draft") if can("read", LabOrder, n)]
    columns = [LabOrder.id, LabOrder.card, *(LabOrder._meta.fields[name] for name in names)]
    if kind == "order":
        rows = scoped(LabOrder, *columns).where(among(LabOrder.card, keys)).dicts()
        return {row["card"]: row for row in rows}
    if not can("read", Track, "order"):
        return {}
    tracks = scoped(Track, Track.card, Track.order, Track.name).where(among(Track.card, keys))
    of = {card: (order, bool(name)) for card, order, name in tracks.tuples()}
    rows = scoped(LabOrder, *columns).where(among(LabOrder.id, {key for key, _ in of.values()}))
    by_id = {row["id"]: row for row in rows.dicts()}
    return {
        card: {**by_id[order], "named": named}
        for card, (order, named) in of.items()
        if order in by_id
    }


def _patients(keys: list[int], kind: str, orders: dict[int, dict[str, Any]]) -> dict[int, int]:
    if kind == "plan" and can("read", TreatmentPlan, "patient") and keys:
        plans = scoped(TreatmentPlan, TreatmentPlan.card, TreatmentPlan.patient)
        return dict(plans.where(among(TreatmentPlan.card, keys)).tuples())
    return {key: order["patient"] for key, order in orders.items() if order.get("patient")}


def _teeth(orders: dict[int, dict[str, Any]]) -> dict[int, str]:
    """The teeth of each order, but for a process that has a name, made of its own teeth."""
    wanted = {order["id"] for order in orders.values() if not order.get("named")}
    if not wanted or not can("read", OrderTooth, "tooth"):
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    rows = scoped(OrderTooth, OrderTooth.order, OrderTooth.tooth)
    rows = rows.where(among(OrderTooth.order, wanted))
    for order, tooth in rows.order_by(OrderTooth.id).tuples():
        if str(tooth) not in found[order]:
            found[order].append(str(tooth))
    return {order: ", ".join(teeth) for order, teeth in found.items()}


def _badges(card: Card, needs: Needs) -> tuple[Badge, ...]:
    """Hold, urgent, at risk, forced: (tone, words)."""
    found: list[Badge] = []
    if needs.held:
        found.append(("warn", gettext("On hold: %(why)s", why=gettext(_reason(needs.held)))))
    if card.priority == "urgent" and can("read", Card, "priority"):
        found.append(("warn", gettext("Urgent")))
    if card.at_risk and can("read", Card, "at_risk"):
        found.append(("warn", gettext("At risk")))
    if needs.forced:
        found.append(("late", gettext("Forced")))
    return tuple(found)


def _reason(code: str) -> str:
    return HOLD_REASONS.get(code, code)
