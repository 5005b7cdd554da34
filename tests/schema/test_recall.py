"""The truths of recall, seen to refuse on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from schema.recall import Recall, RecallAttempt, RecallRule, RecallTrigger
from tests.copies import drop_guard
from tests.factories import TODAY
from tests.factories import recall as make
from tests.factories.appointments import an_appointment
from tests.factories.patients import a_patient
from tests.factories.staff import a_person
from tests.refusals import refuses
from tests.rows import change, insert

pytestmark = pytest.mark.usefixtures("house")

WEEK = dt.timedelta(days=7)


def test_a_rule_has_its_own_code():
    rule = make.a_recall_rule()

    with refuses("recall_rule_code_is_free"):
        insert(RecallRule, code=rule.code, name="Twice", months=3)


def test_the_interval_of_a_rule_is_positive():
    rule = make.a_recall_rule(months=0, days=1)

    with refuses("recall_rule_interval_is_positive"):
        change(rule, days=0)
    with refuses("recall_rule_interval_is_positive"):
        change(rule, months=6, weeks=-1)

    change(rule, months=0, weeks=2, days=0)


@pytest.mark.parametrize("column", ["max_attempts", "days_between", "visit_minutes"])
def test_a_rule_tries_at_least_once(column: str):
    rule = make.a_recall_rule()
    change(rule, **{column: 1})

    with refuses("recall_rule_cadence_makes_sense"):
        change(rule, **{column: 0})


def test_a_procedure_starts_a_rule_once():
    trigger = make.a_recall_trigger()

    with refuses("recall_trigger_listed_once"):
        insert(RecallTrigger, rule=trigger.rule, procedure_type=trigger.procedure_type)

    insert(RecallTrigger, rule=make.a_recall_rule(), procedure_type=trigger.procedure_type)


def test_a_patient_has_one_recall_of_a_rule():
    recall = make.a_recall()

    with refuses("recall_once_per_patient_and_rule"):
        insert(Recall, patient=recall.patient, rule=recall.rule)

    insert(Recall, patient=a_patient(), rule=recall.rule)
    insert(Recall, patient=recall.patient, rule=make.a_recall_rule())


def test_an_interval_of_a_patient_is_positive():
    recall = make.a_recall()

    with refuses("recall_interval_is_positive"):
        change(recall, interval_months=0)
    with refuses("recall_interval_is_positive"):
        change(recall, interval_months=3, interval_days=-1)

    change(recall, interval_months=3)
    change(recall, interval_months=None)


def test_a_day_set_by_hand_has_an_author_and_a_reason():
    recall = make.a_recall(previous_on=TODAY - WEEK, computed_due_on=TODAY, due_on=TODAY)
    manual = {"due_on": TODAY + WEEK, "due_reason": "Pregnant", "due_by": a_person()}

    for lack in ({"due_reason": None}, {"due_reason": " "}, {"due_by": None}):
        with refuses("recall_manual_day_is_explained"):
            change(recall, **manual | lack)
    with refuses("recall_manual_day_is_explained"):
        change(recall, computed_due_on=None)
    with refuses("recall_manual_day_is_explained"):
        insert(Recall, patient=a_patient(), rule=recall.rule, due_on=TODAY)

    change(recall, **manual)
    change(recall, due_on=None)


def test_a_rule_counts_from_the_last_time():
    recall = make.a_recall()

    with refuses("recall_due_after_last_time"):
        change(recall, computed_due_on=TODAY)
    with refuses("recall_due_after_last_time"):
        change(recall, previous_on=TODAY, computed_due_on=TODAY)

    change(recall, previous_on=TODAY, computed_due_on=TODAY + WEEK)


def test_a_booked_recall_has_a_visit_of_its_patient():
    recall = make.a_recall()

    with refuses("recall_booked_has_a_visit"):
        change(recall, status="booked")
    with refuses("recall_booked_for_the_patient"):
        change(recall, status="booked", appointment=an_appointment())

    change(recall, status="booked", appointment=an_appointment(patient=recall.patient))


def test_attempts_are_numbered_without_gap():
    recall = make.a_recall()
    good = {"recall": recall, "channel": "call", "outcome": "no_answer"}

    with refuses("recall_attempt_numbers_have_no_gap"):
        insert(RecallAttempt, number=2, **good)
    insert(RecallAttempt, number=1, **good)
    insert(RecallAttempt, number=2, **good)
    drop_guard("recall_attempt_numbers_have_no_gap", "recall_attempt")
    with refuses("recall_attempt_numbered_once"):
        insert(RecallAttempt, number=2, **good)


def test_a_later_call_has_a_day():
    later = {"recall": make.a_recall(), "number": 1, "channel": "call", "outcome": "later"}

    with refuses("recall_attempt_later_says_when"):
        insert(RecallAttempt, **later)

    insert(RecallAttempt, next_on=TODAY + WEEK, **later)
