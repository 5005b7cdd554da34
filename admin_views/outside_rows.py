"""What is outside, late first, and the firms with how they keep their word; in words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import url_for
from flask_babel import gettext

from admin_views import outside_rights
from admin_views.card_rights import cards_within
from admin_views.custody_rows import part_names
from admin_views.language import row_name
from admin_views.plain_words import clinic_zone, day_text, moment_text, money_text, number_text
from admin_views.policy import can, scoped
from admin_views.reading import note_rows
from admin_views.titles import TitleBook
from reports import outside
from schema.base import utcnow
from schema.cards import Card
from schema.components import Component, ComponentKind
from schema.lab import Subcontractor
from schema.orders import LabOrder
from schema.outside import METHODS, Outsourcing
from schema.pipelines import Stage
from schema.supplier_times import DAY, ENOUGH, SupplierTime
from schema.tracks import Track

MOST = 200
Parts = dict[int, list[tuple[int, str, int]]]


def out_now(firm: int | None, order: int | None) -> dict[str, Any]:
    """Works that are away, the longest overdue first, and those whose parts are still away."""
    asked = works_asked()
    if firm is not None:
        asked = asked.where(Outsourcing.subcontractor == firm)
    if order is not None:
        asked = asked.where(Track.order == order)
    away = Outsourcing.returned_at.is_null()
    if outside_rights.may_see_parts():
        away |= Outsourcing.id.in_(outside.with_parts_left())
    back = Outsourcing.returned_at.is_null(False)
    rows = list(asked.where(away).order_by(back, Outsourcing.expected_on).limit(MOST))
    note_rows("list", Outsourcing, [one.id for one in rows])
    book, parts = TitleBook(), parts_of(rows)
    book.learn({LabOrder: {one.track.order_id for one in rows}})
    lines = [line_of(one, book, parts) for one in rows]
    return {
        "lines": [line for line in lines if not line["back"]],
        "left": [line for line in lines if line["back"]],
        "late": sum(line["late"] for line in lines),
    }


def works_asked() -> Any:
    """Outside works within the person's sight, with process, card, step and firm."""
    asked = scoped(Outsourcing, Outsourcing, Track, Card, Stage, Subcontractor)
    asked = asked.join(Track).join(Card).switch(Outsourcing).join(Subcontractor)
    return asked.switch(Outsourcing).left_outer_join(Stage)


def parts_of(works: list[Outsourcing]) -> Parts:
    """Key, name and pieces of each component that is still with the firm, by outside work."""
    if not outside_rights.may_see_parts():
        return {}
    along = outside.parts_along([one.id for one in works])
    keys = {key for parts in along.values() for key in parts}
    asked = scoped(Component, Component, ComponentKind).join(ComponentKind)
    names = part_names(list(asked.where(Component.id.in_(list(keys) or [0]))))
    return {
        work: [(key, names[key], number) for key, number in parts.items() if key in names]
        for work, parts in along.items()
    }


def line_of(one: Outsourcing, book: TitleBook, parts: Parts) -> dict[str, Any]:
    """One outside work as a line of the list and the head of its own page tell it."""
    today = utcnow().astimezone(clinic_zone()).date()
    back: bool = one.returned_at is not None
    days: int = (today - one.expected_on).days
    told = {
        name: can("read", Outsourcing, name) for name in ("stage", "units", "method", "promised_on")
    }
    moved = told["promised_on"] and one.promised_on != one.expected_on
    return {
        "id": one.id,
        "url": url_for("outside.work", key=one.id),
        "card": url_for("card_page.page", key=one.track.card_id),
        "ticket": book.name(LabOrder, one.track.order_id),
        "name": one.track.name or "" if can("read", Track, "name") else "",
        "step": row_name(one.stage.name) if one.stage_id and told["stage"] else "",
        "firm": one.subcontractor.name,
        "since": moment_text(one.sent_at),
        "away": (today - one.sent_at.astimezone(clinic_zone()).date()).days,
        "expected": day_text(one.expected_on),
        "promised": day_text(one.promised_on) if moved else "",
        "late": not back and days > 0,
        "today": not back and days == 0,
        "days": days,
        "units": one.units if told["units"] else None,
        "method": gettext(METHODS[one.method]) if told["method"] and one.method else "",
        "parts": parts.get(one.id, []),
        "back": moment_text(one.returned_at) if back else "",
    }


def to_send(order: int) -> list[dict[str, Any]]:
    """Open processes of an order that are here and that the person may send, with the way to it."""
    if not outside_rights.may_send():
        return []
    away = Outsourcing.select(Outsourcing.track).where(Outsourcing.returned_at.is_null())
    asked = scoped(Track, Track, Card, Stage).join(Card).join(Stage, on=Card.stage == Stage.id)
    here = (Track.order == order) & Card.closed_at.is_null() & Track.id.not_in(away)
    rows = list(asked.where(here).order_by(Track.id))
    may = cards_within(Outsourcing, "create", [one.card_id for one in rows])
    book = TitleBook()
    book.learn({Track: {one.id for one in rows}})
    return [
        {
            "url": url_for("outside.send", card=one.card_id),
            "name": book.name(Track, one.id),
            "step": row_name(one.card.stage.name),
        }
        for one in rows
        if one.card_id in may
    ]


def firm_lines() -> list[dict[str, Any]]:
    """Each firm with what is there now, its percentiles with how many works, and its cost."""
    now = utcnow()
    found = outside.firms(scoped(Outsourcing), clinic_zone(), now)
    costs = outside_rights.may_see_cost()
    how = can("read", Outsourcing, "outcome")
    promised = can("read", Outsourcing, "promised_on")
    rows = scoped(Subcontractor).order_by(Subcontractor.name)
    lines = []
    for firm in rows:
        one = found.get(firm.id, outside.Firm())
        if firm.ended_on is not None and not one.out:
            continue
        lines.append(
            {
                "id": firm.id,
                "name": firm.name,
                "out": one.out,
                "count": one.count,
                "p50": days_text(one.time.p50),
                "p80": days_text(one.time.p80),
                "enough": one.time.p80 is not None,
                "outliers": one.time.has_outliers,
                "late": _share(one.late, one.count) if promised else "",
                "faulty": _share(one.faulty, one.count) if how else "",
                "costs": _costs(one) if costs else [],
                "usual": firm.usual_days if can("read", Subcontractor, "usual_days") else None,
            }
        )
    return lines


def days_text(minutes: int | None) -> str:
    """Days of the calendar with one decimal, such as 4.4; nothing for none."""
    if minutes is None:
        return ""
    return number_text(Decimal(round(minutes * 10 / DAY)) / 10)


def _share(some: int, count: int) -> str:
    """`3 of 40 (8%)`; without a percentage while there are too few."""
    if not count:
        return ""
    words = gettext("%(some)s of %(all)s", some=some, all=count)
    return f"{words} ({round(100 * some / count)}%)" if count >= ENOUGH else words


def _costs(one: outside.Firm) -> list[str]:
    return [f"{money_text(minor)} {currency}" for currency, minor in one.per_unit()]


def firm_choices(proposals: Any, firms: list[Subcontractor]) -> list[dict[str, Any]]:
    """The firms to choose from, each with the day that is proposed and what it rests on."""
    return [
        {
            "id": firm.id,
            "name": firm.name,
            "day": day_text(proposals[firm.id].day) if proposals[firm.id].day else "",
            "why": _why(proposals[firm.id].time, proposals[firm.id].usual_days),
        }
        for firm in firms
    ]


def _why(time: SupplierTime, usual: int | None) -> str:
    if time.p80 is not None:
        return gettext(
            "P80 of %(count)s works: %(days)s days", count=time.count, days=days_text(time.p80)
        )
    few = gettext("only %(count)s past works, no percentile", count=time.count)
    if usual:
        return gettext("says %(days)s days", days=usual) + "; " + few
    return few
