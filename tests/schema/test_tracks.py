"""A process hangs under its order; a tooth is made once at a time, by someone who can."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories import TODAY, later
from tests.factories.cards import a_card
from tests.factories.orders import an_order, an_order_tooth
from tests.factories.pipelines import a_stage
from tests.factories.skills import a_skill
from tests.factories.staff import a_person
from tests.factories.tracks import (
    a_track,
    a_track_tooth,
    an_assignment,
)
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_process_keeps_a_card_of_its_own_and_of_its_kind():
    track = a_track()
    order = track.order

    with refuses("track_has_its_own_card"):
        insert_like(track)
    with refuses("track_card_fits"):
        insert_like(track, card_id=a_card("order", parent=order.card).id)
    with refuses("track_card_stays"):
        raw("UPDATE track SET card_id = ? WHERE id = ?", a_card("track").id, track.id)

    insert_like(track, card_id=a_card("track", parent=order.card).id)


def test_a_process_hangs_under_the_card_of_its_order():
    track, other = a_track(), an_order()

    with refuses("track_hangs_under_its_order"):
        insert_like(track, card_id=a_card("track", parent=other.card).id)
    with refuses("track_order_stays"):
        raw("UPDATE track SET order_id = ? WHERE id = ?", other.id, track.id)


def test_a_process_begins_when_the_order_is_no_draft():
    track = a_track()
    raw("UPDATE lab_order SET is_draft = TRUE WHERE id = ?", track.order_id)

    with refuses("track_begins_after_the_draft"):
        insert_like(track, card_id=a_card("track", parent=track.order.card).id)


def test_a_process_makes_teeth_of_its_order_each_once():
    made = a_track_tooth()
    stranger = an_order_tooth()

    with refuses("track_tooth_listed_once"):
        insert_like(made)
    with refuses("track_tooth_is_of_its_order"):
        insert_like(made, order_tooth_id=stranger.id)


def test_a_tooth_is_in_one_open_unit_of_a_kind():
    made = a_track_tooth()
    order, pipeline = made.track.order, made.track.card.pipeline
    twin = a_track(order=order, pipeline=pipeline)
    other_kind = a_track(order=order)

    with refuses("track_tooth_is_in_one_open_unit"):
        insert_like(made, track_id=twin.id)

    insert_like(made, track_id=other_kind.id)


def test_a_process_has_one_technician_at_a_time():
    assignment = an_assignment()

    with refuses("assignment_one_open_per_track"):
        insert_like(assignment)

    raw("UPDATE assignment SET ended_at = started_at WHERE id = ?", assignment.id)
    insert_like(assignment, ended_at=None)


def test_an_assignment_ends_after_it_began():
    assignment = an_assignment(ended_at=later(hours=2))

    with refuses("assignment_ends_after_start"):
        raw("UPDATE assignment SET ended_at = '2020-01-01 00:00:00' WHERE id = ?", assignment.id)


def test_only_somebody_who_works_here_is_assigned():
    assignment = an_assignment(ended_at=later(hours=2))
    gone = a_skill(staff=a_person(ended_on=TODAY), stage_code=assignment.stage.code).staff

    with refuses("assignment_technician_works_here"):
        insert_like(assignment, technician_id=gone.id)


def test_only_somebody_with_the_skill_is_assigned():
    assignment = an_assignment(ended_at=later(hours=2))
    code = assignment.stage.code
    forgot = a_skill(stage_code=code, ended_on=TODAY).staff

    for unskilled in (a_person("technician"), a_skill(stage_code=a_stage().code).staff, forgot):
        with refuses("assignment_technician_has_the_skill"):
            insert_like(assignment, technician_id=unskilled.id)

    insert_like(assignment, technician_id=a_skill(stage_code=code).staff_id)


def test_a_stage_of_another_way_is_not_assigned():
    assignment, stage = an_assignment(ended_at=later(hours=2)), a_stage()
    a_skill(staff=assignment.technician, stage_code=stage.code)

    with refuses("assignment_stage_is_of_the_track"):
        raw("UPDATE assignment SET stage_id = ? WHERE id = ?", stage.id, assignment.id)
