"""Work types, materials, shades and causes are what the laboratory knows."""

from __future__ import annotations

import pytest

from schema.lab import Shade
from schema.shade_guides import TABS
from tests.copies import insert_like
from tests.factories.lab import (
    a_material,
    a_remake_cause,
    a_shade,
    a_subcontractor,
    a_work_type,
    an_allowed_material,
)
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_code_names_one_work_type_for_good():
    crown = a_work_type()

    with refuses("work_type_code_is_free"):
        insert_like(crown)
    with refuses("work_type_code_stays"):
        raw("UPDATE work_type SET code = 'other' WHERE id = ?", crown.id)

    insert_like(crown, code="crown2")
    raw("UPDATE work_type SET name = 'Full crown' WHERE id = ?", crown.id)


def test_the_load_of_a_work_is_not_negative():
    crown = a_work_type()

    with refuses("work_type_load_is_not_negative"):
        raw("UPDATE work_type SET unit_tenths = -1 WHERE id = ?", crown.id)

    raw("UPDATE work_type SET unit_tenths = 7 WHERE id = ?", crown.id)


def test_a_bridge_is_ordered_by_teeth():
    bridge = a_work_type(is_bridge=True)

    with refuses("work_type_bridge_needs_teeth"):
        raw("UPDATE work_type SET needs_teeth = FALSE WHERE id = ?", bridge.id)

    a_work_type(name="Splint", needs_teeth=False)


def test_a_code_names_one_material_for_good():
    zirconia = a_material()

    with refuses("material_code_is_free"):
        insert_like(zirconia)
    with refuses("material_code_stays"):
        raw("UPDATE material SET code = 'other' WHERE id = ?", zirconia.id)

    insert_like(zirconia, code="zr2")


def test_a_point_of_order_is_one_piece_or_more():
    material = a_material(order_below=2)

    with refuses("material_order_below_is_positive"):
        raw("UPDATE material SET order_below = 0 WHERE id = ?", material.id)


@pytest.mark.parametrize(("bridgeable", "span"), [("FALSE", 3), ("TRUE", 1), ("TRUE", 17)])
def test_a_longest_span_fits_an_arch_and_a_material_for_bridges(bridgeable, span):
    material = a_material(max_span=3)

    with refuses("material_span_fits_an_arch"):
        raw(
            f"UPDATE material SET bridgeable = {bridgeable}, max_span = ? WHERE id = ?",
            span,
            material.id,
        )


def test_a_material_is_allowed_once_for_a_work_type():
    allowed = an_allowed_material()

    with refuses("work_type_material_listed_once"):
        insert_like(allowed)

    an_allowed_material(work_type=allowed.work_type)


def test_every_tab_of_every_guide_is_a_shade():
    for guide, tabs in TABS.items():
        for tab in tabs.split():
            a_shade(guide, tab)

    assert Shade.select().where(Shade.guide == "vita_classical").count() == 16
    assert Shade.select().where(Shade.guide == "vita_3d_master").count() == 29
    assert a_shade("custom", "see photo")


@pytest.mark.parametrize(
    ("guide", "code"),
    [
        ("vita_classical", "B3.5"),
        ("vita_classical", "D1"),
        ("vita_3d_master", "1M3"),
        ("vita_3d_master", "A2"),
        ("bleach", "BL5"),
        ("stump", "ND10"),
    ],
)
def test_a_shade_that_its_guide_does_not_have_is_refused(guide, code):
    shade = a_shade()

    with refuses("shade_stands_in_its_guide"):
        insert_like(shade, guide=guide, code=code)


def test_a_tab_stands_once_in_its_guide():
    shade = a_shade()

    with refuses("shade_stands_once"):
        insert_like(shade)


def test_a_code_names_one_remake_cause_for_good():
    cause = a_remake_cause()

    with refuses("remake_cause_code_is_free"):
        insert_like(cause)
    with refuses("remake_cause_code_stays"):
        raw("UPDATE remake_cause SET code = 'L99' WHERE id = ?", cause.id)

    raw("UPDATE remake_cause SET name = 'Margin deviates' WHERE id = ?", cause.id)


def test_a_firm_is_listed_once_and_takes_a_day_or_more():
    firm = a_subcontractor(usual_days=4)

    with refuses("subcontractor_name_is_free"):
        insert_like(firm)
    with refuses("subcontractor_days_are_positive"):
        raw("UPDATE subcontractor SET usual_days = 0 WHERE id = ?", firm.id)
