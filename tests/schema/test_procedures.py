"""The truths of procedures, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from schema.treatment import Procedure
from tests.factories import NOW, later
from tests.factories import treatment as make
from tests.factories.appointments import an_appointment
from tests.factories.patients import a_patient
from tests.refusals import refuses
from tests.rows import change, insert, remove

pytestmark = pytest.mark.usefixtures("house")


def test_a_procedure_has_a_tooth_when_its_kind_needs_one():
    needs, bare = make.a_procedure_type(needs_tooth="yes"), make.a_procedure_type(needs_tooth="no")
    patient = a_patient()

    with refuses("procedure_tooth_fits_its_kind"):
        insert(Procedure, patient=patient, type=needs)
    with refuses("procedure_tooth_fits_its_kind"):
        insert(Procedure, patient=patient, type=bare, tooth=36)
    with refuses("procedure_tooth_fits_its_kind"):
        change(make.a_procedure(type=needs, tooth=36), type=bare)

    insert(Procedure, patient=patient, type=needs, tooth=85)
    insert(Procedure, patient=patient, type=bare)


def test_a_procedure_is_done_at_an_appointment_of_its_patient():
    procedure = make.a_procedure()
    visit = an_appointment(patient=procedure.patient)

    with refuses("procedure_done_at_a_visit"):
        change(procedure, done_at=NOW)
    with refuses("procedure_at_a_visit_of_the_patient"):
        change(procedure, done_at=NOW, appointment=an_appointment())

    change(procedure, done_at=NOW, appointment=visit)


def test_a_procedure_is_not_done_where_the_patient_never_came():
    procedure = make.a_procedure()
    visit = an_appointment(patient=procedure.patient, missed_at=later(days=2))

    with refuses("procedure_done_where_the_patient_came"):
        change(procedure, done_at=NOW, appointment=visit)


def test_a_procedure_is_done_once():
    procedure = make.a_done_procedure()

    with refuses("procedure_is_done_once"):
        change(procedure, done_at=later(days=1))
    with refuses("procedure_is_done_once"):
        change(procedure, done_at=None)
    with refuses("procedure_is_done_once"):
        change(procedure, appointment=an_appointment(patient=procedure.patient))
    with refuses("procedure_is_done_once"):
        change(procedure, tooth=11)

    change(procedure, note="Two cartridges of anaesthetic")


def test_what_was_done_stays_in_the_record():
    with refuses("procedure_done_is_kept"):
        remove(make.a_done_procedure())

    remove(make.a_procedure())


def test_a_done_procedure_is_marked_as_a_mistake_with_a_reason():
    procedure = make.a_done_procedure()

    with refuses("procedure_void_says_why"):
        change(procedure, voided_at=NOW)
    with refuses("procedure_void_says_why"):
        change(make.a_procedure(), voided_at=NOW, void_reason="Wrong tooth")

    change(procedure, voided_at=NOW, void_reason="Wrong tooth")


def test_a_procedure_is_accepted_or_declined():
    with refuses("procedure_accepted_or_declined"):
        change(make.a_procedure(accepted_at=NOW), declined_at=NOW)


def test_a_declined_procedure_is_not_done():
    procedure = make.a_procedure(declined_at=NOW)

    with refuses("procedure_declined_is_not_done"):
        change(procedure, done_at=NOW, appointment=an_appointment(patient=procedure.patient))


def test_a_procedure_is_in_a_plan_of_its_patient():
    stage = make.a_plan_stage()
    kind = make.a_procedure_type()

    with refuses("procedure_in_a_plan_of_the_patient"):
        insert(Procedure, patient=a_patient(), plan_stage=stage, type=kind)

    insert(Procedure, patient=stage.plan.patient, plan_stage=stage, type=kind)
