"""Comparing papers with the screen: a check is begun, told paper by paper, and closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.acting import acting
from schema.cards import Card
from schema.database import is_sqlite
from schema.orders import LabOrder
from schema.papers import PaperCheck, PaperFinding
from schema.pipelines import Stage
from schema.staff import Location
from schema.workflow import Refused
from schema.workflow.refusing import one_spoken_act


def begin_check(location_id: int, *, by: int, now: dt.datetime, today: dt.date) -> PaperCheck:
    """The open check of a location and day, begun when there is none; `today` is a clinic day.

    Raises Refused when the location is ended, or its check of that day is closed.
    """
    with acting(staff=by), one_spoken_act():
        place = Location.get_or_none(Location.id == location_id, Location.ended_on.is_null())
        if place is None:
            raise Refused("This location is not in use any more.")
        found = PaperCheck.get_or_none(location=place, day=today)
        if found is None:
            return PaperCheck.create(location=place, day=today, started_at=now, started_by=by)
        if found.closed_at is not None:
            raise Refused("The papers of this location are checked already on that day.")
        return found


def note_paper(
    check_id: int, order_id: int, stage_id: int, box: str, *, by: int, now: dt.datetime
) -> PaperFinding:
    """What the paper of an order says: its stage, and its box (empty: none).

    Looking once more at a paper puts the finding right. Raises Refused: the check is closed, the
    order is not there, the stage is not on its way.
    """
    with acting(staff=by), one_spoken_act():
        check, order = _open(check_id), LabOrder.get_or_none(LabOrder.id == order_id)
        if order is None:
            raise Refused("This order does not exist.")
        if (
            not Stage.select()
            .where(Stage.id == stage_id, Stage.pipeline == order.card.pipeline_id)
            .exists()
        ):
            raise Refused("Choose a stage of the way that this order travels.")
        told = {"paper_stage": stage_id, "paper_box": _box(box, order.box)}
        return _keep(check, order, told | {"by": by, "at": now})


def close_check(check_id: int, *, by: int, now: dt.datetime) -> PaperCheck:
    """Close a check: each open order of the location without a paper is found missing.

    Closing twice is closing once. Raises Refused when the check is not there.
    """
    with acting(staff=by), one_spoken_act():
        check = _check(check_id)
        if check.closed_at is not None:
            return check
        for order in unseen(check):
            _keep(check, order, {"by": by, "at": now, "paper_stage": None, "paper_box": None})
        PaperCheck.update(
            closed_at=now, closed_by=by, row_version=PaperCheck.row_version + 1
        ).where(PaperCheck.id == check.id).execute()
        return PaperCheck.get_by_id(check.id)


def orders_here(location_id: int) -> Any:
    """The orders whose paper lies at a location: registered, on an open card of that place."""
    return (
        LabOrder.select(LabOrder, Card)
        .join(Card)
        .where(
            Card.kind == "order",
            Card.closed_at.is_null(),
            Card.location == location_id,
            ~LabOrder.is_draft,
        )
        .order_by(LabOrder.ticket)
    )


def unseen(check: PaperCheck) -> Any:
    """The orders of the check's location whose paper nobody has seen in it."""
    seen = PaperFinding.select(PaperFinding.order).where(PaperFinding.paper_check == check)
    return orders_here(check.location_id).where(LabOrder.id.not_in(seen))


def _keep(check: PaperCheck, order: LabOrder, told: dict[str, Any]) -> PaperFinding:
    """Write the finding beside what the screen says now, or put the earlier one right."""
    here = orders_here(check.location_id).where(LabOrder.id == order.id).exists()
    screen = {"screen_stage": order.card.stage_id, "screen_box": order.box}
    row = told | screen | {"result": _result(told, screen, here)}
    found = PaperFinding.get_or_none(paper_check=check, order=order)
    if found is None:
        return PaperFinding.create(paper_check=check, order=order, **row)
    row["row_version"] = PaperFinding.row_version + 1
    PaperFinding.update(row).where(PaperFinding.id == found.id).execute()
    return PaperFinding.get_by_id(found.id)


def _result(told: dict[str, Any], screen: dict[str, Any], here: bool) -> str:
    if told["paper_stage"] is None:
        return "missing"
    if not here:
        return "extra"
    if told["paper_stage"] != screen["screen_stage"]:
        return "stage"
    return "agrees" if (told["paper_box"] or "") == (screen["screen_box"] or "") else "box"


def _box(typed: str, known: str | None) -> str | None:
    """A box as the screen writes it, when only blanks and capitals differ."""
    text = " ".join(typed.split())[:20].strip()
    same = known is not None and text.replace(" ", "").lower() == known.replace(" ", "").lower()
    return known if same else text or None


def _open(check_id: int) -> PaperCheck:
    check = _check(check_id)
    if check.closed_at is not None:
        raise Refused("This check is closed; begin the next one.")
    return check


def _check(check_id: int) -> PaperCheck:
    """The check, held until the end of the act."""
    wanted = PaperCheck.select().where(PaperCheck.id == check_id)
    found: PaperCheck | None = (wanted if is_sqlite() else wanted.for_update()).first()
    if found is None:
        raise Refused("This check is not there.")
    return found
