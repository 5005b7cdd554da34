"""Makes lab processes of an order: teeth, technicians, marks, holds and work done outside."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.holds import Hold
from schema.outside import Outsourcing
from schema.queue_marks import QueueMark
from schema.tracks import Assignment, Track, TrackTooth
from tests.factories import NOW, TODAY
from tests.factories.cards import a_card
from tests.factories.lab import a_subcontractor
from tests.factories.orders import an_order
from tests.factories.skills import a_skill
from tests.factories.staff import a_person


def a_track(**columns: Any) -> Track:
    """A process under the card of a registered order; `pipeline` chooses its way."""
    order = columns["order"] = columns.get("order") or an_order()
    pipeline = columns.pop("pipeline", None)
    if not columns.get("card"):
        way = {"pipeline": pipeline} if pipeline else {}
        columns["card"] = a_card("track", parent=order.card, **way)
    return Track.create(**columns)


def a_track_tooth(**columns: Any) -> TrackTooth:
    track = columns["track"] = columns.get("track") or a_track()
    columns["order_tooth"] = columns.get("order_tooth") or track.order.teeth.get()
    return TrackTooth.create(**columns)


def an_assignment(**columns: Any) -> Assignment:
    """A technician with the skill, at the stage where the process stands."""
    track = columns["track"] = columns.get("track") or a_track()
    stage = columns["stage"] = columns.get("stage") or track.card.stage
    if not columns.get("technician"):
        columns["technician"] = a_skill(stage_code=stage.code).staff
    return Assignment.create(**{"started_at": NOW} | columns)


def a_queue_mark(**columns: Any) -> QueueMark:
    """A pin that is set."""
    columns["track"] = columns.get("track") or a_track()
    columns["by"] = columns.get("by") or a_person("lab_supervisor")
    return QueueMark.create(**{"kind": "pin", "started_at": NOW} | columns)


def a_hold(**columns: Any) -> Hold:
    columns["card"] = columns.get("card") or a_track().card
    good = {"reason": "waiting_dentist", "clock": "clinic", "started_at": NOW}
    return Hold.create(**good | columns)


def an_outsourcing(**columns: Any) -> Outsourcing:
    columns["track"] = columns.get("track") or a_track()
    columns["subcontractor"] = columns.get("subcontractor") or a_subcontractor()
    day = columns.get("expected_on", TODAY + dt.timedelta(days=5))
    good = {"sent_at": NOW, "expected_on": day, "promised_on": day}
    return Outsourcing.create(**good | columns)
