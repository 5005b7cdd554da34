"""A cancelled unit of an order was not made: it is opened again, and the order is not finished."""

from __future__ import annotations

import pytest

from schema.tracks import TrackTooth
from schema.workflow import Refused
from schema.workflow.steps import move
from schema.workflow.tracks import open_tracks
from tests.factories import NOW
from tests.factories.cards import a_card, moved
from tests.factories.orders import an_order
from tests.factories.pipelines import a_control_point, a_pipeline, stage_of
from tests.factories.staff import a_person

pytestmark = pytest.mark.usefixtures("house")


@pytest.mark.parametrize("each", ["order", "unit", "tooth"])
def test_a_cancelled_unit_is_opened_again_and_a_finished_one_is_not(each):
    way = a_pipeline(kind="track")
    order, me = an_order(11), a_person("lab_supervisor").id

    def opened():
        return open_tracks(order.card_id, way.code, each, by=me, now=NOW)

    moved(opened()[0].card, "lost")
    (again,) = opened()
    assert opened() == []
    moved(again.card, "working", "done")
    assert opened() == []


def test_a_finished_unit_is_kept_when_another_was_cancelled():
    way = a_pipeline(kind="track")
    order, me = an_order(11, 24), a_person("lab_supervisor").id
    first, second = open_tracks(order.card_id, way.code, "unit", by=me, now=NOW)
    moved(first.card, "working", "done")
    moved(second.card, "lost")

    (again,) = open_tracks(order.card_id, way.code, "unit", by=me, now=NOW)
    tooth = TrackTooth.get(TrackTooth.track == again).order_tooth
    assert (again.name, tooth.tooth) == (second.name, 24)


def test_an_order_whose_only_unit_was_cancelled_is_handed_over_by_force_alone():
    way = a_pipeline(kind="order")
    start = stage_of(way, "new")
    a_control_point(stage=start, evidence="children", name="All units are finished")
    order, me = an_order(card=a_card("order", pipeline=way)), a_person("lab_supervisor").id
    units = a_pipeline(kind="track")
    (unit,) = open_tracks(order.card_id, units.code, "unit", by=me, now=NOW)
    moved(unit.card, "lost")
    onward = stage_of(way, "working").id

    with pytest.raises(Refused, match="All units are finished"):
        move(order.card_id, onward, by=me, now=NOW)
    move(order.card_id, onward, by=me, now=NOW, forced=True, reason="Made elsewhere")
