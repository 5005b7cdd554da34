"""A bridge is contiguous along one arch, of one material, borne by an abutment."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories.lab import a_material, a_work_type, an_allowed_material
from tests.factories.orders import (
    a_draft_order,
    an_order,
    an_order_connector,
    an_order_tooth,
    joined,
    registered,
)
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")
REGISTER = "UPDATE lab_order SET is_draft = FALSE WHERE id = ?"
JOIN = "UPDATE order_connector SET second_id = ? WHERE id = ?"


def a_bridge_order(**columns):
    return a_draft_order(work_type=a_work_type(name="Bridge", is_bridge=True), **columns)


def test_a_tooth_has_one_line_in_each_layer():
    tooth = an_order_tooth()

    with refuses("order_tooth_once_per_layer"):
        insert_like(tooth)

    insert_like(tooth, layer="provisional")


def test_an_implant_crown_names_its_implant():
    tooth = an_order_tooth()

    with refuses("order_tooth_implant_is_named"):
        raw("UPDATE order_tooth SET part = 'implant_crown' WHERE id = ?", tooth.id)

    raw(
        "UPDATE order_tooth SET part = 'implant_crown', implant = 'Straumann BLX RB' WHERE id = ?",
        tooth.id,
    )


def test_a_tooth_is_of_a_material_that_the_work_allows():
    tooth = an_order_tooth()

    with refuses("order_tooth_material_is_allowed"):
        raw("UPDATE order_tooth SET material_id = ? WHERE id = ?", a_material().id, tooth.id)

    other = an_allowed_material(work_type=tooth.order.work_type).material
    raw("UPDATE order_tooth SET material_id = ? WHERE id = ?", other.id, tooth.id)


@pytest.mark.parametrize("pair", [(11, 21), (21, 11), (41, 31), (12, 13), (51, 61), (36, 37)])
def test_neighbours_along_an_arch_are_joined(pair):
    order = a_draft_order()
    first, second = (an_order_tooth(order=order, tooth=tooth) for tooth in pair)

    assert an_order_connector(first=first, second=second).id


@pytest.mark.parametrize("tooth", [13, 41, 31, 22, 51])
def test_teeth_that_are_no_neighbours_are_not_joined(tooth):
    joint = an_order_connector()
    stranger = an_order_tooth(order=joint.order, tooth=tooth)

    with refuses("order_connector_joins_neighbours"):
        raw(JOIN, stranger.id, joint.id)


def test_a_provisional_is_not_joined_to_a_final_tooth():
    joint = an_order_connector()
    provisional = an_order_tooth(order=joint.order, tooth=12, layer="provisional")

    with refuses("order_connector_joins_neighbours"):
        raw(JOIN, provisional.id, joint.id)


def test_teeth_are_joined_once_in_either_direction():
    joint = an_order_connector()

    with refuses("order_connector_joins_once"):
        insert_like(joint, first_id=joint.second_id, second_id=joint.first_id)


def test_teeth_of_another_order_are_not_joined():
    joint, stranger = an_order_connector(), an_order_tooth(tooth=11)

    with refuses("order_connector_first_is_of_the_order"):
        raw("UPDATE order_connector SET first_id = ? WHERE id = ?", stranger.id, joint.id)
    stranger = an_order_tooth(order=stranger.order, tooth=21)
    with refuses("order_connector_second_is_of_the_order"):
        raw(JOIN, stranger.id, joint.id)


def test_inlays_are_never_joined():
    joint = an_order_connector()
    inlay = an_order_tooth(order=joint.order, tooth=12, part="inlay")

    with refuses("order_connector_joins_no_inlays"):
        insert_like(joint, second_id=inlay.id)


def test_joined_teeth_are_of_one_material():
    joint = an_order_connector()
    other = an_allowed_material(work_type=joint.order.work_type).material
    metal = an_order_tooth(order=joint.order, tooth=12, material=other)

    with refuses("order_connector_joins_one_material"):
        insert_like(joint, second_id=metal.id)
    with refuses("order_tooth_joined_stays"):
        raw("UPDATE order_tooth SET material_id = ? WHERE id = ?", other.id, joint.first_id)


def test_a_span_is_of_one_material_when_the_orders_own_changes():
    order = a_draft_order()
    first = an_order_tooth(order=order, tooth=11, material=order.material)
    an_order_connector(first=first, second=an_order_tooth(order=order, tooth=21))
    other = an_allowed_material(work_type=order.work_type).material

    raw("UPDATE lab_order SET material_id = ? WHERE id = ?", other.id, order.id)
    with refuses("lab_order_span_is_of_one_material"):
        raw(REGISTER, order.id)


def test_a_bridge_over_the_midline_is_registered_when_it_is_sound():
    order = a_bridge_order()
    joined(order, (12, "crown"), (11, "pontic"), (21, "pontic"), (22, "crown"))

    assert registered(order)


def test_the_teeth_of_a_bridge_are_all_joined():
    order = a_bridge_order()
    joined(order, (12, "crown"), (11, "crown"))
    alone = an_order_tooth(order=order, tooth=24)

    with refuses("lab_order_bridge_is_joined"):
        raw(REGISTER, order.id)

    raw("DELETE FROM order_tooth WHERE id = ?", alone.id)
    raw(REGISTER, order.id)


def test_a_pontic_hangs_on_a_neighbour():
    order = a_draft_order()
    an_order_tooth(order=order, tooth=14, part="pontic")

    with refuses("lab_order_pontic_is_joined"):
        raw(REGISTER, order.id)


def test_a_bridge_needs_an_abutment_in_the_same_span():
    order = a_draft_order()
    an_order_tooth(order=order, tooth=24, part="crown")
    _, last = joined(order, (12, "pontic"), (11, "pontic"))

    with refuses("lab_order_bridge_has_an_abutment"):
        raw(REGISTER, order.id)

    an_order_connector(first=last, second=an_order_tooth(order=order, tooth=21))
    raw(REGISTER, order.id)


def test_a_material_bears_only_so_long_a_span():
    order = a_bridge_order()
    joined(order, (14, "crown"), (15, "pontic"), (16, "crown"))

    raw("UPDATE material SET max_span = 2")
    with refuses("lab_order_material_bears_the_span"):
        raw(REGISTER, order.id)
    raw("UPDATE material SET max_span = NULL, bridgeable = FALSE")
    with refuses("lab_order_material_bears_the_span"):
        raw(REGISTER, order.id)

    raw("UPDATE material SET max_span = 3, bridgeable = TRUE")
    raw(REGISTER, order.id)


def test_teeth_are_set_while_the_order_is_a_draft():
    order = an_order(11)
    tooth = order.teeth.get()

    with refuses("order_tooth_is_added_in_draft"):
        insert_like(tooth, tooth=12)
    with refuses("order_tooth_is_changed_in_draft"):
        raw("UPDATE order_tooth SET tooth = 12 WHERE id = ?", tooth.id)
    with refuses("order_tooth_is_changed_in_draft"):
        raw("DELETE FROM order_tooth WHERE id = ?", tooth.id)

    raw("UPDATE lab_order SET is_draft = TRUE WHERE id = ?", order.id)
    insert_like(tooth, tooth=12)


def test_connectors_are_set_while_the_order_is_a_draft():
    joint = an_order_connector()
    an_order_tooth(order=joint.order, tooth=12)
    registered(joint.order)

    with refuses("order_connector_is_added_in_draft"):
        insert_like(joint)
    with refuses("order_connector_is_changed_in_draft"):
        raw("DELETE FROM order_connector WHERE id = ?", joint.id)


def test_teeth_and_connectors_stay_with_their_order():
    joint, other = an_order_connector(), a_draft_order()

    with refuses("order_connector_stays_with_its_order"):
        raw("UPDATE order_connector SET order_id = ? WHERE id = ?", other.id, joint.id)
    alone = an_order_tooth(order=joint.order, tooth=26)
    with refuses("order_tooth_stays_with_its_order"):
        raw("UPDATE order_tooth SET order_id = ? WHERE id = ?", other.id, alone.id)
