"""What waits in the laboratory: works by due date, free works, load of the stages, holds."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext

from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.today_acts import deeds_on, on_their_way
from admin_views.today_blocks import (
    LINES,
    Among,
    Bar,
    Figure,
    Line,
    Now,
    Panel,
    address,
    asked,
    counted,
    found,
    page_address,
)
from admin_views.today_care import loads
from reports import open_cards
from schema.cards import Card
from schema.holds import Hold
from schema.orders import LabOrder
from schema.tracks import Track


def _late_filter(now: Now) -> dict[str, object]:
    return {"card.due_at.to": now.day(-1), "card.closed_at.empty": 1}


def _orders(now: Now, label: str, count: int, tone: str, **filters: object) -> Figure | None:
    """A figure of open orders; `closed_at_empty=1` stands for the filter `card.closed_at.empty`."""
    if not can("read", LabOrder) or not can("read", Card, "closed_at"):
        return None
    ask = asked(LabOrder, filters)
    return Figure(label, count, "", tone if count else "", address(LabOrder, ask) if ask else None)


def open_orders(now: Now) -> Figure | None:
    count = sum(load.count for load in loads("order", now))
    filters: dict[str, object] = {"card.closed_at.empty": 1}
    return _orders(now, gettext("Open orders"), count, "", **filters)


def late_orders(now: Now) -> Figure | None:
    count = sum(load.late for load in loads("order", now))
    return _orders(now, gettext("Late orders"), count, "late", **_late_filter(now))


def orders_at_risk(now: Now) -> Figure | None:
    count = sum(load.at_risk for load in loads("order", now))
    filters: dict[str, object] = {"card.at_risk.is": 1, "card.closed_at.empty": 1}
    return _orders(now, gettext("Orders at risk"), count, "warn", **filters)


def on_hold(now: Now) -> Figure | None:
    ask = asked(Hold, {"ended_at.empty": 1}, "started_at")
    if ask is None:
        return None
    count = counted(Hold, ask)
    return Figure(gettext("On hold"), count, "", "warn" if count else "", address(Hold, ask))


def late(now: Now) -> Panel | None:
    """Open orders that are late, the longest late first."""
    ask = asked(LabOrder, _late_filter(now), "card.due_at")
    if ask is None:
        return None
    # The index on stages finds the few open cards; the list would look through the closed ones.
    keys = open_cards.late(scoped(Card), "order", now.start(), LINES)
    here = replace(ask, filters=(Among(LabOrder.card, tuple(keys)),))  # type: ignore[arg-type]
    rows = found(LabOrder, here, "ticket patient work_type dentist card.due_at card.stage")
    acts = on_their_way(LabOrder, rows)
    lines = [
        Line(
            f"{one.get('ticket')} {one.name('patient')}".strip(),
            page_address(LabOrder, one.key),
            now.near(one.get("card.due_at")),
            True,
            ", ".join(filter(None, (one.name("work_type"), one.name("dentist")))),
            "late",
            one.name("card.stage"),
            acts.get(one.key, ()),
        )
        for one in rows
    ]
    empty = gettext("No order is late.")
    return Panel(gettext("Late orders"), lines, address(LabOrder, ask), empty)


def order_stages(now: Now) -> Panel | None:
    return _stages(now, "order", LabOrder, gettext("Orders by stage"))


def work_stages(now: Now) -> Panel | None:
    return _stages(now, "track", Track, gettext("Works by stage"))


def _stages(now: Now, kind: str, model: type, title: str) -> Panel | None:
    if not can("read", model) or not can("read", Card, "stage"):
        return None
    rows = loads(kind, now)
    bars = []
    for row in rows:
        ask = asked(model, {"card.stage.has": row.name, "card.closed_at.empty": 1})
        url = address(model, ask) if ask else None
        note = gettext("%(count)s late", count=row.late) if row.late else ""
        bars.append(Bar(row_name(row.name), row.count, url, note, bool(row.late)))
    most = max((row.count for row in rows), default=1)
    return Panel(title, bars, empty=gettext("Nothing is open."), most=most)


def holds(now: Now) -> Panel | None:
    """What waits, the longest first."""
    ask = asked(Hold, {"ended_at.empty": 1}, "started_at")
    if ask is None:
        return None
    reasons, rows = dict(Hold.reason.choices), found(Hold, ask, "card reason note started_at")
    acts = deeds_on(Hold, rows)
    lines = [
        Line(
            one.name("card"),
            page_address(Hold, one.key),
            now.near(one.get("started_at")),
            more=one.get("note") or "",
            tone="warn",
            state=gettext(reasons.get(one.get("reason"), "")) if one.get("reason") else "",
            acts=acts[one.key],
        )
        for one in rows
    ]
    return Panel(gettext("On hold"), lines, address(Hold, ask), gettext("Nothing is on hold."))
