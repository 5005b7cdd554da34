"""An order keeps its card, its patient and what was ordered; a registered one is complete."""

from __future__ import annotations

import pytest

from schema.orders import LabOrder
from tests.copies import insert_like
from tests.factories.appointments import an_appointment
from tests.factories.cards import a_card
from tests.factories.lab import a_material, a_work_type, an_allowed_material
from tests.factories.orders import (
    a_draft_order,
    a_remake,
    an_order,
    an_order_tooth,
    an_order_visit,
)
from tests.factories.patients import a_patient
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")
REGISTER = "UPDATE lab_order SET is_draft = FALSE WHERE id = ?"


def test_an_order_keeps_a_card_of_its_own_and_of_its_kind():
    order = an_order()

    with refuses("lab_order_has_its_own_card"):
        insert_like(order, ticket="26-000002", is_draft=True)
    with refuses("lab_order_card_fits"):
        insert_like(order, ticket="26-000002", is_draft=True, card_id=a_card("track").id)
    with refuses("lab_order_card_stays"):
        raw("UPDATE lab_order SET card_id = ? WHERE id = ?", a_card("order").id, order.id)

    insert_like(order, ticket="26-000002", is_draft=True, card_id=a_card("order").id)


def test_an_order_is_never_removed():
    order = a_draft_order()

    with refuses("lab_order_is_never_removed"):
        raw("DELETE FROM lab_order WHERE id = ?", order.id)


def test_an_order_is_made_of_a_material_that_its_work_allows():
    order = a_draft_order()

    with refuses("lab_order_material_is_allowed"):
        raw("UPDATE lab_order SET material_id = ? WHERE id = ?", a_material().id, order.id)

    other = an_allowed_material(work_type=order.work_type).material
    raw("UPDATE lab_order SET material_id = ? WHERE id = ?", other.id, order.id)


def test_a_box_holds_one_open_order():
    first, second = an_order(box="B7"), an_order()

    with refuses("lab_order_box_holds_one_order"):
        raw("UPDATE lab_order SET box = 'B7' WHERE id = ?", second.id)
    with refuses("lab_order_box_has_a_name"):
        raw("UPDATE lab_order SET box = ' ' WHERE id = ?", second.id)

    raw("UPDATE lab_order SET box = NULL WHERE id = ?", first.id)
    raw("UPDATE lab_order SET box = 'B7' WHERE id = ?", second.id)


def test_a_registered_order_keeps_its_patient_and_its_work():
    order, patient, work = an_order(), a_patient(), a_work_type()

    with refuses("lab_order_patient_stays"):
        raw("UPDATE lab_order SET patient_id = ? WHERE id = ?", patient.id, order.id)
    with refuses("lab_order_work_is_set_in_draft"):
        raw(
            "UPDATE lab_order SET work_type_id = ?, material_id = NULL WHERE id = ?",
            work.id,
            order.id,
        )

    raw("UPDATE lab_order SET patient_id = ? WHERE id = ?", patient.id, a_draft_order().id)
    raw("UPDATE lab_order SET notes = 'urgent' WHERE id = ?", order.id)


def test_an_order_that_was_remade_stays_untouched():
    original = an_order()
    a_remake(original=original)

    with refuses("lab_order_remade_stays_untouched"):
        raw("UPDATE lab_order SET translucency = 'high' WHERE id = ?", original.id)
    with refuses("lab_order_remade_stays_untouched"):
        raw("UPDATE lab_order SET is_draft = TRUE WHERE id = ?", original.id)

    raw("UPDATE lab_order SET notes = 'see the new order' WHERE id = ?", original.id)


def test_an_order_without_teeth_is_not_registered():
    order = a_draft_order()

    with refuses("lab_order_names_its_teeth"):
        raw(REGISTER, order.id)

    an_order_tooth(order=order)
    raw(REGISTER, order.id)


def test_an_order_without_teeth_or_arch_is_not_registered():
    splint = a_work_type(needs_teeth=False, needs_shade=False)
    order = a_draft_order(work_type=splint)

    with refuses("lab_order_names_its_arch"):
        raw(REGISTER, order.id)

    raw("UPDATE lab_order SET arch = 'upper' WHERE id = ?", order.id)
    raw(REGISTER, order.id)


def test_an_order_without_material_or_shade_is_not_registered():
    order = a_draft_order()
    an_order_tooth(order=order)

    with refuses("lab_order_names_its_shade"):
        raw("UPDATE lab_order SET shade_id = NULL, is_draft = FALSE WHERE id = ?", order.id)
    with refuses("lab_order_names_its_material"):
        raw("UPDATE lab_order SET material_id = NULL, is_draft = FALSE WHERE id = ?", order.id)

    metal = a_draft_order(work_type=a_work_type(needs_shade=False), shade=None)
    an_order_tooth(order=metal)
    raw(REGISTER, metal.id)


def test_a_translucent_work_names_the_stump_shade():
    order = a_draft_order(work_type=a_work_type(needs_stump=True))
    an_order_tooth(order=order)

    with refuses("lab_order_names_its_stump_shade"):
        raw(REGISTER, order.id)

    raw("UPDATE lab_order SET stump_shade_id = shade_id WHERE id = ?", order.id)
    raw(REGISTER, order.id)
    assert not LabOrder.get_by_id(order.id).is_draft


def test_a_visit_is_of_the_patient_of_the_order():
    visit, stranger = an_order_visit(), an_appointment()

    with refuses("order_visit_is_of_the_visiting_patient"):
        raw("UPDATE order_visit SET appointment_id = ? WHERE id = ?", stranger.id, visit.id)
    with refuses("order_visit_is_of_the_orders_patient"):
        raw(
            "UPDATE order_visit SET patient_id = ?, appointment_id = ? WHERE id = ?",
            stranger.patient_id,
            stranger.id,
            visit.id,
        )
    with refuses("order_visit_planned_once"):
        insert_like(visit)

    insert_like(visit, purpose="try_in")
