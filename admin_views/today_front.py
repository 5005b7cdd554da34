"""What waits for those who speak with patients: visits, inquiries, recalls, follow-ups."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from admin_views.language import row_name
from admin_views.plain_words import phone_text
from admin_views.policy import can, scoped
from admin_views.today_acts import deeds_on
from admin_views.today_blocks import (
    LINES,
    Bar,
    Figure,
    Found,
    Line,
    LineAct,
    Now,
    Panel,
    address,
    asked,
    counted,
    found,
    page_address,
    said,
)
from reports import inquiry_sources, visits_of_day
from schema.appointments import Appointment
from schema.followups import Followup
from schema.leads import Lead

FACTS = ("cancelled_at", "missed_at", "completed_at", "arrived_at", "confirmed_at")
MOST_VISITS = 40
UNANSWERED_DAYS = 30
WEEK = 7


def visits_today(now: Now) -> Figure | None:
    ask = asked(Appointment, {"starts_at.is": now.day(), "cancelled_at.empty": 1}, "starts_at")
    if ask is None or not can("read", Appointment, "arrived_at"):
        return None
    day = visits_of_day.rows(scoped(Appointment), now.start(), now.start(1))
    note = gettext("%(arrived)s arrived, %(missed)s missed", arrived=day.arrived, missed=day.missed)
    return Figure(gettext("Visits today"), day.live, note, url=address(Appointment, ask))


def unconfirmed_tomorrow(now: Now) -> Figure | None:
    filters = {"starts_at.is": now.day(1), "confirmed_at.empty": 1, "cancelled_at.empty": 1}
    ask = asked(Appointment, filters, "starts_at")
    if ask is None:
        return None
    day = visits_of_day.rows(scoped(Appointment), now.start(1), now.start(2))
    note = ngettext("of %(num)s visit", "of %(num)s visits", day.live)
    count = day.live - day.confirmed
    label, tone = gettext("Unconfirmed for tomorrow"), "warn" if count else ""
    return Figure(label, count, note, tone, address(Appointment, ask))


def unanswered(now: Now) -> Figure | None:
    ask = asked(Lead, _unanswered(now), "inquiry_at")
    if ask is None:
        return None
    count = counted(Lead, ask)
    oldest = found(Lead, ask, "inquiry_at", most=1) if count else []
    note = gettext("oldest: %(when)s", when=now.near(oldest[0].get("inquiry_at"))) if oldest else ""
    tone = "late" if count else ""
    return Figure(gettext("Inquiries without an answer"), count, note, tone, address(Lead, ask))


def _unanswered(now: Now) -> dict[str, object]:
    return {
        "inquiry_at.from": now.day(-UNANSWERED_DAYS),
        "first_response_at.empty": 1,
        "lost_at.empty": 1,
        "converted_at.empty": 1,
    }


def my_followups(now: Now) -> Figure | None:
    ask = asked(Followup, _due(now), "due_at")
    if ask is None:
        return None
    late = asked(Followup, _due(now, until=-1))
    overdue = counted(Followup, late) if late else 0
    note = gettext("%(count)s from earlier days", count=said(overdue)) if overdue else ""
    tone = "late" if overdue else ""
    label = gettext("Follow-ups due")
    return Figure(label, counted(Followup, ask), note, tone, address(Followup, ask))


def _due(now: Now, until: int = 0) -> dict[str, object]:
    return {"due_at.to": now.day(until), "done_at.empty": 1, "cancelled_at.empty": 1}


def new_inquiries(now: Now) -> Figure | None:
    ask = asked(Lead, {"inquiry_at.from": now.day(1 - WEEK)})
    if ask is None:
        return None
    label = gettext("Inquiries of 7 days")
    sources = inquiry_sources.rows(scoped(Lead), now.start(1 - WEEK), now.start(1))
    answered = sum(source.answered for source in sources)
    note = gettext("%(count)s answered", count=answered)
    return Figure(label, sum(s.count for s in sources), note, url=address(Lead, ask))


def lost_inquiries(now: Now) -> Figure | None:
    ask = asked(Lead, {"lost_at.from": now.day(1 - WEEK), "inquiry_at.from": now.day(-365)})
    if ask is None:
        return None
    return Figure(gettext("Lost in 7 days"), counted(Lead, ask), url=address(Lead, ask))


def visits(now: Now) -> Panel | None:
    """The visits of today by their hour, with the newest fact of each."""
    return _visits(now, gettext("Visits today"), {})


def my_visits(now: Now) -> Panel | None:
    return _visits(now, gettext("My patients today"), {"provider.is": now.person.staff_id})


def _visits(now: Now, title: str, more: dict[str, object]) -> Panel | None:
    filters = {"starts_at.is": now.day(), "cancelled_at.empty": 1, **more}
    ask = asked(Appointment, filters, "starts_at")
    if ask is None:
        return None
    names = f"starts_at patient type provider chair {' '.join(FACTS)}"
    rows = found(Appointment, ask, names, MOST_VISITS)
    acts = deeds_on(Appointment, rows)
    lines = [_visit(now, one, acts[one.key]) for one in rows]
    empty = gettext("No visits today.")
    return Panel(title, lines, address(Appointment, ask), empty)


def _visit(now: Now, one: Found, acts: tuple[LineAct, ...]) -> Line:
    tone, state = _fact(now, one) if one.knows(*FACTS) else ("", "")
    more = ", ".join(filter(None, (one.name("type"), one.name("provider"), one.name("chair"))))
    text = one.name("patient") or gettext("Visit")
    url = page_address(Appointment, one.key)
    when = now.near(one.get("starts_at"))
    late, mark = state == gettext("Missed"), f"appointment-{one.key}"
    return Line(text, url, when, late, more, tone, state, acts, mark)


def _fact(now: Now, one: Found) -> tuple[str, str]:
    """The newest fact of a visit as a dot and a word."""
    if one.get("missed_at"):
        return "late", gettext("Missed")
    if one.get("completed_at"):
        return "good", gettext("Completed")
    if one.get("arrived_at"):
        return "info", gettext("Arrived")
    if one.get("starts_at") < now.moment:
        return "warn", gettext("Not here yet")
    if one.get("confirmed_at"):
        return "good", gettext("Confirmed")
    return "idle", gettext("Not confirmed")


def followups(now: Now) -> Panel | None:
    """What has to be done by the end of today: one's own first, in each part the oldest first."""
    ask = asked(Followup, _due(now), "due_at")
    if ask is None:
        return None
    names = "due_at subject patient staff role"
    mine = asked(Followup, {**_due(now), "staff.me": 1}, "due_at")
    rows = [*(found(Followup, mine, names) if mine else []), *found(Followup, ask, names)]
    by_key = {one.key: one for one in rows}  # a key keeps the place where it came first
    shown = list(by_key.values())[:LINES]
    acts = deeds_on(Followup, shown)
    lines = [_task(now, one, acts[one.key]) for one in shown]
    empty = gettext("Nothing is due. Well done.")
    return Panel(gettext("To be done"), lines, address(Followup, ask), empty)


def _task(now: Now, one: Found, acts: tuple[LineAct, ...]) -> Line:
    due = one.get("due_at")
    who = one.name("staff") or one.name("role")
    more = ", ".join(filter(None, (one.name("patient"), who)))
    late = bool(due and due < now.start())
    url = page_address(Followup, one.key)
    what = row_name(one.get("subject") or "") or gettext("Follow-up")
    return Line(what, url, now.near(due), late, more, acts=acts)


def inquiries(now: Now) -> Panel | None:
    """Inquiries that nobody answered, the oldest first."""
    ask = asked(Lead, _unanswered(now), "inquiry_at")
    if ask is None:
        return None
    rows = found(Lead, ask, "name phone source reason inquiry_at")
    acts = deeds_on(Lead, rows)
    lines = [
        Line(
            one.get("name") or gettext("Inquiry"),
            page_address(Lead, one.key),
            now.near(one.get("inquiry_at")),
            True,
            ", ".join(filter(None, (_phone(one), one.name("source"), one.name("reason")))),
            acts=acts[one.key],
        )
        for one in rows
    ]
    empty = gettext("Every inquiry is answered.")
    return Panel(gettext("Inquiries to answer"), lines, address(Lead, ask), empty)


def _phone(one: Found) -> str:
    return phone_text(one.get("phone")) if one.get("phone") else ""


def sources(now: Now) -> Panel | None:
    """Where the inquiries of the last seven days come from."""
    since = now.day(1 - WEEK)
    ask = asked(Lead, {"inquiry_at.from": since})
    if ask is None or not can("read", Lead, "source"):
        return None
    rows = inquiry_sources.rows(scoped(Lead), now.start(1 - WEEK), now.start(1))[:LINES]
    bars = []
    for row in rows:
        one = asked(Lead, {"inquiry_at.from": since, "source.is": row.source_id})
        note = gettext("%(count)s answered", count=row.answered)
        url = address(Lead, one) if one else None
        bars.append(Bar(row_name(row.name), row.count, url, note))
    title, most = gettext("Inquiries of 7 days by source"), max((r.count for r in rows), default=1)
    return Panel(title, bars, address(Lead, ask), gettext("No inquiry in the last days."), most)
