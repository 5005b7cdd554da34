"""The truths of follow-ups, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.factories import followups as make
from tests.factories import later
from tests.factories.staff import a_person, a_role
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

DONE = (
    "UPDATE followup SET done_at = '2026-11-20 10:00:00', done_by_id = ?, outcome = ? WHERE id = ?"
)


def test_a_followup_is_for_a_person_or_a_role():
    for_role = make.a_followup(role=a_role("receptionist"))
    make.a_followup(staff=a_person(), role=for_role.role)

    with refuses("followup_is_for_somebody"):
        raw("UPDATE followup SET role_id = NULL WHERE id = ?", for_role.id)


def test_a_done_followup_says_who_and_what():
    followup, someone = make.a_followup(), a_person().id

    with refuses("followup_done_says_who_and_what"):
        raw(DONE, None, "Booked", followup.id)
    with refuses("followup_done_says_who_and_what"):
        raw(DONE, someone, None, followup.id)
    with refuses("followup_done_says_who_and_what"):
        raw("UPDATE followup SET outcome = 'Booked' WHERE id = ?", followup.id)

    raw(DONE, someone, "Booked", followup.id)


def test_a_followup_that_is_not_needed_says_why():
    followup = make.a_followup()

    with refuses("followup_cancel_says_why"):
        raw("UPDATE followup SET cancelled_at = '2026-11-20 10:00:00' WHERE id = ?", followup.id)

    raw(
        "UPDATE followup SET cancelled_at = '2026-11-20 10:00:00', cancel_reason = 'Moved on' "
        "WHERE id = ?",
        followup.id,
    )


def test_a_followup_is_not_done_and_cancelled():
    followup = make.a_followup(cancelled_at=later(), cancel_reason="The card moved on")

    with refuses("followup_ends_one_way"):
        raw(DONE, a_person().id, "Booked", followup.id)


def test_an_automation_makes_a_followup_once_per_case():
    first, second = make.a_followup(key="automation-1-card-7"), make.a_followup()
    make.a_followup()

    with refuses("followup_made_once"):
        raw("UPDATE followup SET key = ? WHERE id = ?", first.key, second.id)
