"""Work waits for one reason at a time, and one step at a time is done outside."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories import later
from tests.factories.pipelines import a_stage
from tests.factories.tracks import a_hold, an_outsourcing
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_card_has_one_open_hold():
    hold = a_hold()

    with refuses("hold_one_open_per_card"):
        insert_like(hold)

    raw("UPDATE hold SET ended_at = started_at WHERE id = ?", hold.id)
    insert_like(hold, ended_at=None)


def test_a_hold_ends_after_it_began():
    hold = a_hold(ended_at=later(hours=1))

    with refuses("hold_ends_after_start"):
        raw("UPDATE hold SET ended_at = '2020-01-01 00:00:00' WHERE id = ?", hold.id)


def test_a_hold_for_another_reason_says_which():
    hold = a_hold()

    with refuses("hold_other_says_why"):
        raw("UPDATE hold SET reason = 'other', note = ' ' WHERE id = ?", hold.id)

    raw("UPDATE hold SET reason = 'other', note = 'Power cut' WHERE id = ?", hold.id)


def test_one_step_at_a_time_is_done_outside():
    work = an_outsourcing(cost=45_000)

    with refuses("outsourcing_one_open_per_track"):
        insert_like(work)
    with refuses("outsourcing_currency_has_three_letters"):
        raw("UPDATE outsourcing SET currency = 'lei' WHERE id = ?", work.id)
    with refuses("outsourcing_returns_after_sending"):
        raw("UPDATE outsourcing SET returned_at = '2020-01-01 00:00:00' WHERE id = ?", work.id)

    raw("UPDATE outsourcing SET returned_at = '2026-12-01 09:00:00' WHERE id = ?", work.id)
    insert_like(work, returned_at=None)


def test_a_step_done_outside_is_of_the_process():
    work, stranger = an_outsourcing(), a_stage()

    with refuses("outsourcing_stage_is_of_the_track"):
        raw("UPDATE outsourcing SET stage_id = ? WHERE id = ?", stranger.id, work.id)

    raw("UPDATE outsourcing SET stage_id = ? WHERE id = ?", work.track.card.stage_id, work.id)
