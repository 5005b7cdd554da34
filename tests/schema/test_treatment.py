"""The truths of plans, stages and procedures, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.protocols import ProcedureType, Protocol, ProtocolProcedure, ProtocolStage
from schema.treatment import PlanStage, TreatmentPlan
from tests.copies import drop_guard
from tests.factories import NOW, later
from tests.factories import treatment as make
from tests.factories.cards import a_card, moved
from tests.factories.patients import a_patient
from tests.factories.pipelines import a_pipeline
from tests.factories.staff import a_person
from tests.refusals import refuses
from tests.rows import change, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def test_a_kind_of_procedure_has_its_own_code():
    kind = make.a_procedure_type()

    with refuses("procedure_type_code_is_free"):
        insert(ProcedureType, code=kind.code, name="Twice")


def test_a_procedure_takes_time():
    kind = make.a_procedure_type()
    change(kind, minutes=1)

    with refuses("procedure_type_takes_time"):
        change(kind, minutes=0)


def test_a_kind_of_procedure_does_not_contradict_what_was_planned():
    with_tooth = make.a_procedure(tooth=36).type
    without = make.a_procedure(tooth=None).type

    with refuses("procedure_type_fits_what_was_done"):
        change(with_tooth, needs_tooth="no")
    with refuses("procedure_type_fits_what_was_done"):
        change(without, needs_tooth="yes")

    change(with_tooth, needs_tooth="yes")
    change(without, needs_tooth="no")


def test_a_protocol_has_its_own_code():
    protocol = make.a_protocol()

    with refuses("protocol_code_is_free"):
        insert(Protocol, code=protocol.code, name="Twice")


def test_stages_of_a_protocol_have_numbers_of_their_own():
    stage = make.a_protocol_stage()

    with refuses("protocol_stage_numbered_once"):
        insert(ProtocolStage, protocol=stage.protocol, number=stage.number, name="Twice")
    with refuses("protocol_stage_counts_forward"):
        insert(ProtocolStage, protocol=stage.protocol, number=0, name="Before")
    with refuses("protocol_stage_counts_forward"):
        change(stage, wait_days=-1)

    insert(ProtocolStage, protocol=stage.protocol, number=2, name="Crown")


def test_a_procedure_is_listed_once_in_a_stage_of_a_protocol():
    listed = make.a_protocol_procedure()

    with refuses("protocol_procedure_once_per_stage"):
        insert(ProtocolProcedure, protocol_stage=listed.protocol_stage, type=listed.type)

    insert(ProtocolProcedure, protocol_stage=make.a_protocol_stage(), type=listed.type)


def test_a_plan_has_a_card_to_itself():
    plan = make.a_plan()
    good = {"patient": plan.patient, "author": plan.author, "name": "Crown"}

    with refuses("treatment_plan_has_its_own_card"):
        insert(TreatmentPlan, card=plan.card, **good)

    insert(TreatmentPlan, card=a_card("plan"), **good)


def test_a_plan_starts_with_a_new_card_of_its_kind():
    good = {"patient": a_patient(), "author": a_person(), "name": "Crown"}

    with refuses("treatment_plan_card_fits"):
        insert(TreatmentPlan, card=a_card("lead"), **good)
    with refuses("treatment_plan_card_fits"):
        insert(TreatmentPlan, card=moved(a_card("plan"), "working"), **good)

    insert(TreatmentPlan, card=a_card("plan"), **good)


def test_a_plan_does_not_start_where_plans_are_presented_already():
    good = {"patient": a_patient(), "author": a_person(), "name": "Crown"}
    late = a_pipeline("presented", "done", kind="plan")

    with refuses("treatment_plan_starts_before_presented"):
        insert(TreatmentPlan, card=a_card("plan", pipeline=late), **good)

    early = a_pipeline("drafted", "presented", "done", kind="plan")
    insert(TreatmentPlan, card=a_card("plan", pipeline=early), **good)


def test_a_plan_keeps_its_card():
    with refuses("treatment_plan_card_stays"):
        change(make.a_plan(), card=a_card("plan"))


def test_money_of_a_plan_is_in_a_currency():
    plan, procedure = make.a_plan(), make.a_procedure()
    change(plan, currency="EUR")
    change(procedure, currency="EUR")

    for wrong in ("eur", "€"):
        with refuses("treatment_plan_currency_has_three_letters"):
            change(plan, currency=wrong)
        with refuses("procedure_currency_has_three_letters"):
            change(procedure, currency=wrong)


def test_stages_of_a_plan_are_numbered_without_gap():
    plan = make.a_plan()

    with refuses("plan_stage_numbers_have_no_gap"):
        insert(PlanStage, plan=plan, number=2, name="Crown")
    insert(PlanStage, plan=plan, number=1, name="Implant")
    with refuses("plan_stage_numbers_have_no_gap"):
        insert(PlanStage, plan=plan, number=1, name="Implant")

    insert(PlanStage, plan=plan, number=2, name="Crown")


def test_two_stages_of_a_plan_never_share_a_number():
    stage = make.a_plan_stage()
    drop_guard("plan_stage_numbers_have_no_gap", "plan_stage")

    with refuses("plan_stage_numbered_once"):
        insert(PlanStage, plan=stage.plan, number=stage.number, name="Twice")


def test_a_stage_keeps_its_number_and_its_plan():
    stage = make.a_plan_stage()

    with refuses("plan_stage_number_stays"):
        change(stage, number=2)
    with refuses("plan_stage_number_stays"):
        change(stage, plan=make.a_plan())

    change(stage, name="Another name")


def test_only_the_last_stage_of_a_plan_is_taken_away():
    first = make.a_plan_stage()
    second = make.a_plan_stage(plan=first.plan)

    with refuses("plan_stage_removed_from_the_end"):
        remove(first)

    remove(second)
    remove(first)


def test_a_stage_waits_forward():
    stage = make.a_plan_stage()

    with refuses("plan_stage_waits_forward"):
        change(stage, wait_days=-1)
    with refuses("plan_stage_waits_forward"):
        change(stage, book_within_days=-1)


def test_a_dependent_stage_is_done_after_the_one_before():
    first = make.a_plan_stage()
    second = make.a_plan_stage(plan=first.plan)

    with refuses("plan_stage_done_after_the_one_before"):
        change(second, done_at=NOW)
    with refuses("plan_stage_done_after_the_one_before"):
        insert(PlanStage, plan=first.plan, number=3, name="Crown", done_at=NOW)
    change(first, done_at=NOW)
    with refuses("plan_stage_done_after_the_one_before"):
        change(second, done_at=later(days=-1))

    change(second, done_at=later(days=56))


def test_an_independent_stage_is_done_at_any_time():
    first = make.a_plan_stage()
    second = make.a_plan_stage(plan=first.plan, depends_on_previous=False)
    change(second, done_at=NOW)

    with refuses("plan_stage_done_after_the_one_before"):
        change(second, depends_on_previous=True)


def test_a_stage_on_which_a_done_one_depends_stays_done():
    first = make.a_plan_stage(done_at=NOW)
    second = make.a_plan_stage(plan=first.plan, done_at=later(days=1))

    with refuses("plan_stage_bears_the_next"):
        change(first, done_at=None)
    with refuses("plan_stage_bears_the_next"):
        change(first, done_at=later(days=2))

    change(second, done_at=None)
    change(first, done_at=None)
