"""The lines of a check of papers: what differs, as the paper and the screen say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext

from admin_views.card_rights import may_see_cards
from admin_views.language import row_name
from admin_views.policy import scoped
from schema.base import option
from schema.orders import LabOrder
from schema.papers import RESULTS, PaperFinding
from schema.pipelines import Stage

WORST_FIRST = ("extra", "missing", "stage", "box")


def differing(found: Iterable[PaperFinding]) -> list[PaperFinding]:
    """Those that do not agree, what is missing or left over before the rest."""
    differs = [one for one in found if one.result in WORST_FIRST]
    return sorted(differs, key=lambda one: (WORST_FIRST.index(one.result), one.order_id))


def lines_of(found: list[PaperFinding]) -> list[dict[str, Any]]:
    """What the page shows of each, with a constant number of questions."""
    orders = {
        one.id: one
        for one in scoped(LabOrder).where(LabOrder.id.in_([one.order_id for one in found]))
    }
    keys = {key for one in found for key in (one.paper_stage_id, one.screen_stage_id)}
    stages = {one.id: row_name(one.name) for one in Stage.select().where(Stage.id.in_(list(keys)))}
    tones = option(PaperFinding, "tones")["result"]
    return [
        {
            "ticket": orders[one.order_id].ticket if one.order_id in orders else "",
            "url": _url(orders.get(one.order_id)),
            "result": gettext(RESULTS[one.result]),
            "tone": tones[one.result],
            "paper": _told(stages.get(one.paper_stage_id, ""), one.paper_box),
            "screen": _told(stages.get(one.screen_stage_id, ""), one.screen_box),
        }
        for one in found
    ]


def _told(stage: str, box: str | None) -> str:
    words = gettext("box %(name)s", name=box) if box else ""
    return " · ".join(filter(None, (stage, words))) or "–"


def _url(order: LabOrder | None) -> str:
    if order is None:
        return ""
    if may_see_cards():
        return url_for("card_page.page", key=order.card_id)
    return url_for("ticket.index", number=order.id)
