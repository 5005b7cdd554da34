"""What lies on a technician's bench, and what they may take from the queue."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from flask_babel import gettext

from admin_views.bench import may_work
from admin_views.card_rights import cards_within
from admin_views.deeds import DEEDS
from admin_views.drawn import drawn_once_a_page
from admin_views.policy import can, scoped
from admin_views.titles import TitleBook
from admin_views.today_acts import lead_to
from admin_views.today_blocks import (
    LINES,
    Figure,
    Line,
    LineAct,
    Now,
    Panel,
    address,
    asked,
    page_address,
)
from reports import bench_work
from reports.bench_work import BenchWork
from schema.cards import Card, CardStep
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
    return Panel(gettext("My works by due date"), _lines(now, works, _at_the_bench), url, empty)


def free(now: Now) -> Panel | None:
    """Works that nobody has, at stages that I have learnt."""
    works = _free(now)
    if works is None:
        return None
    empty = gettext("No work waits for your skills.")
    return Panel(gettext("Next in the queue"), _lines(now, works[:LINES], _to_take), empty=empty)


Offers = Callable[[list[BenchWork]], dict[int, tuple[LineAct, ...]]]


def _at_the_bench(works: list[BenchWork]) -> dict[int, tuple[LineAct, ...]]:
    """The bench opens at the work, where it is ticked and done."""
    if not may_work():
        return {}
    label = gettext("Open")
    return {one.track_id: lead_to("bench.index", label, open=one.track_id) for one in works}


def _to_take(works: list[BenchWork]) -> dict[int, tuple[LineAct, ...]]:
    """A free work is taken in place, as it was seen: one that went on meanwhile is left alone."""
    deed, cards = DEEDS["take"], {work.card_id for work in works}
    within = cards_within(CardStep, "create", cards) if deed.may() else set()
    return {
        one.track_id: (
            LineAct(deed.label, url_for("admin.act", act="take", seen=one.seen), one.track_id),
        )
        for one in works
        if one.card_id in within
    }


def _lines(now: Now, works: list[BenchWork], offers: Offers) -> list[Line]:
    book, acts = TitleBook(), offers(works)
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
            acts=acts.get(work.track_id, ()),
        )
        for work in works
    ]


def _is_late(now: Now, work: BenchWork) -> bool:
    return work.due_at is not None and work.due_at < now.start()
