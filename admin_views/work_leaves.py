"""Who is on leave while a work waits for them: what its card and its bench say of it."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext

from admin_views.language import row_name
from admin_views.plain_words import day_text
from admin_views.policy import can, scoped
from admin_views.queue_rows import days_of_leave
from admin_views.work_forecast import hours_at, people_known
from reports.queue_load import Hand
from schema.ahead import HANDS, holders_of
from schema.cards import Card
from schema.hours import Absence
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.presence import Presence, first_day
from schema.skills import Skill
from schema.staff import Staff
from schema.tracks import Track


def waits_for(order: LabOrder, location: int | None, now: dt.datetime) -> list[str]:
    """Sentences that name who is away from the steps at which an order's processes stand."""
    if not can("read", Absence, "starts_on") or not can("read", Absence, "ends_on"):
        return []
    hours = hours_at(location)
    today = first_day(hours, now.astimezone(hours.zone).date())
    there = Presence(people_known(today))
    stands = _stands(order)
    holders = holders_of(stands)
    leave = days_of_leave(list(holders.values()), today)
    names = _names(set(leave))
    told = []
    for card, (code, name) in stands.items():
        who = holders.get(card)
        if who is None:
            told.append(_nobody(there, code, name, location, today))
        elif today in leave.get(who, ()) and who in names:
            back = Hand(who, names[who], {}, leave[who], hours).back_on(today)
            told.append(_somebody(names[who], row_name(name), back))
    return list(filter(None, told))


def _stands(order: LabOrder) -> dict[int, tuple[str, str]]:
    """The open processes by their cards: code and name of the stage, where people do it."""
    open_ones = Card.select(Card.id, Stage.code, Stage.name).join(Stage).switch(Card).join(Track)
    rows = open_ones.where(
        Track.order == order, Card.closed_at.is_null(), Stage.clock.in_(HANDS)
    ).order_by(Card.id)
    return {card: (code, name) for card, code, name in rows.tuples()}


def _names(people: set[int]) -> dict[int, str]:
    told = scoped(Staff, Staff.id, Staff.first_name, Staff.last_name).where(Staff.id.in_(people))
    return {key: f"{first} {last}" for key, first, last in told.tuples()}


def _somebody(name: str, stage: str, back: dt.date | None) -> str:
    if back is None:
        return gettext("%(name)s has it at %(stage)s and is away.", name=name, stage=stage)
    return gettext(
        "%(name)s has it at %(stage)s and is away until %(day)s.",
        name=name,
        stage=stage,
        day=day_text(back),
    )


def _nobody(there: Presence, code: str, name: str, location: int | None, today: dt.date) -> str:
    """Said of a step that nobody has, while all who have learnt it are away."""
    hours = hours_at(location)
    own = there.at_stage(code, hours)
    if own is hours or not can("read", Skill, "stage_code") or own.spans_of(today):
        return ""
    day = day_text(first_day(own, today))
    return gettext(
        "Nobody who has learnt %(stage)s is here before %(day)s.", stage=row_name(name), day=day
    )
