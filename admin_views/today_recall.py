"""Who should come back within a week: a figure, and lines from which they are booked."""

from __future__ import annotations

from flask_babel import gettext

from admin_views.plain_words import day_text
from admin_views.today_acts import begin
from admin_views.today_blocks import (
    Figure,
    Line,
    Now,
    Panel,
    address,
    asked,
    counted,
    found,
    page_address,
    said,
)
from schema.appointments import Appointment
from schema.recall import Recall

WEEK = 7


def recalls_due(now: Now) -> Figure | None:
    ask = asked(Recall, {**_this_week(now), "status.is": "waiting"}, "due_on")
    if ask is None:
        return None
    count = counted(Recall, ask)
    booked = asked(Recall, {**_this_week(now), "status.is": "booked"})
    note = gettext("%(count)s booked", count=said(counted(Recall, booked))) if booked else ""
    return Figure(gettext("Recalls of the next 7 days"), count, note, url=address(Recall, ask))


def _this_week(now: Now) -> dict[str, object]:
    return {"due_on.from": now.day(), "due_on.to": now.day(WEEK), "disabled.is": 0}


def recalls(now: Now) -> Panel | None:
    """Patients who are due within a week and not asked yet, the soonest first."""
    ask = asked(Recall, {**_this_week(now), "status.is": "waiting"}, "due_on")
    if ask is None:
        return None
    lines = [
        Line(
            one.name("patient") or one.name("rule"),
            page_address(Recall, one.key),
            day_text(one.get("due_on")),
            more=one.name("rule"),
            acts=begin(Appointment, gettext("Book"), patient=one.get("patient")),
        )
        for one in found(Recall, ask, "patient rule due_on")
    ]
    empty = gettext("Nobody is due in the next 7 days.")
    return Panel(gettext("Recalls of the next 7 days"), lines, address(Recall, ask), empty)
