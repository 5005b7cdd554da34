"""The control points on the page of a card, by stage: the stage of the card first and open."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from flask_babel import gettext
from peewee import Model

from admin_views import card_rights
from admin_views.card_links import where_done
from admin_views.language import row_name
from admin_views.policy import can
from admin_views.titles import TitleBook
from admin_views.today_blocks import Now
from schema.cards import Card, Tick
from schema.pipeline_terms import BLOCKS
from schema.staff import Staff
from schema.workflow.gates import Line


def blocks_of(
    card: Card,
    lines: Sequence[Line],
    record: Model | None,
    told: Container[int],
    book: TitleBook,
    now: Now,
) -> list[dict[str, Any]]:
    """Points by stage, with how many are ticked; `told` are those that the gate names already."""
    places: dict[int, dict[str, Any]] = {}
    for line in lines:
        stage = line.point.stage
        place = places.setdefault(
            stage.id,
            {
                "name": row_name(stage.name),
                "here": stage.id == card.stage_id,
                "all": 0,
                "ticked": 0,
                "lines": [],
            },
        )
        place["all"] += 1
        place["ticked"] += line.ticked
        if line.point.id not in told:
            waits = place["here"] and not (line.ready or line.ticked or card.closed_at)
            url = where_done(line.point.evidence, card, record) if waits else None
            scans = waits and line.point.evidence == "lot" and card_rights.may_use_lot()
            place["lines"].append(_line(line, url, book, now) | {"scans_lot": scans})
    return sorted(places.values(), key=lambda place: not place["here"])


def _line(line: Line, url: str | None, book: TitleBook, now: Now) -> dict[str, Any]:
    """One point; `url` leads to where its evidence is made, while that lacks."""
    noted = line.note if can("read", Tick, "evidence_note") else None
    return {
        "point": line.point.id,
        "name": row_name(line.point.name),
        "block": gettext(BLOCKS[line.point.block]),
        "required": line.point.required,
        "ticked": line.ticked,
        "ready": line.ready,
        "url": url,
        "who": book.name(Staff, line.by_id) if line.ticked and can("read", Tick, "by") else "",
        "when": now.near(line.at) if line.ticked else "",
        "note": noted or "",
    }
