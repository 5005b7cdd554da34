"""Recalls count from the day on which something was done, by their rule or the patient's own."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.recall import Recall
from schema.workflow.recalls import due_after, set_recall
from tests.factories import TODAY
from tests.factories.hours import a_holiday, opening_hours
from tests.factories.patients import a_patient
from tests.factories.recall import a_recall, a_recall_rule
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")

YEAR = dt.timedelta(days=365)
LAST = TODAY - YEAR


@pytest.mark.parametrize("day", [28, 29, 30, 31])
def test_a_month_that_is_too_short_ends_early(day: int):
    rule = a_recall_rule(months=6, days=1)

    assert due_after(dt.date(2025, 8, day), rule) == dt.date(2026, 3, 1)


def test_months_come_first_then_weeks_then_days():
    rule = a_recall_rule(months=13, weeks=1, days=1)

    assert due_after(dt.date(2024, 1, 31), rule) == dt.date(2025, 3, 8)


def test_the_interval_of_the_patient_goes_before_the_rule():
    recall = a_recall(interval_months=3)

    assert due_after(dt.date(2025, 11, 10), recall.rule, recall) == dt.date(2026, 2, 10)


def test_working_days_leave_out_weekends_and_holidays():
    rule = a_recall_rule(months=0, days=3, counted_in="working")
    for weekday in range(1, 6):
        opening_hours(weekday=weekday)
    a_holiday(day=dt.date(2026, 1, 5))

    assert due_after(dt.date(2026, 1, 2), rule) == dt.date(2026, 1, 8)


def test_without_opening_hours_every_day_is_a_working_day():
    rule = a_recall_rule(months=0, days=3, counted_in="working")

    assert due_after(dt.date(2026, 1, 2), rule) == dt.date(2026, 1, 5)


def test_a_recall_without_a_day_gets_one():
    old = a_recall()

    assert set_recall(old.patient_id, old.rule, on=TODAY)

    assert Recall.get_by_id(old.id).due_on == due_after(TODAY, old.rule)


def test_a_recall_that_was_due_counts_anew_and_is_asked_anew():
    rule = a_recall_rule()
    due = due_after(LAST, rule)
    a_recall(rule=rule, previous_on=LAST, computed_due_on=due, due_on=due, status="refused")

    [old] = Recall.select()
    set_recall(old.patient_id, rule, on=TODAY)

    [recall] = Recall.select()
    assert (recall.previous_on, recall.due_on) == (TODAY, due_after(TODAY, rule))
    assert recall.status == "waiting"


@pytest.mark.parametrize(("days", "stays"), [(400, True), (-10, False)])
def test_a_day_that_a_person_set_stays_while_it_lies_ahead(days: int, stays: bool):
    rule, chosen = a_recall_rule(), TODAY + dt.timedelta(days=days)
    facts = {"due_on": chosen, "due_by": a_person(), "due_reason": "Abroad until then"}
    due = due_after(LAST, rule)
    old = a_recall(rule=rule, previous_on=LAST, computed_due_on=due, **facts)

    set_recall(old.patient_id, rule, on=TODAY)

    recall = Recall.get_by_id(old.id)
    assert (recall.due_on == chosen) is stays
    assert (recall.due_reason is not None) is stays
    assert recall.computed_due_on == due_after(TODAY, rule)


def test_the_same_day_twice_changes_nothing():
    rule, patient = a_recall_rule(), a_patient()

    assert set_recall(patient.id, rule, on=TODAY)
    assert not set_recall(patient.id, rule, on=TODAY)
    assert not set_recall(patient.id, rule, on=LAST)

    assert Recall.select().count() == 1
