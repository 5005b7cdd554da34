"""Recalls by their rule: from which day a patient's interval counts, and when it is over."""

from __future__ import annotations

import calendar
import datetime as dt

from schema.recall import Recall, RecallRule
from schema.working_time import working_time


def set_recall(patient_id: int, rule: RecallRule, *, on: dt.date) -> bool:
    """Count the rule of this patient from that clinic day; False when it counts from there already.

    A day that a person set stays while it lies ahead. Who was asked in vain is asked again.
    """
    Recall.insert(patient=patient_id, rule=rule).on_conflict_ignore().execute()
    recall = Recall.get(Recall.patient == patient_id, Recall.rule == rule)
    if recall.previous_on is not None and recall.previous_on >= on:
        return False
    due = due_after(on, rule, recall)
    if recall.due_on in (None, recall.computed_due_on) or recall.due_on <= on:
        recall.due_on, recall.due_reason, recall.due_by = due, None, None
    recall.previous_on, recall.computed_due_on = on, due
    if recall.status != "booked":
        recall.status = "waiting"
    recall.save()
    return True


def due_after(day: dt.date, rule: RecallRule, recall: Recall | None = None) -> dt.date:
    """The clinic day when the interval after `day` is over: the patient's own, else the rule's.

    Months first, where one that is too short ends early; then weeks; then days, which may be
    working days of the clinic.
    """
    months, weeks, days = _interval(rule, recall)
    later = _months_later(day, months) + dt.timedelta(weeks=weeks)
    if rule.counted_in == "working":
        return _working_days_later(later, days)
    return later + dt.timedelta(days=days)


def _interval(rule: RecallRule, recall: Recall | None) -> tuple[int, int, int]:
    if recall is not None:
        own = (recall.interval_months, recall.interval_weeks, recall.interval_days)
        if any(own):
            return own[0] or 0, own[1] or 0, own[2] or 0
    return rule.months, rule.weeks, rule.days


def _months_later(day: dt.date, months: int) -> dt.date:
    year, before = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, before + 1)[1]
    return dt.date(year, before + 1, min(day.day, last))


def _working_days_later(day: dt.date, days: int) -> dt.date:
    """So many open days later; without opening hours every day is open."""
    hours = working_time(None)
    while days:
        day += dt.timedelta(days=1)
        if not hours.sessions or hours.spans_of(day):
            days -= 1
    return day
