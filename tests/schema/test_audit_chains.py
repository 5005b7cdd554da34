"""Acts at the same time are sealed in chains of their own, each as hard to alter as the first."""

from __future__ import annotations

from threading import Thread

import pytest

from schema import TABLES
from schema.anchors import drop_anchor, read_anchors
from schema.audit import AuditChange, AuditEntry
from schema.database import database, one_act
from schema.fingerprints import CHAINS
from schema.sealing import HEAD_LOCK, SMALL
from schema.settings import audit_keys
from schema.verifying import verify
from tests.factories import NOW
from tests.factories.staff import a_location
from tests.heads import heads_taken
from tests.refusals import raw
from tests.tampering import guards_off


def rename(times: int = 1) -> None:
    with one_act():
        for number in range(times):
            raw("UPDATE location SET name = ?", f"Name {number} of {times}")


def said(anchors) -> list[str]:
    return [str(finding) for finding in verify(TABLES, audit_keys(), anchors)]


def chained() -> list[tuple[int, int]]:
    """Chain and number of each entry, in the order of their writing."""
    return list(
        AuditEntry.select(AuditEntry.chain, AuditEntry.seq).order_by(AuditEntry.id).tuples()
    )


@pytest.fixture
def two_chains(postgres_house):
    """Two entries of the first chain, then three of the second, then one of the first."""
    with one_act():
        a_location()
    rename(1)
    with heads_taken(postgres_house.url, 0):
        for times in (2, 3, 4):
            rename(times)
    rename(5)


def test_acts_one_after_another_are_of_one_chain(house):
    with one_act():
        a_location()
    rename()

    assert chained() == [(0, 1), (0, 2)]


def test_an_act_takes_the_first_head_that_is_free(postgres_house):
    with one_act():
        a_location()
    with heads_taken(postgres_house.url, 0, 1):
        rename()
    rename(2)

    assert chained() == [(0, 1), (2, 1), (0, 2)]
    assert AuditEntry.get(AuditEntry.chain == 2).prev == "genesis 2"
    assert AuditEntry.get(AuditEntry.chain == 2).beside == "1"


def test_a_large_act_leaves_all_heads_but_the_last_to_others(postgres_house):
    with one_act():
        a_location()
    with heads_taken(postgres_house.url, *range(CHAINS - 1)):
        rename(SMALL)

    assert chained() == [(0, 1), (CHAINS - 1, 1)]


def test_where_all_heads_are_taken_an_act_waits_for_one(postgres_house):
    with one_act():
        a_location()

    def wait() -> None:
        with database.connection_context():
            rename()

    late = Thread(target=wait)
    with heads_taken(postgres_house.url, *range(CHAINS)) as rivals:
        late.start()
        waiting = (
            "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid = %s "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        while late.is_alive() and not rivals.execute(waiting, (HEAD_LOCK,)).fetchone():
            pass
        assert AuditEntry.select().count() == 1
    late.join()

    assert AuditEntry.select().count() == 2
    assert not AuditChange.select().where(AuditChange.entry.is_null()).exists()


def test_several_chains_are_proven(two_chains, tmp_path):
    assert chained() == [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (0, 3)]
    assert said(tmp_path) == []


def test_a_removed_entry_of_any_chain_is_found(two_chains, tmp_path):
    with guards_off():
        raw("DELETE FROM audit_entry WHERE chain = 1 AND seq = 2")
    assert said(tmp_path)[0] == "Audit entries 1-2 to 1-2 are gone."


def test_an_entry_that_is_put_into_another_chain_is_found(two_chains, tmp_path):
    with guards_off():
        raw("UPDATE audit_entry SET chain = 2 WHERE chain = 1 AND seq = 3")
    assert "Audit entries 2-1 to 2-2 are gone." in said(tmp_path)


def test_a_chain_that_is_renamed_whole_is_found(two_chains, tmp_path):
    with guards_off():
        raw("UPDATE audit_entry SET chain = 3 WHERE chain = 1")
    assert "Audit entry 3-1 does not follow the one before it." in said(tmp_path)


def test_an_old_key_seals_nothing_in_one_chain_after_a_newer_one_in_another(
    two_chains, tmp_path, postgres_house, monkeypatch
):
    newer = b"a later key of the audit, long enough"
    with monkeypatch.context() as later:
        later.setattr("schema.sealing.audit_keys", lambda: (newer,))
        rename()
    with heads_taken(postgres_house.url, 0):
        rename(2)

    found = [str(one) for one in verify(TABLES, [newer, *audit_keys()], tmp_path)]
    assert found == ["Audit entry 1-4 was altered."]

    with guards_off():  # whoever has the old key chooses the numbers of rows
        [newest, forged] = AuditEntry.select().order_by(AuditEntry.id)[-2:]
        for entry, number in ((newest, 100), (forged, newest.id)):
            raw("UPDATE audit_change SET entry_id = ? WHERE entry_id = ?", number, entry.id)
            raw("UPDATE audit_entry SET id = ? WHERE id = ?", number, entry.id)
    found = [str(one) for one in verify(TABLES, [newer, *audit_keys()], tmp_path)]
    assert found == ["Audit entry 1-4 was added by an old key."]


def test_the_last_entry_of_a_chain_is_missed_once_another_chain_goes_on(two_chains, tmp_path):
    with guards_off():
        raw("DELETE FROM audit_change WHERE entry_id IN "
            "(SELECT id FROM audit_entry WHERE chain = 1 AND seq = 3)")  # fmt: skip
        raw("DELETE FROM audit_entry WHERE chain = 1 AND seq = 3")

    assert said(tmp_path)[0] == "Audit entry 3 was sealed beside entry 1-3, which is gone."


def test_other_ends_beside_an_entry_are_found(two_chains, tmp_path):
    with guards_off():
        raw("UPDATE audit_entry SET beside = '1-2' WHERE chain = 0 AND seq = 3")
    assert said(tmp_path) == ["Audit entry 3 was altered."]


FORGED = (
    "INSERT INTO audit_entry (id, chain, seq, door, change_count, digest, prev, mac) "
    "VALUES (-1, 0, 77777, 'screen', 1, 'd', 'p', 'm')"
)


def test_an_entry_below_all_numbers_is_proven_too(house, tmp_path):
    with one_act():
        a_location()
    with guards_off():
        raw("UPDATE location SET name = 'Forged'")
        raw(FORGED)
        raw(
            "INSERT INTO audit_change (id, entry_id, at, table_name, row_id, act, after, digest) "
            "SELECT -1, -1, at, 'location', row_id, 'update', '{\"name\": \"Forged\"}', 'd' "
            "FROM audit_change WHERE table_name = 'location'"
        )

    found = said(tmp_path)
    assert "Audit entry 77777 was altered." in found
    assert "The changes under audit entry 77777 were altered." in found


def test_rows_and_changes_below_all_numbers_are_proven_too(house, tmp_path):
    with one_act():
        kept = a_location()
    with guards_off():
        raw("UPDATE audit_change SET id = -5 WHERE table_name = 'location'")
        raw("UPDATE location SET id = -7 WHERE id = ?", kept.id)

    assert said(tmp_path) == [
        "The changes under audit entry 1 were altered.",
        f"location {kept.id} was removed past the audit.",
        "location -7 was added past the audit.",
    ]


def test_each_chain_has_its_anchor(two_chains, tmp_path):
    drop_anchor(tmp_path, NOW)
    rename(6)
    drop_anchor(tmp_path, NOW)
    noted = [(anchor.chain, anchor.seq) for anchor in read_anchors(tmp_path)]
    assert noted == [(0, 3), (1, 3), (0, 4)]

    with guards_off():
        raw("DELETE FROM audit_change WHERE entry_id IN (SELECT id FROM audit_entry WHERE seq = 3)")
        raw("DELETE FROM audit_entry WHERE chain = 1 AND seq = 3")
    assert (
        f"The anchor of {NOW:%Y-%m-%dT%H:%M:%SZ} knows audit entry 1-3, which is gone or altered."
        in said(tmp_path)
    )
