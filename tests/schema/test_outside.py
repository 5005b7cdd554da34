"""One step at a time is done outside; what went along comes back; nobody works on it meanwhile."""

from __future__ import annotations

import pytest

from schema.tracks import Assignment
from tests.copies import insert_like
from tests.factories import later
from tests.factories.cards import a_card_step, moved
from tests.factories.components import a_component, a_component_movement
from tests.factories.lab import a_subcontractor
from tests.factories.pipelines import a_pipeline, a_stage
from tests.factories.tracks import a_track, an_assignment, an_outsourcing
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

BACK = "UPDATE outsourcing SET returned_at = ?, outcome = 'complete' WHERE id = ?"


def test_one_step_at_a_time_is_done_outside():
    work = an_outsourcing(cost=45_000)

    with refuses("outsourcing_one_open_per_track"):
        insert_like(work)
    with refuses("outsourcing_currency_has_three_letters"):
        raw("UPDATE outsourcing SET currency = 'lei' WHERE id = ?", work.id)
    with refuses("outsourcing_makes_some"):
        insert_like(work, units=0, track_id=a_track().id)
    with refuses("outsourcing_returns_after_sending"):
        raw(BACK, "2020-01-01 00:00:00", work.id)

    raw(BACK, "2026-12-01 09:00:00", work.id)
    insert_like(work)


def test_a_step_done_outside_is_of_the_process():
    work, stranger = an_outsourcing(), a_stage()

    with refuses("outsourcing_stage_is_of_the_track"):
        raw("UPDATE outsourcing SET stage_id = ? WHERE id = ?", stranger.id, work.id)

    raw("UPDATE outsourcing SET stage_id = ? WHERE id = ?", work.track.card.stage_id, work.id)


def test_a_work_that_is_back_says_how():
    work = an_outsourcing()

    with refuses("outsourcing_return_says_how"):
        raw("UPDATE outsourcing SET returned_at = ? WHERE id = ?", later(days=1), work.id)
    with refuses("outsourcing_return_says_how"):
        raw("UPDATE outsourcing SET outcome = 'complete' WHERE id = ?", work.id)
    for words in (None, "", "  "):
        with refuses("outsourcing_faults_are_told"):
            raw(
                "UPDATE outsourcing SET returned_at = ?, outcome = 'faulty', faults = ? "
                "WHERE id = ?",
                later(days=1),
                words,
                work.id,
            )

    raw(
        "UPDATE outsourcing SET returned_at = ?, outcome = 'faulty', faults = 'Cracked' "
        "WHERE id = ?",
        later(days=1),
        work.id,
    )


def test_what_was_sent_and_what_came_back_stays():
    work = an_outsourcing()

    for column, value in (
        ("subcontractor_id", a_subcontractor().id),
        ("track_id", a_track().id),
        ("sent_at", later(hours=1)),
        ("promised_on", "2027-01-31"),
        ("units", 7),
    ):
        with refuses("outsourcing_stays_as_sent"):
            raw(f"UPDATE outsourcing SET {column} = ? WHERE id = ?", value, work.id)
    raw("UPDATE outsourcing SET expected_on = '2027-01-31' WHERE id = ?", work.id)
    raw(BACK, later(days=1), work.id)
    with refuses("outsourcing_stays_as_sent"):
        raw("UPDATE outsourcing SET returned_at = NULL, outcome = NULL WHERE id = ?", work.id)
    raw("UPDATE outsourcing SET cost = 100 WHERE id = ?", work.id)
    with refuses("outsourcing_is_never_removed"):
        raw("DELETE FROM outsourcing WHERE id = ?", work.id)


def test_nothing_of_a_closed_process_is_sent():
    work = an_outsourcing()
    closed = a_track()
    moved(closed.card, "working", "done")

    with refuses("outsourcing_is_of_open_work"):
        insert_like(work, track_id=closed.id)

    insert_like(work, track_id=closed.id, returned_at=later(days=1), outcome="complete")


def test_nobody_has_a_work_that_is_outside():
    given = an_assignment()
    work = an_outsourcing(track=given.track, sent_at=later(hours=1))

    assert Assignment.get_by_id(given.id).ended_at == later(hours=1)
    with refuses("assignment_of_work_that_is_here"):
        raw("UPDATE assignment SET ended_at = NULL WHERE id = ?", given.id)
    with refuses("assignment_of_work_that_is_here"):
        insert_like(given, ended_at=None)
    insert_like(given, ended_at=later(hours=2))

    raw(BACK, later(days=1), work.id)
    insert_like(given, ended_at=None)


def test_a_work_that_is_outside_takes_no_step():
    way = a_pipeline("milling", "sintering", "done", kind="track")
    work = an_outsourcing(track=a_track(pipeline=way))
    card = work.track.card

    with refuses("card_step_of_work_that_is_here"):
        a_card_step(card, "sintering")

    raw(BACK, later(days=1), work.id)
    a_card_step(card, "sintering")


def gone_along(number: int = 2):
    """A component with three pieces in the laboratory, of which some went with a work."""
    work = an_outsourcing()
    part = a_component(order=work.track.order)
    a_component_movement(component=part, number=3)
    hands = {"from_holder": "lab", "to_holder": "subcontractor"}
    return work, a_component_movement(component=part, number=number, outsourcing=work, **hands)


def test_parts_of_the_same_order_go_along_while_the_work_is_sent():
    work, gone = gone_along(1)
    stranger = a_component_movement(number=3)

    with refuses("component_movement_goes_along"):
        insert_like(gone, component_id=stranger.component_id)
    with refuses("component_movement_outside_is_of_a_firm"):
        insert_like(gone, to_holder="clinic")
    insert_like(gone)
    raw(BACK, later(days=1), work.id)
    with refuses("component_movement_goes_along"):
        insert_like(gone)


def test_no_more_comes_back_than_went():
    work, gone = gone_along(2)
    insert_like(gone, number=1, outsourcing_id=None)
    back = {"from_holder": "subcontractor", "to_holder": "lab"}

    with refuses("component_movement_comes_back_as_it_went"):
        insert_like(gone, number=3, **back)
    with refuses("component_movement_comes_back_as_it_went"):
        insert_like(gone, number=2, outsourcing_id=None, **back)
    raw(BACK, later(days=1), work.id)
    insert_like(gone, number=1, **back)
    insert_like(gone, number=1, **back)
    with refuses("component_movement_comes_back_as_it_went"):
        insert_like(gone, number=1, **back)
