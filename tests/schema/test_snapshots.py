"""The truths of frozen figures, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from tests.factories import snapshots as make
from tests.factories.staff import a_location
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

FIGURE = (
    "INSERT INTO kpi_snapshot (code, period, period_start, location_id, numerator, denominator, "
    "excluded) VALUES ('retention', ?, ?, ?, 1, ?, 0)"
)


def test_a_figure_is_frozen_once_per_period_and_location():
    make.a_kpi_snapshot(location=a_location())
    make.a_kpi_snapshot(code="no_show")
    whole = make.a_kpi_snapshot()
    raw(FIGURE, "month", "2026-11-01", None, 1)

    with refuses("kpi_snapshot_taken_once"):
        raw(FIGURE, "month", str(whole.period_start), None, 1)


def test_a_month_begins_on_its_first():
    make.a_kpi_snapshot(period="week", period_start=dt.date(2026, 11, 16))

    with refuses("kpi_snapshot_month_begins_on_1"):
        raw(FIGURE, "month", "2026-11-16", None, 1)


def test_counts_of_a_figure_are_not_negative():
    raw(FIGURE, "month", "2026-09-01", None, 0)

    with refuses("kpi_snapshot_counts_up"):
        raw(FIGURE, "month", "2026-08-01", None, -1)


def test_a_frozen_figure_stays():
    figure = make.a_kpi_snapshot()

    with refuses("kpi_snapshot_is_history"):
        raw("UPDATE kpi_snapshot SET numerator = 700 WHERE id = ?", figure.id)


def test_a_figure_of_nothing_has_no_value():
    assert make.a_kpi_snapshot().value == Fraction(4, 5)
    assert make.a_kpi_snapshot(code="empty", numerator=0, denominator=0).value is None
