"""Where do inquiries come from, and how many of them were answered or became patients?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from peewee import Case, fn

from schema.leads import InquirySource, Lead


@dataclass(frozen=True)
class SourceCount:
    """A source with its inquiries, and how many of them were answered."""

    source_id: int
    name: str
    count: int
    answered: int


def rows(leads: Any, since: dt.datetime, until: dt.datetime) -> list[SourceCount]:
    """The sources of the inquiries from `since` to before `until`, the richest first."""
    answered = fn.SUM(Case(None, [(Lead.first_response_at.is_null(False), 1)], 0))
    query = (
        leads.select(InquirySource.id, InquirySource.name, fn.COUNT(Lead.id), answered)
        .join(InquirySource, on=Lead.source == InquirySource.id)
        .where(Lead.inquiry_at >= since, Lead.inquiry_at < until)
        .group_by(InquirySource.id, InquirySource.name)
        .order_by(fn.COUNT(Lead.id).desc(), InquirySource.name)
    )
    return [SourceCount(key, name, count, int(good)) for key, name, count, good in query.tuples()]
