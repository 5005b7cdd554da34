"""Spans of time in words: `1 h 30 min`, and days where the clock on the wall counts."""

from __future__ import annotations

from flask_babel import gettext, ngettext

HOUR, DAY = 60, 24 * 60


def span_text(minutes: int) -> str:
    """`45 min`, `2 h` for 120, `1 h 30 min` for 90; never days, for working time has others."""
    hours, rest = divmod(minutes, HOUR)
    if not hours or minutes < 0:
        return gettext("%(num)s min", num=minutes)
    if not rest:
        return gettext("%(num)s h", num=hours)
    return gettext("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def lasting(minutes: int) -> str:
    """As `span_text` on a page; nothing to wait for is said in words."""
    return span_text(minutes) if minutes else gettext("at once")


def plain_span(minutes: int) -> str:
    """`1:30` for 90, as every spreadsheet reads a length of time."""
    sign, (hours, rest) = "-" if minutes < 0 else "", divmod(abs(minutes), HOUR)
    return f"{sign}{hours}:{rest:02d}"


def wall_text(minutes: int) -> str:
    """As `span_text`, with whole days in words: `7 days` for 10080 on the clock on the wall."""
    days, rest = divmod(minutes, DAY)
    if not days or rest:
        return span_text(minutes)
    return ngettext("%(num)s day", "%(num)s days", days)
