"""An order's card leaves no draft behind, and closes with its parts and its photos."""

from __future__ import annotations

import pytest

from schema.cards import Card
from schema.orders import LabOrder
from schema.tracks import Assignment
from tests.factories import later
from tests.factories.cards import a_card, a_card_step, a_tick, moved
from tests.factories.components import a_component, a_component_movement
from tests.factories.orders import a_draft_order, an_order
from tests.factories.photos import a_photo, a_shot, a_shot_requirement
from tests.factories.pipelines import a_control_point, a_draft_pipeline, a_stage, published
from tests.factories.staff import a_person
from tests.factories.tracks import a_hold, a_track, a_track_tooth, an_assignment
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_draft_takes_no_step_but_may_be_given_up():
    order = a_draft_order()

    with refuses("card_step_leaves_no_draft"):
        a_card_step(order.card, "working")

    assert moved(order.card, "lost").closed_at


def test_an_order_closes_when_its_components_are_accounted_for():
    order = an_order()
    tray = a_component(order=order)
    a_component_movement(component=tray, number=2)
    moved(order.card, "working")

    with refuses("card_step_accounts_for_components"):
        a_card_step(order.card, "done")
    a_component_movement(component=tray, from_holder="lab", to_holder="clinic")
    with refuses("card_step_accounts_for_components"):
        a_card_step(order.card, "lost")

    a_component_movement(
        component=tray, from_holder="lab", to_holder="written_off", reason="Fell down a drain"
    )
    assert moved(order.card, "done").closed_at


def test_no_component_goes_into_a_closed_order():
    order = an_order()
    tray = a_component(order=order)
    moved(order.card, "working", "done")

    with refuses("component_movement_into_open_work"):
        a_component_movement(component=tray)


def test_an_order_closes_with_the_required_photos_or_by_force():
    first, second = an_order(box="B1"), an_order()
    shot = a_shot(required=True)
    a_shot_requirement(work_type=second.work_type, shot=shot)
    for order in (first, second):
        moved(order.card, "working")

    a_photo(order=first, shot=shot, uploaded_at=None, link=None)
    with refuses("card_step_has_the_required_photos"):
        a_card_step(first.card, "done")

    a_photo(order=first, shot=shot)
    assert moved(first.card, "done").closed_at
    assert a_card_step(second.card, "done", forced=True, reason="Camera", by=a_person()).id


def test_a_work_type_does_without_a_shot_when_its_list_says_so():
    order, shot = an_order(), a_shot(required=True)
    a_shot_requirement(work_type=order.work_type, shot=shot, required=False)

    assert moved(order.card, "working", "done").closed_at


def test_photos_are_ticked_when_they_are_there():
    pipeline = a_draft_pipeline(kind="order")
    start = a_stage(pipeline=pipeline, opens=True)
    point = a_control_point(stage=start, evidence="photos", about="before")
    order = an_order(card=a_card("order", pipeline=published(pipeline)))
    shot = a_shot(moment="before")
    a_shot_requirement(work_type=order.work_type, shot=shot)
    a_shot_requirement(work_type=order.work_type, shot=a_shot(moment="after"))

    with refuses("tick_of_a_point_with_its_evidence"):
        a_tick(card=order.card, control_point=point)

    a_photo(order=order, shot=shot)
    a_tick(card=order.card, control_point=point)


def test_a_closed_process_is_not_reopened_over_another_one():
    made = a_track_tooth()
    first, pipeline = made.track, made.track.card.pipeline
    moved(first.card, "working", "done")
    a_track_tooth(track=a_track(order=first.order, pipeline=pipeline))
    reopening = {"mode": "reopen", "step": None, "by": a_person(), "reason": "Chipped"}

    with refuses("card_teeth_are_in_one_open_unit"):
        a_card_step(first.card, "working", **reopening)


def test_closing_a_card_ends_what_runs_on_it_and_frees_the_box():
    order = an_order(box="B7")
    track = a_track(order=order)
    assignment, hold = an_assignment(track=track), a_hold(card=track.card)

    moved(track.card, "working", "done")
    moved(order.card, "working", "done")

    assert Assignment.get_by_id(assignment.id).ended_at == later(hours=2)
    assert type(hold).get_by_id(hold.id).ended_at == later(hours=2)
    assert LabOrder.get_by_id(order.id).box is None
    assert Card.get_by_id(order.card_id).closed_at


def test_nothing_begins_on_closed_work():
    order = an_order()
    track = a_track(order=order)
    moved(track.card, "working", "done")
    moved(order.card, "working", "done")

    with refuses("assignment_begins_on_open_work"):
        an_assignment(track=track)
    with refuses("hold_is_on_open_work"):
        a_hold(card=order.card)
    with refuses("lab_order_box_is_for_open_work"):
        LabOrder.update(box="B9").where(LabOrder.id == order.id).execute()


def test_what_ended_with_its_card_does_not_go_on_in_closed_work():
    order = an_order()
    track = a_track(order=order)
    hold, assignment = a_hold(card=track.card), an_assignment(track=track)
    moved(track.card, "working", "done")

    with refuses("hold_is_on_open_work"):
        raw("UPDATE hold SET ended_at = NULL WHERE id = ?", hold.id)
    with refuses("assignment_begins_on_open_work"):
        raw("UPDATE assignment SET ended_at = NULL WHERE id = ?", assignment.id)

    raw("UPDATE hold SET ended_at = '2027-01-01 09:00:00' WHERE id = ?", hold.id)
