"""No hands give away more than they hold, and every piece is accounted for."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories.components import (
    a_component,
    a_component_kind,
    a_component_movement,
)
from tests.factories.orders import an_order
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_component_kind_has_a_code_of_its_own():
    kind = a_component_kind()

    with refuses("component_kind_code_is_free"):
        insert_like(kind)


def test_a_component_is_listed_once_or_told_apart_by_a_note():
    component = a_component()

    with refuses("component_listed_once"):
        insert_like(component)

    insert_like(component, note="upper")


def test_a_component_that_moved_stays_as_registered():
    component = a_component()
    other = an_order()

    raw("UPDATE component SET order_id = ? WHERE id = ?", other.id, component.id)
    a_component_movement(component=component)
    with refuses("component_that_moved_stays"):
        raw("UPDATE component SET kind_id = ? WHERE id = ?", a_component_kind().id, component.id)


def test_a_movement_takes_some_pieces_to_other_hands():
    movement = a_component_movement()

    with refuses("component_movement_moves_some"):
        insert_like(movement, number=0)
    with refuses("component_movement_changes_hands"):
        insert_like(movement, from_holder="lab", to_holder="lab")

    insert_like(movement, from_holder="lab", to_holder="clinic")


@pytest.mark.parametrize("reason", [None, "", " "])
def test_a_loss_has_a_reason(reason):
    movement = a_component_movement()

    with refuses("component_movement_loss_has_reason"):
        insert_like(movement, from_holder="lab", to_holder="written_off", reason=reason)

    insert_like(movement, from_holder="lab", to_holder="written_off", reason="Fell down a drain")


def test_no_hands_give_away_more_than_they_hold():
    movement = a_component_movement(number=3)
    give = {"from_holder": "lab", "to_holder": "workshop"}

    with refuses("component_movement_of_what_is_held"):
        insert_like(movement, **give, number=4)
    with refuses("component_movement_of_what_is_held"):
        insert_like(movement, number=1, from_holder="clinic", to_holder="lab")
    insert_like(movement, **give, number=2)
    with refuses("component_movement_of_what_is_held"):
        insert_like(movement, **give, number=2)
    insert_like(movement, **give, number=1)


def test_what_comes_back_is_not_used_up():
    tray = a_component_movement()
    screw = a_component(kind=a_component_kind(returns="free"))
    a_component_movement(component=screw)

    with refuses("component_movement_ends_as_its_kind_does"):
        insert_like(tray, from_holder="lab", to_holder="consumed")

    insert_like(tray, component_id=screw.id, from_holder="lab", to_holder="incorporated")
