"""A work on one screen: ticket, teeth, shade, wishes, notes, links, parts, due, next steps."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask_babel import gettext
from peewee import Model

from admin_views.bench_beside import links_beside, notes_beside, parts_beside
from admin_views.language import row_name
from admin_views.policy import can, scoped
from admin_views.preferred import Made, preferences_for
from admin_views.queue_lines import slack_text
from admin_views.queue_rows import Queue
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from reports.lab_queue import Work
from reports.queue_plan import Row
from schema.bench import BenchAct
from schema.holds import HOLD_REASONS, Hold
from schema.lab import Material, WorkType
from schema.orders import LabOrder, Shade
from schema.patients import Patient
from schema.pipelines import ControlPoint, Stage
from schema.staff import Staff
from schema.teeth import OrderTooth
from schema.tracks import Assignment, Track, TrackTooth

UPPER = [*range(18, 10, -1), *range(21, 29)]
LOWER = [*range(48, 40, -1), *range(31, 39)]
SHADES = ("shade", "stump_shade", "cervical_shade", "body_shade", "incisal_shade")
Sheet = dict[str, Any]


def sheets_of(rows: list[Row], queue: Queue, now: Now) -> dict[int, Sheet]:
    """The sheet of each work by its track; a number of questions that does not grow."""
    orders = _orders(rows)
    book = _book(rows, orders)
    teeth, started = _teeth(rows), _started(rows)
    notes, links, parts = notes_beside(rows), links_beside(rows), parts_beside(rows)
    points, ways, holds = _points(rows), _ways(rows), _holds(rows)
    preferred = preferences_for(_made(row) for row in rows)
    me = queue.hands.get(now.person.staff_id)
    learnt = me.skills if me else {}
    sheets = {}
    for row in rows:
        work = row.work
        order = orders.get(work.order, {})
        sheets[work.track] = {
            **_told(work, order, book),
            **_stands(row, now),
            "track": work.track,
            "card": work.card,
            "seen": work.steps,
            "started": (work.card, work.steps) in started,
            "mine": work.technician == now.person.staff_id,
            "always": preferred[_made(row)],
            "held": holds.get(work.card, ""),
            "teeth": teeth.get(work.track) or teeth.get(-work.order, set()),
            "notes": notes.get(work.card, []) + notes.get(order.get("card", 0), []),
            "links": links.get(work.card, []) + links.get(order.get("card", 0), []),
            "parts": parts.get(work.order, []),
            "points": points.get(work.stage, []),
            "needs_lot": work.stage in points["lot"],
            "path": [
                {"name": row_name(name), "mine": code in learnt, "end": category != "open"}
                for code, name, category in ways.get(work.pipeline, {}).get(work.position, [])
            ],
        }
    return sheets


def _told(work: Work, order: dict[str, Any], book: TitleBook) -> Sheet:
    """What is to be made, for whom, in which shades, with which wishes."""
    return {
        "ticket": book.name(LabOrder, work.order),
        "patient": book.name(Patient, work.patient),
        "dentist": book.name(Staff, work.dentist),
        "work": " ".join(filter(None, (book.name(WorkType, work.kind[0]), work.name))),
        "material": book.name(Material, work.kind[1]),
        "shades": [book.name(Shade, order[name]) for name in SHADES if order.get(name)],
        "wishes": order.get("notes") or "",
        "units": work.units,
    }


def _stands(row: Row, now: Now) -> Sheet:
    """Where it stands in the queue, and how much time it has."""
    return {
        "stage": row_name(row.work.stage_name),
        "lane": row.place.lane,
        "next": row.place.next,
        "late": row.late,
        "slack": slack_text(row.slack),
        "spare": _spare(row.slack),
        "due": now.near(row.work.due),
    }


def _spare(slack: int | None) -> str:
    """`2 h to spare` or `1.5 h behind`; empty without a due date."""
    if slack is None:
        return ""
    hours = slack_text(abs(slack))
    if slack < 0:
        return gettext("%(hours)s behind", hours=hours)
    return gettext("%(hours)s to spare", hours=hours)


def _made(row: Row) -> Made:
    return Made(row.work.dentist, *row.work.kind)


def _orders(rows: list[Row]) -> dict[int, dict[str, Any]]:
    names = [name for name in (*SHADES, "notes", "card") if can("read", LabOrder, name)]
    chosen = [LabOrder.id, *(LabOrder._meta.fields[name] for name in names)]
    keys = {row.work.order for row in rows}
    return {
        one["id"]: one for one in scoped(LabOrder, *chosen).where(LabOrder.id.in_(keys)).dicts()
    }


def _book(rows: list[Row], orders: dict[int, dict[str, Any]]) -> TitleBook:
    book = TitleBook()
    shades = {order[name] for order in orders.values() for name in SHADES if order.get(name)}
    wanted: dict[type[Model], set[int]] = {
        LabOrder: {row.work.order for row in rows},
        WorkType: {row.work.kind[0] for row in rows},
        Material: {row.work.kind[1] for row in rows if row.work.kind[1]},
        Staff: {row.work.dentist for row in rows},
        Shade: shades,
    }
    if can("read", LabOrder, "patient"):
        wanted[Patient] = {row.work.patient for row in rows}
    book.learn(wanted)
    return book


def _teeth(rows: list[Row]) -> dict[int, set[int]]:
    """Teeth by track, and those of whole orders under the order's negative number."""
    found: dict[int, set[int]] = defaultdict(set)
    if not can("read", OrderTooth, "tooth"):
        return found
    own = (
        TrackTooth.select(TrackTooth.track, OrderTooth.tooth)
        .join(OrderTooth)
        .where(TrackTooth.track.in_([row.work.track for row in rows]))
    )
    for track, tooth in own.tuples():
        found[track].add(int(tooth))
    whole = scoped(OrderTooth, OrderTooth.order, OrderTooth.tooth).where(
        OrderTooth.order.in_([row.work.order for row in rows]), OrderTooth.layer == "final"
    )
    for order, tooth in whole.tuples():
        found[-order].add(int(tooth))
    return found


def _started(rows: list[Row]) -> set[tuple[int, int]]:
    """Cards with the step at which whoever has them now tapped Start."""
    now = (
        (Assignment.technician == BenchAct.by)
        & Assignment.ended_at.is_null()
        & (BenchAct.at >= Assignment.started_at)
    )
    acts = (
        BenchAct.select(BenchAct.card, BenchAct.step)
        .join(Track, on=Track.card == BenchAct.card)
        .join(Assignment, on=(Assignment.track == Track.id) & now)
        .where(BenchAct.card.in_([row.work.card for row in rows]), BenchAct.deed == "start")
    )
    return set(acts.tuples())


def _holds(rows: list[Row]) -> dict[int, str]:
    """Why works are on hold: the reason, and the note where the person may read it."""
    held = {row.work.card: row.work.held for row in rows if row.work.held is not None}
    notes: dict[int, str] = {}
    if held and can("read", Hold, "note"):
        told = scoped(Hold, Hold.card, Hold.note).where(
            Hold.card.in_(list(held)), Hold.ended_at.is_null(), Hold.note.is_null(False)
        )
        notes = dict(told.tuples())
    return {
        card: ": ".join(
            filter(None, [gettext(HOLD_REASONS.get(why, why)), row_name(notes.get(card, ""))])
        )
        for card, why in held.items()
    }


def _points(rows: list[Row]) -> dict[Any, Any]:
    """What Done vouches for at each stage; under `lot` the stages that ask for a lot."""
    found: dict[Any, Any] = defaultdict(list)
    found["lot"] = set()
    told = ControlPoint.select().where(
        ControlPoint.stage.in_({row.work.stage for row in rows}), ControlPoint.required
    )
    for point in told.order_by(ControlPoint.position):
        if point.evidence == "lot":
            found["lot"].add(point.stage_id)
        if point.evidence == "tick":
            found[point.stage_id].append(row_name(point.name))
    return found


def _ways(rows: list[Row]) -> dict[int, dict[int, list[tuple[str, str, str]]]]:
    """For each pipeline and position the stages from there on, up to the one that closes."""
    told = Stage.select(Stage.pipeline, Stage.code, Stage.name, Stage.category, Stage.position)
    told = told.where(
        Stage.pipeline.in_({row.work.pipeline for row in rows}), Stage.category != "lost"
    )
    lines: dict[int, list[tuple[int, tuple[str, str, str]]]] = defaultdict(list)
    for pipeline, code, name, category, position in told.order_by(Stage.position).tuples():
        lines[pipeline].append((position, (code, name, category)))
    return {
        pipeline: {at: [stage for position, stage in line if position >= at] for at, _ in line}
        for pipeline, line in lines.items()
    }
