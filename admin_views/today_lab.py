"""What waits in the laboratory: works by due date, free works, load of the stages, holds."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext

from admin_views.drawn import drawn_once_a_page
from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
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
from reports import bench_work, open_cards
from reports.bench_work import BenchWork
from schema.cards import Card
from schema.holds import Hold
from schema.orders import LabOrder
from schema.pipelines import Stage
from schema.tracks import Assignment, Track


def _may_know_the_bench() -> bool:
    """Whether the person may read all that a line of the bench tells."""
    told = can("read", Card, "stage") and can("read", Card, "due_at")
    return told and can("read", Track, "order") and can("read", Assignment)


@drawn_once_a_page
def _bench(now: Now) -> list[BenchWork] | None:
    if not _may_know_the_bench():
        return None
    return bench_work.rows(scoped(Track), now.person.staff_id)


@drawn_once_a_page
def _free(now: Now) -> list[BenchWork] | None:
    if not _may_know_the_bench():
        return None
    return bench_work.waiting(scoped(Track), now.person.staff_id)


def my_works(now: Now) -> Figure | None:
    works, ask = _bench(now), asked(Assignment, _mine(now), "started_at")
    if works is None or ask is None:
        return None
    late = sum(_is_late(now, work) for work in works)
    note = gettext("%(count)s late", count=late) if late else ""
    tone = "late" if late else ""
    return Figure(gettext("My works"), len(works), note, tone, address(Assignment, ask))


def _mine(now: Now) -> dict[str, object]:
    return {"technician.is": now.person.staff_id, "ended_at.empty": 1}


def due_today(now: Now) -> Figure | None:
    works = _bench(now)
    if works is None:
        return None
    count = sum(work.due_at is not None and work.due_at < now.start(1) for work in works)
    return Figure(gettext("Due by tonight"), count, tone="late" if count else "")


def free_works(now: Now) -> Figure | None:
    works = _free(now)
    return None if works is None else Figure(gettext("Free for my skills"), len(works))


def bench(now: Now) -> Panel | None:
    """The works on my bench, the soonest due first."""
    works, ask = _bench(now), asked(Assignment, _mine(now), "started_at")
    if works is None:
        return None
    empty = gettext("No work is assigned to you.")
    url = address(Assignment, ask) if ask else None
    return Panel(gettext("My works by due date"), _lines(now, works), url, empty)


def free(now: Now) -> Panel | None:
    """Works that nobody has, at stages that I have learnt."""
    works = _free(now)
    if works is None:
        return None
    empty = gettext("No work waits for your skills.")
    return Panel(gettext("Next in the queue"), _lines(now, works[:LINES]), empty=empty)


def _lines(now: Now, works: list[BenchWork]) -> list[Line]:
    book = TitleBook()
    orders, stages = {work.order_id for work in works}, {work.stage_id for work in works}
    book.learn({LabOrder: orders, Stage: stages})
    return [
        Line(
            f"{book.name(LabOrder, work.order_id)} {work.name or ''}".strip(),
            page_address(Track, work.track_id),
            now.near(work.due_at),
            _is_late(now, work),
            tone="late" if _is_late(now, work) else "info",
            state=book.name(Stage, work.stage_id),
        )
        for work in works
    ]


def _is_late(now: Now, work: BenchWork) -> bool:
    return work.due_at is not None and work.due_at < now.start()


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
    lines = [
        Line(
            f"{one.get('ticket')} {one.name('patient')}".strip(),
            page_address(LabOrder, one.key),
            now.near(one.get("card.due_at")),
            True,
            ", ".join(filter(None, (one.name("work_type"), one.name("dentist")))),
            "late",
            one.name("card.stage"),
        )
        for one in found(LabOrder, here, "ticket patient work_type dentist card.due_at card.stage")
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
    reasons = dict(Hold.reason.choices)
    lines = [
        Line(
            one.name("card"),
            page_address(Hold, one.key),
            now.near(one.get("started_at")),
            more=one.get("note") or "",
            tone="warn",
            state=gettext(reasons.get(one.get("reason"), "")) if one.get("reason") else "",
        )
        for one in found(Hold, ask, "card reason note started_at")
    ]
    return Panel(gettext("On hold"), lines, address(Hold, ask), gettext("Nothing is on hold."))
