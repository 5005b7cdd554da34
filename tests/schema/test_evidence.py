"""Control points of every kind: the database sees itself whether their evidence is there."""

from __future__ import annotations

from typing import Any

import pytest

from schema.cards import Card
from schema.pipelines import ControlPoint, Stage
from tests.factories import NOW
from tests.factories.bridges import an_external_record
from tests.factories.cards import a_card, a_card_step, a_tick, moved
from tests.factories.components import a_component, a_component_movement
from tests.factories.decisions import an_approval
from tests.factories.lots import a_lot_use
from tests.factories.orders import an_order
from tests.factories.patients import a_consent
from tests.factories.photos import a_photo, a_shot
from tests.factories.pipelines import a_control_point, a_pipeline
from tests.factories.tracks import a_track
from tests.factories.treatment import a_plan
from tests.refusals import refuses

pytestmark = pytest.mark.usefixtures("house")


def a_way(kind: str, evidence: str, about: str | None = None) -> tuple[Any, ControlPoint]:
    """A pipeline whose first stage asks for this evidence."""
    way = a_pipeline(kind=kind)
    start = way.stages.where(Stage.opens).get()
    return way, a_control_point(stage=start, evidence=evidence, about=about)


def lacks(card: Card, point: ControlPoint) -> None:
    """The point takes no tick."""
    with refuses("tick_of_a_point_with_its_evidence"):
        a_tick(card=card, control_point=point)


def test_a_field_of_the_card_must_be_filled():
    way, point = a_way("lead", "field", "due")
    card = a_card(pipeline=way)

    lacks(card, point)
    Card.update(due_at=NOW).where(Card.id == card.id).execute()
    a_tick(card=card, control_point=point)


def test_a_plan_needs_the_approval_of_its_present_value():
    way, point = a_way("plan", "approval")
    plan = a_plan(card=a_card("plan", pipeline=way))

    lacks(plan.card, point)
    an_approval(plan=plan, plan_value=plan.value, currency=plan.currency)
    a_tick(card=plan.card, control_point=point)


def test_a_consent_must_be_in_force_not_only_given_once():
    way, point = a_way("order", "consent", "photo_marketing")
    order = an_order(card=a_card("order", pipeline=way))

    a_consent(patient=order.patient, purpose="photo_marketing", given=True)
    a_consent(patient=order.patient, purpose="photo_marketing", given=False)
    lacks(order.card, point)
    a_consent(patient=order.patient, purpose="photo_marketing", given=True)
    a_tick(card=order.card, control_point=point)


def test_a_lot_is_recorded_for_this_process_and_not_for_its_neighbour():
    way, point = a_way("track", "lot")
    order = an_order()
    first, second = (a_track(order=order, pipeline=way) for _ in range(2))

    a_lot_use(order=order, track=first)
    lacks(second.card, point)
    a_tick(card=first.card, control_point=point)


def test_a_link_is_ready_on_the_card_its_order_or_its_patient():
    way, point = a_way("track", "link", "scan")
    track = a_track(pipeline=way)

    an_external_record(patient=None, card=track.order.card, kind="scan", ready_at=None)
    lacks(track.card, point)
    an_external_record(patient=track.order.patient, kind="scan", file_name="scan.stl", ready_at=NOW)
    a_tick(card=track.card, control_point=point)


def test_photos_of_no_moment_in_particular_are_those_of_every_moment():
    way, point = a_way("order", "photos")
    order = an_order(card=a_card("order", pipeline=way))
    shots = [a_shot(moment=moment, required=True) for moment in ("before", "after")]

    a_photo(order=order, patient=order.patient, shot=shots[0], uploaded_at=NOW)
    lacks(order.card, point)
    a_photo(order=order, patient=order.patient, shot=shots[1], uploaded_at=NOW)
    a_tick(card=order.card, control_point=point)


def test_no_step_leaves_open_children_behind_even_when_the_point_is_ticked():
    way, point = a_way("order", "children")
    order = an_order(card=a_card("order", pipeline=way))
    track = a_track(order=order)
    a_tick(card=order.card, control_point=point)

    with refuses("card_step_has_its_evidence"):
        a_card_step(order.card)
    moved(track.card, "working", "done")
    a_card_step(order.card)


def test_work_whose_only_process_was_cancelled_is_not_finished():
    way, point = a_way("order", "children")
    order = an_order(card=a_card("order", pipeline=way))
    a_tick(card=order.card, control_point=point)
    moved(a_track(order=order).card, "lost")

    with refuses("card_step_has_its_evidence"):
        a_card_step(order.card)
    moved(a_track(order=order).card, "working", "done")
    a_card_step(order.card)


def test_no_step_leaves_components_on_their_way_behind():
    way, point = a_way("order", "components")
    order = an_order(card=a_card("order", pipeline=way))
    part = a_component(order=order)
    a_component_movement(component=part, from_holder="patient", to_holder="lab")
    a_tick(card=order.card, control_point=point)

    with refuses("card_step_has_its_evidence"):
        a_card_step(order.card)
    a_component_movement(component=part, from_holder="lab", to_holder="clinic")
    a_card_step(order.card)
