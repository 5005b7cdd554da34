"""Closing a card: all that it would leave behind is named at once, whoever forces the step."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.workflow import Refused
from schema.workflow.steps import move
from tests.factories import NOW
from tests.factories.cards import a_card, moved
from tests.factories.components import a_component, a_component_movement
from tests.factories.orders import an_order
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person
from tests.factories.tracks import a_track

pytestmark = pytest.mark.usefixtures("house")


def a_busy_order(way):
    """An order with an open process and a component on its way to the laboratory."""
    order = an_order(card=a_card("order", pipeline=way))
    part = a_component(order=order)
    a_component_movement(component=part, from_holder="patient", to_holder="lab")
    return order, a_track(order=order), part


def closed(order, code, **forced):
    to_stage = stage_of(order.card.pipeline, code).id
    return move(order.card_id, to_stage, by=a_person("lab_supervisor").id, now=NOW, **forced)


@pytest.mark.parametrize("forced", [{}, {"forced": True, "reason": "Patient left"}])
def test_cancelling_an_order_names_its_open_work_and_its_components_together(forced):
    order, track, part = a_busy_order(a_pipeline(kind="order"))

    with pytest.raises(Refused) as refusal:
        closed(order, "lost", **forced)
    assert "components of this order are still on their way" in str(refusal.value)
    assert "work under this card is still open" in str(refusal.value)
    a_component_movement(component=part, from_holder="lab", to_holder="clinic")
    with pytest.raises(Refused) as refusal:
        closed(order, "lost", **forced)
    assert "on their way" not in str(refusal.value)
    assert "work under this card is still open" in str(refusal.value)
    moved(track.card, "lost")
    closed(order, "lost", **forced)
    assert Card.get_by_id(order.card_id).closed_at == NOW


def test_what_a_control_point_tells_of_is_not_told_twice():
    way = a_pipeline("new", "done", "lost", kind="order")
    a_control_point(stage=stage_of(way, "new"), evidence="components", name="All is back")
    order, _, _ = a_busy_order(way)

    with pytest.raises(Refused) as refusal:
        closed(order, "done")
    assert "All is back (components are still on their way)" in str(refusal.value)
    assert "components of this order" not in str(refusal.value)
    assert "work under this card is still open" in str(refusal.value)
