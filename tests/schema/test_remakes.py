"""A remake points to its original for good, is newer, and has a cause."""

from __future__ import annotations

import pytest

from tests.copies import insert_like
from tests.factories.lab import a_remake_cause
from tests.factories.orders import a_draft_order, a_remake, an_order
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_a_remake_is_a_newer_order_that_replaces_one():
    remake = a_remake()
    first, second = an_order(), an_order()

    with refuses("remake_is_a_newer_order"):
        insert_like(remake, original_id=second.id, order_id=second.id)
    with refuses("remake_order_replaces_one"):
        insert_like(remake)
    with refuses("remake_is_for_the_same_patient"):
        insert_like(remake, original_id=first.id, order_id=second.id)


def test_only_rework_inside_the_laboratory_stays_on_its_ticket():
    rework = a_remake(kind="rework")

    with refuses("remake_has_its_own_order"):
        raw("UPDATE remake SET kind = 'remake' WHERE id = ?", rework.id)


def test_a_draft_is_not_remade():
    remake, draft = a_remake(kind="rework"), a_draft_order()

    with refuses("remake_original_is_registered"):
        insert_like(remake, original_id=draft.id)


def test_a_remake_keeps_pointing_to_its_original():
    remake = a_remake()
    other = an_order(patient=remake.original.patient)

    with refuses("remake_keeps_its_original"):
        raw("UPDATE remake SET original_id = ? WHERE id = ?", other.id, remake.id)
    with refuses("remake_is_never_removed"):
        raw("DELETE FROM remake WHERE id = ?", remake.id)

    raw("UPDATE remake SET cause_id = ? WHERE id = ?", a_remake_cause().id, remake.id)


def test_the_other_cause_says_what_happened():
    remake, other = a_remake(), a_remake_cause(family="other")

    with refuses("remake_other_cause_says_why"):
        raw("UPDATE remake SET cause_id = ?, cause_text = ' ' WHERE id = ?", other.id, remake.id)

    raw("UPDATE remake SET cause_id = ?, cause_text = 'Fire' WHERE id = ?", other.id, remake.id)
