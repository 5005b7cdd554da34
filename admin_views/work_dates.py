"""The dates on the page of a card: ready by, forecast, each step's latest start, what cannot be."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_babel import gettext

from admin_views.language import row_name
from admin_views.plain_words import day_text, moment_text
from admin_views.policy import can, scoped
from admin_views.queue_lines import slack_text
from admin_views.work_forecast import forecast_of, hours_at, said
from admin_views.work_leaves import waits_for
from reports.standing_works import works
from schema.appointments import Appointment
from schema.cards import Card
from schema.orders import LabOrder, OrderVisit
from schema.pipelines import Stage
from schema.workflow.deeds import order_of
from schema.workflow.order_due import next_visit
from schema.workflow.order_plan import Plan, plan_of

SAFE, POOR = 85, 50
LEAST_BEHIND = 6  # working minutes: a tenth of an hour


def dates_of(card: Card, now: dt.datetime) -> dict[str, Any] | None:
    """What is known of the dates of an order or a process; None without a plan or the right."""
    if card.kind not in ("order", "track") or not can("read", Card, "due_at"):
        return None
    order = order_of(card)
    plan = plan_of(order, now) if order is not None else None
    if order is None or plan is None:
        return None
    return {
        "ready_by": moment_text(plan.ready_by) if plan.ready_by else "",
        "behind": _behind(plan, card.location_id, now),
        "feasible": plan.is_feasible,
        "visit_day": day_text(plan.visit_day),
        "visit": _visit(order),
        "visit_lost": plan.ready_by is not None and _visit_lost(order),
        "waits": waits_for(order, card.location_id, now),
        "steps": _steps(plan, now),
    } | _forecast(order, plan, now)


def _behind(plan: Plan, location: int | None, now: dt.datetime) -> str:
    """By how much working time the present step should be under way already; empty in time."""
    if plan.begins_by is None or plan.begins_by >= now:
        return ""
    minutes = hours_at(location).between(plan.begins_by, now)
    return slack_text(minutes) if minutes >= LEAST_BEHIND else ""


def _visit(order: LabOrder) -> str:
    """The next visit that needs the work, where the person may see it."""
    if not can("read", OrderVisit, "appointment") or not can("read", Appointment, "starts_at"):
        return ""
    visit = next_visit(order)
    if visit is None or not scoped(Appointment).where(Appointment.id == visit.id).exists():
        return ""
    return moment_text(visit.starts_at)


def _visit_lost(order: LabOrder) -> bool:
    """Whether the visits that needed the work were all cancelled or missed."""
    if not can("read", OrderVisit, "appointment") or not can("read", Appointment, "starts_at"):
        return False
    visits = (
        scoped(Appointment, Appointment.id)
        .join(OrderVisit)
        .where(OrderVisit.order == order, OrderVisit.purpose.in_(("try_in", "placement")))
    )
    gone = Appointment.cancelled_at.is_null(False) | Appointment.missed_at.is_null(False)
    return bool(visits.exists()) and not visits.where(~gone).exists()


def _steps(plan: Plan, now: dt.datetime) -> list[dict[str, Any]]:
    """The steps ahead with their latest starts; without a due date with their earliest ones."""
    keys = {one.step.stage for one in plan.steps}
    names = dict(Stage.select(Stage.id, Stage.name).where(Stage.id.in_(keys)).tuples())
    return [
        {
            "name": row_name(names[one.step.stage]),
            "start": moment_text(one.start),
            "late": plan.ready_by is not None and one.start < now and one.step.minutes > 0,
        }
        for one in plan.steps
    ]


def _forecast(order: LabOrder, plan: Plan, now: dt.datetime) -> dict[str, Any]:
    """The safe date, what it rests on, and how likely the work is ready by its due date."""
    work = works([order.id]).get(order.id)
    if work is None or work.ready:
        return {"held": False, "safe": "", "share": "", "chance": "", "tone": ""}
    hours = hours_at(work.location)
    found = forecast_of(work, hours.between(now, plan.ends), now)
    if found is None:
        return {"held": True, "safe": "", "share": "", "chance": "", "tone": "warn"}
    safe, share = said(found, work.location, now)
    percent = found.chance(now, plan.ready_by, hours) if plan.ready_by else None
    told = gettext("%(percent)s %% ready in time", percent=percent) if percent is not None else ""
    return {"held": False, "safe": safe, "share": share, "chance": told, "tone": _tone(percent)}


def _tone(percent: int | None) -> str:
    if percent is None:
        return "idle"
    return "good" if percent >= SAFE else "warn" if percent >= POOR else "late"
