"""The truths of bridges to other systems and of merges, seen to refuse on both engines."""

from __future__ import annotations

import pytest

from tests.factories import bridges as make
from tests.factories.cards import a_card
from tests.factories.patients import a_patient
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")


def test_two_systems_do_not_share_a_code():
    system = make.an_external_system()

    with refuses("external_system_code_is_free"):
        raw(
            "INSERT INTO external_system (code, name, kind) VALUES (?, 'Other', 'cad')",
            system.code,
        )


def test_what_another_system_holds_is_of_a_patient_or_of_a_card():
    record = make.an_external_record()
    card = a_card()
    assert make.an_external_record(card=card).patient_id is None

    with refuses("external_record_has_one_owner"):
        raw("UPDATE external_record SET patient_id = NULL WHERE id = ?", record.id)
    with refuses("external_record_has_one_owner"):
        raw("UPDATE external_record SET card_id = ? WHERE id = ?", card.id, record.id)


def test_what_is_ready_can_be_found():
    record = make.an_external_record()
    ready = "UPDATE external_record SET ready_at = '2026-11-20 09:00:00'{} WHERE id = ?"

    with refuses("external_record_ready_can_be_found"):
        raw(ready.format(""), record.id)

    raw(ready.format(", file_name = 'bridge-14-16.stl'"), record.id)
    raw(ready.format(", file_name = NULL, link = 'https://scans.test/1'"), record.id)


def test_a_record_is_created_then_uploaded_then_ready():
    record = make.an_external_record(link="https://scans.test/1")
    when = (
        "UPDATE external_record SET made_at = '2026-11-20 08:00:00', "
        "uploaded_at = '2026-11-20 {}:00:00', ready_at = '2026-11-20 {}:00:00' WHERE id = ?"
    )
    raw(when.format("08", "09"), record.id)

    with refuses("external_record_facts_in_order"):
        raw(when.format("07", "09"), record.id)
    with refuses("external_record_facts_in_order"):
        raw(when.format("10", "09"), record.id)


def test_a_number_of_a_system_is_linked_once_per_kind():
    first = make.an_external_record(kind="folder", external_id="F1")
    second = make.an_external_record(system=first.system, kind="scan", external_id="F1")
    make.an_external_record(external_id="F1")

    with refuses("external_record_number_is_free"):
        raw("UPDATE external_record SET kind = 'folder' WHERE id = ?", second.id)


MERGE = "INSERT INTO \"merge\" (kept_id, merged_id, reason, by_id) VALUES (?, ?, 'Double', ?)"


def test_a_patient_is_not_merged_with_itself():
    merge = make.a_merge()

    with refuses("merge_joins_two_patients"):
        raw(MERGE, merge.kept_id, merge.kept_id, merge.by_id)


def test_an_entry_is_merged_once():
    merge = make.a_merge()
    raw(MERGE, merge.kept_id, a_patient().id, merge.by_id)

    with refuses("merge_once_per_patient"):
        raw(MERGE, a_patient().id, merge.merged_id, merge.by_id)


def test_an_entry_that_was_merged_away_keeps_nobody():
    merge = make.a_merge()

    with refuses("merge_keeps_a_live_patient"):
        raw(MERGE, merge.merged_id, a_patient().id, merge.by_id)

    raw(MERGE, a_patient().id, merge.kept_id, merge.by_id)


def test_a_merge_stays_in_history():
    merge = make.a_merge()

    with refuses("merge_is_history"):
        raw('DELETE FROM "merge" WHERE id = ?', merge.id)
