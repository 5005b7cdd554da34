"""Makes prints of papers, checks of papers and what they found."""

from __future__ import annotations

from typing import Any

from schema.papers import PaperCheck, PaperFinding, PaperPrint
from tests.factories import NOW, TODAY
from tests.factories.orders import an_order
from tests.factories.staff import a_location, a_person


def a_paper_print(**columns: Any) -> PaperPrint:
    """The first job ticket of an order."""
    columns["order"] = columns.get("order") or an_order()
    columns["by"] = columns.get("by") or a_person("lab_supervisor")
    return PaperPrint.create(**{"kind": "ticket", "copy_number": 1, "at": NOW} | columns)


def a_paper_check(**columns: Any) -> PaperCheck:
    """An open check of a location, today."""
    columns["location"] = columns.get("location") or a_location()
    columns["started_by"] = columns.get("started_by") or a_person("lab_supervisor")
    return PaperCheck.create(**{"day": TODAY, "started_at": NOW} | columns)


def a_paper_finding(**columns: Any) -> PaperFinding:
    """The paper of an order at the location of the check says what the screen says."""
    check = columns["paper_check"] = columns.get("paper_check") or a_paper_check()
    order = columns["order"] = columns.get("order") or order_at(check)
    columns["by"] = columns.get("by") or check.started_by
    good = {
        "result": "agrees",
        "paper_stage": order.card.stage,
        "screen_stage": order.card.stage,
        "paper_box": order.box,
        "screen_box": order.box,
        "at": NOW,
    }
    return PaperFinding.create(**good | columns)


def order_at(check: PaperCheck, **columns: Any) -> Any:
    """A registered order whose work is open at the location of a check."""
    order = an_order(**columns)
    order.card.location = check.location
    order.card.save()
    return order
