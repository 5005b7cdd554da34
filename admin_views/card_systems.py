"""What other systems hold of a card and its patient: numbers, folders, files, how far they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext
from peewee import Model

from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.tablet_limits import within_reach
from schema.bridges import RECORD_KINDS, ExternalRecord, ExternalSystem
from schema.cards import Card
from schema.orders import LabOrder

Say = Callable[[dt.datetime], str]
# How far a file is, the furthest first: its column, the word, and the tone of the dot.
STATES = (("ready_at", "good"), ("uploaded_at", "info"), ("made_at", "idle"))


def systems_of(
    card: Card, record: Model | None, order: LabOrder | None, say: Say
) -> dict[str, Any] | None:
    """Lines for the card, those above and below it and the patient, moments as `say` tells them.

    One question. None where there is nothing that the person may read, and nothing to add.
    """
    if not can("read", ExternalRecord, "kind"):
        return None
    family = Card.select(Card.id).where((Card.parent == card) | (Card.id == card.parent_id))
    about = (ExternalRecord.card == card) | ExternalRecord.card.in_(family)
    patient = _patient_of(order or record)
    if patient is not None:
        about |= ExternalRecord.patient == patient
    found = scoped(ExternalRecord, ExternalRecord, ExternalSystem).join(ExternalSystem)
    rows = found.where(about).order_by(ExternalRecord.patient.is_null(), ExternalRecord.id)
    lines = [_line(one, say) for one in rows]
    add = _new(card)
    return {"lines": lines, "add": add} if lines or add else None


def _patient_of(record: Model | None) -> int | None:
    """The patient of the order, inquiry, plan or claim, for who may know whose it is."""
    key: int | None = record.__data__.get("patient") if record is not None else None
    return key if key is not None and can("read", type(record), "patient") else None


def _line(one: ExternalRecord, say: Say) -> dict[str, Any]:
    """Which system and what of it, its name there, the link, and how far it is since when."""
    system = row_name(one.system.name) if can("read", ExternalRecord, "system") else ""
    named = [getattr(one, name) for name in ("external_id", "file_name") if _may(name)]
    return {
        "name": " · ".join(filter(None, (system, gettext(RECORD_KINDS[one.kind])))),
        "called": " · ".join(filter(None, named)),
        "url": (one.link or "") if _may("link") else "",
        **_state(one, say),
    }


def _state(one: ExternalRecord, say: Say) -> dict[str, str]:
    words = {
        "ready_at": gettext("ready"),
        "uploaded_at": gettext("uploaded"),
        "made_at": gettext("created there"),
    }
    for name, tone in STATES:
        at = getattr(one, name) if _may(name) else None
        if at is not None:
            return {"tone": tone, "state": words[name], "at": say(at)}
    return {"tone": "", "state": "", "at": ""}


def _may(name: str) -> bool:
    return can("read", ExternalRecord, name)


def _new(card: Card) -> str:
    """The form of a new one for this card, for who may add it there."""
    if not can("create", ExternalRecord, "card"):
        return ""
    return within_reach(url_for("external_record.create_view", card=card.id)) or ""
