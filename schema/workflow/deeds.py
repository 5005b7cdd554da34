"""What an automation does on a card: one small function for each kind of action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from schema import evidence
from schema.automation_runs import AutomationRun
from schema.automations import Automation
from schema.cards import Card
from schema.database import is_sqlite
from schema.fixed import Fixed
from schema.followups import Followup
from schema.leads import Lead
from schema.orders import LabOrder
from schema.prepared import Asked, row_to_put
from schema.recall import RecallRule
from schema.staff import Staff
from schema.tracks import Track
from schema.workflow import Refused
from schema.workflow.posting import post
from schema.workflow.recalls import set_recall
from schema.workflow.routes import route_of
from schema.workflow.tick_rows import point_of, put_tick
from schema.workflow.tracks import open_tracks
from schema.working_time import clinic_zone, working_time

Deed = tuple[str, list[int]]
# What came of a run, in words that a reader's language knows.
FOLLOWUP_MADE = "Follow-up made"
TOLD = "Told"
OTHER_ROUTE = "Not for this route"
TICKED = "Ticked"
RECALL_SET = "Recall set"
RECALL_STOOD = "Recall stood already"
FLAGGED = "Flagged at risk"
NOBODY = "Nobody is responsible for this card. Choose somebody."


def order_of(card: Card) -> LabOrder | None:
    """The order that a card is, or whose process it is."""
    order = LabOrder.get_or_none(LabOrder.card == card)
    if order is None and card.kind == "track":
        order = LabOrder.select().join(Track).where(Track.card == card).first()
    return order


def patient_of(card: Card) -> Asked:
    """Asks the key of the patient whom a card concerns."""
    mark = "?" if is_sqlite() else "%s"
    concerned = evidence.patient_of("k.id")
    text = Fixed(f"SELECT {concerned} FROM card k WHERE k.id = {mark}")
    return Asked(text, (card.id,), _only_value)


def _only_value(cursor: Any) -> Any:
    found = cursor.fetchone()
    return found and found[0]


def _followup(
    card: Card, run: AutomationRun, now: dt.datetime, patient: int | None
) -> tuple[str, Asked]:
    due = _due(card, run.automation, now)
    return FOLLOWUP_MADE, _reminder(card, run, now, due, patient)


def _told(
    card: Card, run: AutomationRun, now: dt.datetime, patient: int | None
) -> tuple[str, Asked]:
    return TOLD, _reminder(card, run, now, now, patient)


def _reminder(
    card: Card, run: AutomationRun, now: dt.datetime, due: dt.datetime, patient: int | None
) -> Asked:
    """A row in somebody's day: a role's, else the responsible person's, else the dentist's."""
    automation = run.automation
    person = None if automation.role_id else _whose(card)
    return row_to_put(
        Followup,
        subject=automation.text,
        role=automation.role_id,
        staff=person,
        location=card.location_id,
        patient=patient,
        card=card,
        due_at=due,
        key=f"automation-{automation.id}-card-{card.id}-{run.visit}",
        created_at=now,
    )


def _whose(card: Card) -> int:
    """The responsible person, else the dentist; nobody who has left. Raises Refused."""
    order = order_of(card)
    asked = [card.responsible_id, order.dentist_id if order else None]
    here = Staff.select(Staff.id).where(Staff.id.in_(asked), Staff.ended_on.is_null()).tuples()
    found = {key for (key,) in here}
    person: int | None = next((key for key in asked if key in found), None)
    if person is None:
        raise Refused(NOBODY)
    return person


def _due(card: Card, automation: Automation, now: dt.datetime) -> dt.datetime:
    if automation.delay_time == "calendar":
        return now + dt.timedelta(minutes=automation.due_minutes)
    return working_time(card.location_id).add(now, automation.due_minutes)


def _post_message(card: Card, run: AutomationRun, now: dt.datetime) -> Deed:
    lead = Lead.get_or_none(Lead.card == card)
    key = f"{run.automation.wording_code}-card-{card.id}-{run.visit}"
    message = post(
        run.automation.wording_code,
        key=key,
        now=now,
        patient_id=patient_of(card)(),
        lead=lead,
        card=card,
    )
    return f"Message waiting ({message.channel})", []


def _open_children(card: Card, run: AutomationRun, now: dt.datetime) -> Deed:
    automation, order = run.automation, order_of(card)
    route = automation.only_route
    if route and order is not None and route_of(order) != route:
        return OTHER_ROUTE, []
    above = card.id if card.kind == "order" else card.parent_id
    tracks = open_tracks(
        above, automation.child_pipeline_code, automation.child_each, by=None, now=now
    )
    return f"Opened: {len(tracks)}", [track.card_id for track in tracks]


def _tick(card: Card, run: AutomationRun, now: dt.datetime) -> Deed:
    found, point = point_of(card.id, run.automation.ticks_id)
    put_tick(found, point, by=None, now=now)
    return TICKED, []


def _set_recall(card: Card, run: AutomationRun, now: dt.datetime) -> Deed:
    rule = RecallRule.get_or_none(RecallRule.code == run.automation.recall_rule_code)
    patient = patient_of(card)()
    if rule is None or patient is None:
        raise Refused("There is no such recall rule, or no patient on this card.")
    reached = run.due_at.astimezone(clinic_zone()).date()
    counted = set_recall(patient, rule, on=reached)
    return (RECALL_SET if counted else RECALL_STOOD), []


def _flag(card: Card, run: AutomationRun, now: dt.datetime) -> Deed:
    Card.update(at_risk=True).where(Card.id == card.id, ~Card.at_risk).execute()
    return FLAGGED, []


# What these do is one row, which is written together with the end of their run.
Reminder = Callable[[Card, AutomationRun, dt.datetime, int | None], tuple[str, Asked]]
REMINDERS: dict[str, Reminder] = {
    "followup": _followup,
    "notify": _told,
}
DEEDS: dict[str, Callable[[Card, AutomationRun, dt.datetime], Deed]] = {
    "message": _post_message,
    "child": _open_children,
    "tick": _tick,
    "recall": _set_recall,
    "risk": _flag,
}
