"""A box is a row with a code; a work that names a new one makes it known."""

from __future__ import annotations

import pytest

from schema.boxes import WorkBox
from tests.copies import insert_like
from tests.factories import TODAY
from tests.factories.custody import a_box
from tests.factories.orders import an_order
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_box_has_a_code_of_its_own_that_stays():
    box = a_box()

    with refuses("work_box_code_is_free"):
        insert_like(box)
    with refuses("work_box_code_stays"):
        raw("UPDATE work_box SET code = 'Z1' WHERE id = ?", box.id)


def test_a_box_on_an_order_is_known_from_then_on_and_only_once():
    order, other = an_order(box="B7"), an_order()
    raw("UPDATE lab_order SET box = NULL WHERE id = ?", order.id)
    raw("UPDATE lab_order SET box = 'B7' WHERE id = ?", other.id)

    assert [box.code for box in WorkBox.select()] == ["B7"]


def test_a_box_out_of_use_holds_nothing():
    box, order = a_box(), an_order()

    raw("UPDATE lab_order SET box = ? WHERE id = ?", box.code, order.id)
    with refuses("work_box_ends_empty"):
        raw("UPDATE work_box SET ended_on = ? WHERE id = ?", str(TODAY), box.id)
    raw("UPDATE lab_order SET box = NULL WHERE id = ?", order.id)
    raw("UPDATE work_box SET ended_on = ? WHERE id = ?", str(TODAY), box.id)
    with refuses("lab_order_box_is_in_use"):
        raw("UPDATE lab_order SET box = ? WHERE id = ?", box.code, order.id)
