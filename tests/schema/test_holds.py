"""Work waits for one reason at a time."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories import later
from tests.factories.tracks import a_hold
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
