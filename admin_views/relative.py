"""Days that move with the calendar: today, next week, the last 30 days, what is past."""

from __future__ import annotations

import datetime as dt

from flask_babel import lazy_gettext
from peewee import Expression, Field

from admin_views.plain_words import clinic_zone
from schema.fields import InstantField

PERIODS = {
    "past": lazy_gettext("already past"),
    "until_today": lazy_gettext("today or before"),
    "yesterday": lazy_gettext("yesterday"),
    "today": lazy_gettext("today"),
    "tomorrow": lazy_gettext("tomorrow"),
    "to_come": lazy_gettext("still to come"),
    "last_week": lazy_gettext("last week"),
    "this_week": lazy_gettext("this week"),
    "next_week": lazy_gettext("next week"),
    "last_month": lazy_gettext("last month"),
    "this_month": lazy_gettext("this month"),
    "next_month": lazy_gettext("next month"),
    "last_7": lazy_gettext("in the last 7 days"),
    "next_7": lazy_gettext("in the next 7 days"),
    "last_30": lazy_gettext("in the last 30 days"),
    "next_30": lazy_gettext("in the next 30 days"),
}
MOST_DAYS = 36_500
Span = tuple[dt.date | None, dt.date | None]


def span(period: str, today: dt.date) -> Span:
    """The first and last day of a period seen from `today`; None where it has no end.

    A week begins on Monday. Raises KeyError for a word that is no period.
    """
    day = dt.timedelta(days=1)
    if period in ("last_week", "this_week", "next_week"):
        monday = today - day * today.weekday() + day * 7 * _turn(period)
        return monday, monday + 6 * day
    if period in ("last_month", "this_month", "next_month"):
        first = first_of_month(today, _turn(period))
        return first, first_of_month(first, 1) - day
    return {
        "past": (None, today - day),
        "until_today": (None, today),
        "yesterday": (today - day, today - day),
        "today": (today, today),
        "tomorrow": (today + day, today + day),
        "to_come": (today, None),
        "last_7": (today - 6 * day, today),
        "next_7": (today, today + 6 * day),
        "last_30": (today - 29 * day, today),
        "next_30": (today, today + 29 * day),
    }[period]


def _turn(period: str) -> int:
    return {"last": -1, "this": 0, "next": 1}[period.partition("_")[0]]


def first_of_month(day: dt.date, later: int = 0) -> dt.date:
    """The first day of the month that is `later` months after the one of `day`."""
    months = day.year * 12 + day.month - 1 + later
    return dt.date(months // 12, months % 12 + 1, 1)


def in_period(field: Field, period: str, now: dt.datetime) -> Expression:
    """True for rows whose day or moment lies in a period; a moment of today may be past already."""
    if isinstance(field, InstantField) and period in ("past", "to_come"):
        return field < now if period == "past" else field >= now
    first, last = span(period, now.astimezone(clinic_zone()).date())
    return between(field, first, last)


def older_than(field: Field, days: int, now: dt.datetime) -> Expression:
    """True for rows whose day is more than so many days ago."""
    today = now.astimezone(clinic_zone()).date()
    return between(field, None, today - dt.timedelta(days=days + 1))


def between(field: Field, first: dt.date | None, last: dt.date | None) -> Expression:
    """True from the first day to the last, both included; one of them may be open."""
    tests = []
    moment = isinstance(field, InstantField)
    if first is not None:
        tests.append(field >= (day_begins(first) if moment else first))
    if last is not None:
        after = last + dt.timedelta(days=1)
        tests.append(field < (day_begins(after) if moment else after))
    return tests[0] if len(tests) == 1 else tests[0] & tests[1]


def day_begins(day: dt.date) -> dt.datetime:
    """The moment, in UTC, at which a day of the clinic begins."""
    return dt.datetime.combine(day, dt.time(), clinic_zone()).astimezone(dt.UTC)
