"""A mark in the queue is one of a kind, on open work, and stays as somebody set it."""

from __future__ import annotations

import pytest

from schema.queue_marks import QueueMark
from tests.copies import insert_like
from tests.factories import later
from tests.factories.cards import moved
from tests.factories.pipelines import a_stage
from tests.factories.skills import a_stage_capacity
from tests.factories.staff import a_person
from tests.factories.tracks import a_queue_mark, a_track
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def ended(mark: QueueMark) -> None:
    raw("UPDATE queue_mark SET ended_at = started_at, ended_by_id = by_id WHERE id = ?", mark.id)


def test_a_work_has_one_open_mark_of_a_kind_and_another_once_it_ended():
    mark = a_queue_mark()

    with refuses("queue_mark_one_open_of_a_kind"):
        insert_like(mark)

    insert_like(mark, kind="rush")
    ended(mark)
    insert_like(mark, ended_at=None, ended_by_id=None)


def test_a_mark_ends_after_it_began_and_by_somebody():
    mark = a_queue_mark()

    with refuses("queue_mark_is_ended_at_a_moment"):
        raw("UPDATE queue_mark SET ended_by_id = by_id WHERE id = ?", mark.id)
    with refuses("queue_mark_ends_after_start"):
        raw(
            "UPDATE queue_mark SET ended_at = '2020-01-01 00:00:00', ended_by_id = by_id "
            "WHERE id = ?",
            mark.id,
        )

    ended(mark)


def test_closed_work_waits_in_no_queue():
    mark = a_queue_mark()
    moved(mark.track.card, "working", "done")
    assert QueueMark.get_by_id(mark.id).ended_at is not None, "it ended with the work"

    with refuses("queue_mark_is_on_open_work"):
        insert_like(mark, ended_at=None, ended_by_id=None)
    with refuses("queue_mark_is_on_open_work"):
        raw("UPDATE queue_mark SET ended_at = NULL, ended_by_id = NULL WHERE id = ?", mark.id)


def test_a_mark_stays_as_it_was_set():
    mark, other = a_queue_mark(), a_person()

    for column, value in (
        ("kind", "rush"),
        ("by_id", other.id),
        ("started_at", str(later(hours=-1))[:19]),
        ("track_id", a_track().id),
    ):
        with refuses("queue_mark_stays_as_it_was_set"):
            raw(f"UPDATE queue_mark SET {column} = ? WHERE id = ?", value, mark.id)

    raw("UPDATE queue_mark SET reason = 'Leaves town' WHERE id = ?", mark.id)


def test_a_stage_has_one_capacity_of_at_least_a_unit():
    row = a_stage_capacity()

    with refuses("stage_capacity_set_once"):
        insert_like(row)
    with refuses("stage_capacity_is_positive"):
        raw("UPDATE stage_capacity SET units_per_day = 0 WHERE id = ?", row.id)
    with refuses("stage_capacity_is_for_a_known_stage"):
        raw("UPDATE stage_capacity SET stage_code = 'juggling' WHERE id = ?", row.id)

    insert_like(row, stage_code=a_stage().code)
