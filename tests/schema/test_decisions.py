"""The truths of presenting and approving plans, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import CardStep
from schema.decisions import Approval, DecisionMaker, Presentation, PresentationAttendance
from schema.treatment import TreatmentPlan
from tests.factories import NOW, TODAY, later
from tests.factories import decisions as make
from tests.factories.appointments import an_appointment
from tests.factories.cards import good_step, moved
from tests.factories.patients import a_patient
from tests.factories.staff import a_clinic, a_person, a_staff_role
from tests.factories.treatment import a_dear_plan, a_plan
from tests.refusals import raw, refuses
from tests.rows import change, insert

pytestmark = pytest.mark.usefixtures("house")


def good_approval(plan: TreatmentPlan, **columns: Any) -> dict[str, Any]:
    return {"plan": plan, "plan_value": plan.value, "at": NOW} | columns


def test_a_decision_maker_is_a_patient_or_a_name():
    plan = a_plan()

    with refuses("decision_maker_is_one_person"):
        insert(DecisionMaker, plan=plan)
    with refuses("decision_maker_is_one_person"):
        insert(DecisionMaker, plan=plan, patient=plan.patient, name="Ion Popescu")

    insert(DecisionMaker, plan=plan, name="Ion Popescu", relation="payer")


def test_a_decision_maker_is_listed_once():
    maker = make.a_decision_maker()
    make.a_decision_maker(plan=maker.plan, name="Ion Popescu")

    with refuses("decision_maker_listed_once"):
        insert(DecisionMaker, plan=maker.plan, patient=maker.patient)
    with refuses("decision_maker_listed_once"):
        insert(DecisionMaker, plan=maker.plan, name="ion popescu")

    insert(DecisionMaker, plan=maker.plan, patient=a_patient())


def test_a_dear_plan_is_presented_after_its_approval():
    plan = a_dear_plan()
    shown = make.a_presentation(plan=plan)

    with refuses("presentation_of_an_approved_plan"):
        change(shown, held_at=NOW)
    with refuses("presentation_of_an_approved_plan"):
        insert(Presentation, plan=plan, presenter=shown.presenter, held_at=NOW)
    make.an_approval(plan=plan)

    change(shown, held_at=NOW)


def test_a_plan_up_to_the_threshold_needs_no_approval():
    limit = a_clinic().approval_threshold
    at_limit, above = a_plan(value=limit), a_plan(value=limit + 1)

    insert(Presentation, plan=at_limit, presenter=at_limit.author, held_at=NOW)
    with refuses("presentation_of_an_approved_plan"):
        insert(Presentation, plan=above, presenter=above.author, held_at=NOW)


def test_a_plan_in_another_currency_needs_an_approval():
    shown = make.a_presentation(plan=a_plan(value=100, currency="EUR"))

    with refuses("presentation_of_an_approved_plan"):
        change(shown, held_at=NOW)
    make.an_approval(plan=shown.plan)

    change(shown, held_at=NOW)


def test_a_change_of_its_value_voids_the_approval():
    shown = make.a_presentation(plan=a_dear_plan())
    make.an_approval(plan=shown.plan)
    raw("UPDATE treatment_plan SET value = value + 1 WHERE id = ?", shown.plan_id)

    with refuses("presentation_of_an_approved_plan"):
        change(shown, held_at=NOW)


def test_the_latest_word_of_the_senior_dentists_counts():
    shown = make.a_presentation(plan=a_dear_plan())
    make.an_approval(plan=shown.plan)
    make.an_approval(plan=shown.plan, approved=False, note="Check the sinus first")

    with refuses("presentation_of_an_approved_plan"):
        change(shown, held_at=NOW)


def test_an_approval_does_not_count_for_a_plan_that_its_giver_took_over():
    shown = make.a_presentation(plan=a_dear_plan())
    approval = make.an_approval(plan=shown.plan)
    change(shown.plan, author=approval.by)

    with refuses("presentation_of_an_approved_plan"):
        change(shown, held_at=NOW)


def test_the_card_of_a_dear_plan_does_not_pass_presented_without_approval():
    plan = a_dear_plan()
    card = moved(plan.card, "booked")

    with refuses("card_step_presents_an_approved_plan"):
        insert(CardStep, **good_step(card, "presented"))
    insert(CardStep, **good_step(moved(a_dear_plan().card, "booked"), "lost"))
    make.an_approval(plan=plan)

    insert(CardStep, **good_step(card, "presented"))
    raw("UPDATE treatment_plan SET value = value + 1 WHERE id = ?", plan.id)
    insert(CardStep, **good_step(card, "accepted"))


def test_a_presentation_that_was_held_stays():
    shown = make.a_presentation()
    change(shown, held_at=NOW)

    with refuses("presentation_held_stays"):
        change(shown, held_at=None)
    with refuses("presentation_held_stays"):
        change(shown, plan=a_plan())


def test_a_plan_is_presented_at_a_visit_of_its_patient():
    shown = make.a_presentation()

    with refuses("presentation_at_a_visit_of_the_patient"):
        change(shown, appointment=an_appointment())

    change(shown, appointment=an_appointment(patient=shown.plan.patient))


def test_attendance_is_noted_once():
    seen = make.an_attendance()

    with refuses("presentation_attendance_noted_once"):
        insert(
            PresentationAttendance,
            presentation=seen.presentation,
            decision_maker=seen.decision_maker,
        )


def test_those_attend_who_decide_on_the_plan():
    shown = make.a_presentation()
    stranger = make.a_decision_maker()

    with refuses("presentation_attendance_of_its_plan"):
        insert(PresentationAttendance, presentation=shown, decision_maker=stranger)

    own = make.a_decision_maker(plan=shown.plan)
    insert(PresentationAttendance, presentation=shown, decision_maker=own)


def test_the_author_does_not_approve_the_own_plan():
    plan = a_plan(author=a_person("senior_dentist"))

    with refuses("approval_by_another_than_the_author"):
        insert(Approval, **good_approval(plan, by=plan.author))

    insert(Approval, **good_approval(plan, by=a_person("senior_dentist")))


def test_only_an_active_senior_dentist_approves():
    plan = a_plan()
    left = a_person("senior_dentist", ended_on=TODAY)
    once = a_person("senior_dentist")
    change(once.roles.get(), ended_on=TODAY)

    for person in (a_person("dentist"), left, once, a_staff_role().staff):
        with refuses("approval_by_a_senior_dentist"):
            insert(Approval, **good_approval(plan, by=person))


def test_an_approval_is_of_the_present_value():
    plan, senior = a_dear_plan(), a_person("senior_dentist")

    for lie in ({"plan_value": plan.value + 1}, {"currency": "EUR"}):
        with refuses("approval_of_the_present_value"):
            insert(Approval, **good_approval(plan, by=senior, **lie))

    insert(Approval, **good_approval(plan, by=senior, at=later(days=1)))


def test_a_plan_that_is_sent_back_hears_why():
    plan, senior = a_plan(), a_person("senior_dentist")

    with refuses("approval_refused_says_why"):
        insert(Approval, **good_approval(plan, by=senior, approved=False))

    insert(Approval, **good_approval(plan, by=senior, approved=False, note="Two implants"))
