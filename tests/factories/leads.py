"""Makes inquiries with a card of their own, and the lists they choose from."""

from __future__ import annotations

from typing import Any

from schema.leads import InquiryReason, InquirySource, Lead, LossReason, Referrer
from tests.factories import NOW, number
from tests.factories.cards import a_card


def an_inquiry_source(**columns: Any) -> InquirySource:
    return InquirySource.create(**{"code": f"source{number()}", "name": "Website"} | columns)


def an_inquiry_reason(**columns: Any) -> InquiryReason:
    return InquiryReason.create(**{"name": f"Implant {number()}"} | columns)


def a_loss_reason(**columns: Any) -> LossReason:
    return LossReason.create(**{"name": f"Too far {number()}", "kind": "lost"} | columns)


def a_referrer(**columns: Any) -> Referrer:
    return Referrer.create(**{"name": f"Dr. Marin {number()}", "kind": "practice"} | columns)


def a_lead(**columns: Any) -> Lead:
    """Somebody asked by telephone and waits for an answer."""
    mark = number()
    columns["card"] = columns.get("card") or a_card("lead")
    columns["source"] = columns.get("source") or an_inquiry_source()
    good = {"name": f"Radu Georgescu {mark}", "phone": f"+40733{mark:06d}", "inquiry_at": NOW}
    return Lead.create(**good | columns)
