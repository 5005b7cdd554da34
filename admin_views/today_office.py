"""What waits for those who lead the house: trends, sign-ins, set-up, letters that did not leave."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext
from peewee import SQL, Expression, Field, Model, fn

from admin_views.devices import device_text
from admin_views.photo_rights import may_publish
from admin_views.plain_words import code_text, money_text
from admin_views.policy import can, scoped
from admin_views.today_blocks import (
    Figure,
    Found,
    Line,
    Now,
    Panel,
    address,
    asked,
    counted,
    found,
    page_address,
)
from reports import publishing, two_periods, visits_of_day
from schema.appointments import Appointment
from schema.base import plural, table_name
from schema.billing import Payment
from schema.hours import Holiday, OpeningHours
from schema.leads import Lead
from schema.messages import Message, Wording
from schema.pipelines import Pipeline
from schema.protocols import ProcedureType
from schema.publications import Publication
from schema.recall import RecallRule
from schema.sessions import SignIn
from schema.staff import Location, Staff

A_WEEK = dt.timedelta(days=7)
SIGNED_IN_FOR = dt.timedelta(hours=1)
SET_UP = (Location, OpeningHours, Holiday, Staff, Pipeline, ProcedureType, RecallRule, Wording)


def _trend(
    now: Now, label: str, model: type[Model], moment: Field, where: Expression, link: dict[str, Any]
) -> Figure | None:
    """The count of the last seven days beside that of the seven days before."""
    ask = asked(model, {f"{moment.name}.from": now.day(-6), **link})
    if ask is None:
        return None
    rows = scoped(model).where(where)
    here, there = two_periods.rows(rows, moment, now.start(1), A_WEEK)
    return Figure(label, here, _before(there), url=address(model, ask))


def to_take_down(now: Now) -> Figure | None:
    """Photos that are shown although their patients no longer agree."""
    if not may_publish():
        return None
    count = len(publishing.to_take_down(scoped(Publication)))
    told = {"note": gettext("their patients no longer agree"), "tone": "late"} if count else {}
    return Figure(gettext("Photos to take down"), count, url=url_for("publishing.index"), **told)


def _before(count: Any) -> str:
    return gettext("%(count)s in the 7 days before", count=count)


def inquiries(now: Now) -> Figure | None:
    return _trend(now, gettext("Inquiries of 7 days"), Lead, Lead.inquiry_at, SQL("1 = 1"), {})


def completed_visits(now: Now) -> Figure | None:
    here = Appointment.completed_at.is_null(False) & _everywhere(now)
    label, link = gettext("Visits completed in 7 days"), {"completed_at.filled": 1}
    return _trend(now, label, Appointment, Appointment.starts_at, here, link)


def missed_visits(now: Now) -> Figure | None:
    here = Appointment.missed_at.is_null(False) & _everywhere(now)
    label, link = gettext("Visits missed in 7 days"), {"missed_at.filled": 1}
    return _trend(now, label, Appointment, Appointment.starts_at, here, link)


def _everywhere(now: Now) -> Expression:
    return visits_of_day.between(now.start(-13), now.start(1))


def money_received(now: Now) -> Figure | None:
    ask = asked(Payment, {"at.from": now.day(-6)})
    if ask is None or not can("read", Payment, "amount"):
        return None
    here, there = two_periods.rows(
        scoped(Payment), Payment.at, now.start(1), A_WEEK, Payment.amount
    )
    label, before = gettext("Received in 7 days, RON"), _before(money_text(there))
    return Figure(label, money_text(here), before, url=address(Payment, ask))


def people(now: Now) -> Figure | None:
    ask = asked(Staff, {"ended_on.empty": 1})
    if ask is None:
        return None
    return Figure(gettext("People who work here"), counted(Staff, ask), url=address(Staff, ask))


def signed_in(now: Now) -> Figure | None:
    if asked(SignIn, {"seen_at.from": now.day(), "ended_at.empty": 1}) is None:
        return None
    since = now.moment - SIGNED_IN_FOR
    seen = scoped(SignIn, fn.COUNT(SignIn.staff.distinct()))
    count = seen.where(SignIn.seen_at >= since, SignIn.ended_at.is_null()).scalar()
    return Figure(gettext("Working in the panel now"), count, gettext("seen in the last hour"))


def unsent(now: Now) -> Figure | None:
    ask = asked(Message, {"state.is": "failed", "not_before.from": now.day(-6)})
    if ask is None:
        return None
    count = counted(Message, ask)
    label, tone = gettext("Messages failed in 7 days"), "late" if count else ""
    return Figure(label, count, "", tone, address(Message, ask))


def undecided(now: Now) -> Figure | None:
    ask = asked(Message, {"state.is": "parked"})
    if ask is None:
        return None
    count = counted(Message, ask)
    label, tone = gettext("Messages to decide on"), "warn" if count else ""
    return Figure(label, count, "", tone, address(Message, ask))


def set_up(now: Now) -> Panel | None:
    """What a clinic needs before its first day, and how much of it is there."""
    lines = [_set_up_line(model) for model in SET_UP if can("read", model)]
    return Panel(gettext("Set-up"), lines) if now.person.is_admin and lines else None


def _set_up_line(model: type[Model]) -> Line:
    count = scoped(model, fn.COUNT(1)).scalar()
    state = ngettext("%(num)s row", "%(num)s rows", count) if count else gettext("Missing")
    url = url_for(f"{table_name(model)}.index_view")
    return Line(gettext(plural(model)), url, tone="good" if count else "warn", state=state)


def sign_ins(now: Now) -> Panel | None:
    """Who came in last, and with what."""
    ask = asked(SignIn, {})
    if ask is None:
        return None
    lines = [
        Line(
            one.name("staff"),
            page_address(SignIn, one.key),
            now.near(one.get("started_at")),
            more=", ".join(filter(None, (device_text(one.get("device")), one.get("address")))),
        )
        for one in found(SignIn, ask, "staff started_at device address", most=6)
    ]
    return Panel(gettext("Last sign-ins"), lines, address(SignIn, ask))


def failed_messages(now: Now) -> Panel | None:
    """Letters that did not leave, with the reason."""
    ask = asked(Message, {"state.is": "failed", "not_before.from": now.day(-6)}, "-not_before")
    if ask is None:
        return None
    lines = [
        Line(
            one.name("patient") or one.name("staff") or one.name("lead") or _event_of(one),
            page_address(Message, one.key),
            now.near(one.get("not_before")),
            more=one.get("problem") or "",
            tone="late",
            state=gettext("Failed"),
        )
        for one in found(Message, ask, "patient staff lead event not_before problem", most=6)
    ]
    empty = gettext("Every message left.")
    return Panel(gettext("Messages that failed"), lines, address(Message, ask), empty)


def _event_of(one: Found) -> str:
    """What a message is about, for whoever may not know whom it is for."""
    return code_text(one.get("event")) if one.knows("event") else gettext("Message")
