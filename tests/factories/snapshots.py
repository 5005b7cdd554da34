"""Makes frozen figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from schema.snapshots import KpiSnapshot


def a_kpi_snapshot(**columns: Any) -> KpiSnapshot:
    """640 of 800 patients came back in October."""
    good = {
        "code": "retention",
        "period": "month",
        "period_start": dt.date(2026, 10, 1),
        "numerator": 640,
        "denominator": 800,
    }
    return KpiSnapshot.create(**good | columns)
