"""The queue in words: a line for each work, stages with their load, technicians with their days."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import format_date, gettext
from peewee import Model

from admin_views import outside_rights
from admin_views.card_rights import cards_within
from admin_views.language import row_name
from admin_views.plain_words import near_day_text, number_text
from admin_views.queue_rows import Question, Queue
from admin_views.tablet_limits import at_tablet
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from reports.queue_load import suggested
from reports.queue_plan import Row, heads
from schema.holds import HOLD_REASONS
from schema.lab import WorkType
from schema.orders import LabOrder, Shade
from schema.outside import Outsourcing
from schema.patients import Patient
from schema.pipeline_terms import CLOCKS
from schema.staff import Staff

TIGHT = 240  # working minutes


def lines_of(rows: list[Row], queue: Queue, now: Now) -> list[dict[str, Any]]:
    """What a line of the queue shows of each work; names of what the person may know."""
    book, sent = _book(rows), _sendable(rows)
    return [_line(row, queue, book, now) | {"send": sent.get(row.work.card, "")} for row in rows]


def _sendable(rows: list[Row]) -> dict[int, str]:
    """The way to send a work outside, by its card: of those that the person may send."""
    if not outside_rights.may_send() or at_tablet():
        return {}
    here = [row.work.card for row in rows if row.work.held != "supplier"]
    may = cards_within(Outsourcing, "create", here)
    return {card: url_for("outside.send", card=card) for card in may}


def _book(rows: list[Row]) -> TitleBook:
    book = TitleBook()
    wanted: dict[type[Model], set[int]] = {
        LabOrder: {row.work.order for row in rows},
        Patient: {row.work.patient for row in rows},
        WorkType: {row.work.kind[0] for row in rows},
        Shade: {row.work.shade for row in rows if row.work.shade},
        Staff: {row.work.technician for row in rows if row.work.technician},
    }
    book.learn(wanted)
    return book


def _line(row: Row, queue: Queue, book: TitleBook, now: Now) -> dict[str, Any]:
    work = row.work
    facts = [book.name(WorkType, work.kind[0]), work.name or "", book.name(Shade, work.shade)]
    free = work.technician is None
    return {
        "key": work.track,
        "ticket": book.name(LabOrder, work.order),
        "url": url_for("card_page.page", key=work.card),
        "next": row.place.next,
        "patient": book.name(Patient, work.patient),
        "what": " · ".join(filter(None, facts)),
        "stage": row_name(work.stage_name),
        "tone": _tone(row),
        "slack": slack_text(row.slack),
        "step_by": now.near(row.due),
        "due": now.near(work.due),
        "holder": book.name(Staff, work.technician),
        "holder_key": work.technician,
        "holder_can": work.technician in queue.hands
        and work.code in queue.hands[work.technician].skills,
        "initials": initials(book.name(Staff, work.technician)),
        "able": _able(work.code, queue),
        "suggested": suggested(row, queue.hands, queue.capacity, queue.days[0]) if free else None,
        "tags": [*_leave_tags(work.track, queue), *_tags(row)],
        "pinned": "pin" in work.marks,
        "rushed": "rush" in work.marks,
        "late": row.late,
    }


def _able(code: str, queue: Queue) -> list[tuple[int, str]]:
    """Who has learnt a stage; whoever is on leave today says so beside the name."""
    today = queue.days[0]
    return [
        (
            hand.key,
            gettext("%(name)s (away)", name=hand.name) if today in hand.away else hand.name,
        )
        for hand in queue.hands.values()
        if code in hand.skills
    ]


def _leave_tags(track: int, queue: Queue) -> list[tuple[str, str]]:
    """That whoever has a work is on leave, today or when the step must be done."""
    if track not in queue.leaves:
        return []
    gone, back = queue.leaves[track]
    if gone != queue.days[0]:
        return [("warn", gettext("away on %(day)s", day=_day(gone)))]
    return [("warn", away_text(back))]


def away_text(back: dt.date | None) -> str:
    """`away until Wed 2`, or only `away` when nobody can say until when."""
    return gettext("away until %(day)s", day=_day(back)) if back else gettext("away")


def _day(day: dt.date) -> str:
    return str(format_date(day, "EEE d MMM"))


def _tone(row: Row) -> str:
    if row.place.lane == "held":
        return "idle"
    if row.slack is None:
        return "info"
    return "late" if row.slack < 0 else "warn" if row.slack < TIGHT else "good"


def slack_text(minutes: int | None) -> str:
    """`2.5 h` of working time, `−1.5 h` when it is behind; `2,5 h` to readers of Romanian."""
    if minutes is None:
        return ""
    hours = (
        number_text(Decimal(round(abs(minutes) / 6)) / 10)
        if abs(minutes) < 6000
        else str(abs(minutes) // 60)
    )
    sign = "\N{MINUS SIGN}" if minutes < 0 else ""
    return gettext("%(hours)s h", hours=f"{sign}{hours}")


def _tags(row: Row) -> list[tuple[str, str]]:
    """Why a work stands where it does: (tone, words)."""
    work, found = row.work, []
    if work.held is not None:
        why = gettext(HOLD_REASONS.get(work.held, work.held))
        found.append(("warn", gettext("On hold: %(why)s", why=why)))
    elif row.place.lane == "held":
        found.append(("idle", gettext("waits for: %(who)s", who=gettext(CLOCKS[work.clock]))))
    if "pin" in work.marks:
        found.append(("info", gettext("pinned")))
    if row.place.lane == "rush":
        found.append(("warn", gettext("rush")))
    if row.place.capped:
        found.append(("idle", gettext("rush lane is full")))
    if row.place.lane == "aged":
        found.append(("warn", gettext("too long here")))
    if row.early:
        found.append(("idle", gettext("taken out of order")))
    if work.maker is not None and work.technician is None:
        found.append(("info", gettext("came back")))
    return found


def head_lines(rows: list[Row], asked: Question) -> list[dict[str, Any]]:
    """The stages with what stands there; the one where most waits is the bottleneck."""
    return [
        {
            "code": head.code,
            "name": row_name(head.name),
            "count": head.count,
            "units": head.units,
            "oldest": slack_text(head.oldest),
            "bottleneck": head.bottleneck,
            "share": head.share,
            "on": asked.stage == head.code,
        }
        for head in heads(rows)
    ]


def way_chips(rows: list[Row], asked: Question) -> list[tuple[str, str, int, bool]]:
    """(code, name, works, chosen) of each technology under way."""
    names = {row.work.way: row.work.way_name for row in rows}
    many = Counter(row.work.way for row in rows)
    return [(code, row_name(names[code]), count, asked.way == code) for code, count in many.items()]


def hand_lines(queue: Queue, now: Now) -> list[dict[str, Any]]:
    """Each technician with the load of today and of the next working days."""
    return [
        {
            "name": hand.name,
            "initials": initials(hand.name),
            "key": hand.key,
            "days": [
                {
                    "day": near_day_text(day),
                    "away": load.away,
                    "here": load.here,
                    "units": load.units,
                    "capacity": load.capacity,
                    "percent": min(100, load.percent),
                    "over": load.percent > 100 or (not load.here and load.units > 0),
                    "tight": load.percent > 85,
                }
                for day, load in hand.loads.items()
            ],
        }
        for hand in queue.hands.values()
    ]


def initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()
