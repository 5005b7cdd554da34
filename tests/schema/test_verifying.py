"""Whoever alters a row, a change or an entry with the guards off is found by the audit."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest

from schema import TABLES
from schema.anchors import drop_anchor, read_anchors
from schema.audit import AuditChange, AuditEntry
from schema.database import is_sqlite, one_act
from schema.migrations import FOLDER, upgrade
from schema.patients import Patient
from schema.settings import audit_keys
from schema.trail import write_down_what_is_found
from schema.verifying import verify
from tests.factories import NOW
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.refusals import raw
from tests.tampering import guards_off

pytestmark = pytest.mark.usefixtures("house")
OTHER_KEY = b"a later key of the audit, long enough"


@pytest.fixture
def patients(house) -> list[Patient]:
    """Three patients and a person, each made in an act, one renamed."""
    made = []
    for name in ("Pop", "Ionescu", "Radu"):
        with one_act():
            made.append(a_patient(last_name=name))
    with one_act():
        a_person(password_hash="$argon2id$x")
        raw("UPDATE patient SET last_name = 'Popa' WHERE id = ?", made[0].id)
    return made


def found(tmp_path, keys=None) -> list[str]:
    return [str(finding) for finding in verify(TABLES, keys or audit_keys(), tmp_path)]


def test_an_untouched_house_is_proven(patients, tmp_path):
    assert found(tmp_path) == []


def test_verifying_sees_one_moment_while_others_write_on(house, patients, tmp_path):
    with one_act():
        a_location(address="Str. Lungă 1")
    connect = sqlite3.connect if house.engine == "sqlite" else psycopg.connect

    def write_meanwhile(_: int) -> None:
        with closing(connect(house.url.removeprefix("sqlite:///"))) as rival:
            rival.execute("UPDATE location SET address = address || 'x'")
            rival.commit()

    findings = list(verify(TABLES, audit_keys(), tmp_path, tell=write_meanwhile))

    assert findings == []
    assert len(found(tmp_path)) > 1  # each write came past Benchside


def test_a_tampered_row_is_found_by_table_row_and_column(patients, tmp_path):
    with guards_off():
        raw("UPDATE patient SET last_name = 'Other' WHERE id = ?", patients[1].id)

    [finding] = verify(TABLES, audit_keys(), tmp_path)

    assert (finding.table, finding.row_id, finding.column) == (
        "patient",
        patients[1].id,
        "last_name",
    )
    assert str(finding) == f"patient {patients[1].id}, last_name: changed past the audit."


def test_a_row_that_was_removed_is_found(patients, tmp_path):
    with guards_off():
        raw("DELETE FROM patient WHERE id = ?", patients[2].id)
    assert found(tmp_path) == [f"patient {patients[2].id} was removed past the audit."]


def test_a_row_that_was_slipped_in_is_found(patients, tmp_path):
    columns = ", ".join(f'"{name}"' for name in Patient._meta.columns if name not in ("id", "code"))
    with guards_off():
        raw(
            f"INSERT INTO patient (id, code, {columns}) "
            f"SELECT 900001, 'P-900001', {columns} FROM patient WHERE id = ?",
            patients[0].id,
        )
    assert found(tmp_path) == ["patient 900001 was added past the audit."]


def test_a_row_that_was_removed_rightly_is_no_finding(patients, tmp_path):
    with one_act():
        raw("DELETE FROM patient WHERE id = ?", patients[2].id)
    assert found(tmp_path) == []


def test_an_altered_change_is_found_with_its_entry(patients, tmp_path):
    with guards_off():
        raw(
            "UPDATE audit_change SET before = REPLACE(before, 'Pop', 'Xop') "
            "WHERE act = 'update' AND table_name = 'patient'"
        )
    assert found(tmp_path) == ["The changes under audit entry 4 were altered."]


def test_a_removed_change_is_found(patients, tmp_path):
    with guards_off():
        raw("DELETE FROM audit_change WHERE act = 'update' AND table_name = 'patient'")
    assert "The changes under audit entry 4 were altered." in found(tmp_path)


@pytest.mark.parametrize("change", ["staff_id = NULL, reason = 'me'", "at = '2020-01-01 00:00:00'"])
def test_an_altered_entry_is_found(patients, tmp_path, change):
    with guards_off():
        raw(f"UPDATE audit_entry SET {change} WHERE seq = 2")
    assert found(tmp_path) == ["Audit entry 2 was altered."]


def test_a_forged_seal_is_found(patients, tmp_path):
    """Without the key nobody makes a seal; another key's is none."""
    assert len(found(tmp_path, [OTHER_KEY])) == 4


def test_a_removed_entry_is_found(patients, tmp_path):
    with guards_off():
        raw("DELETE FROM audit_entry WHERE seq = 2")
    said = found(tmp_path)
    assert said[0] == "Audit entries 2 to 2 are gone."
    assert any("made outside Benchside" in sentence for sentence in said)


def test_swapped_entries_are_found(patients, tmp_path):
    with guards_off():
        raw("UPDATE audit_entry SET seq = 99 WHERE seq = 2")
        raw("UPDATE audit_entry SET seq = 2 WHERE seq = 3")
        raw("UPDATE audit_entry SET seq = 3 WHERE seq = 99")
    said = found(tmp_path)
    assert "Audit entry 2 does not follow the one before it." in said
    assert "Audit entry 3 was altered." in said


def cut_the_tail() -> None:
    """As one would who wants the last act forgotten: row, changes and entry put back."""
    with guards_off():
        raw("UPDATE patient SET last_name = 'Pop' WHERE last_name = 'Popa'")
        raw("DELETE FROM staff")
        raw("DELETE FROM audit_change WHERE entry_id = (SELECT MAX(id) FROM audit_entry)")
        raw("DELETE FROM audit_entry WHERE seq = 4")


def test_a_cut_tail_is_found_by_the_anchor_alone(patients, tmp_path):
    drop_anchor(tmp_path, NOW)
    cut_the_tail()

    assert found(tmp_path / "nowhere") == []
    assert found(tmp_path) == [
        f"The anchor of {NOW:%Y-%m-%dT%H:%M:%SZ} knows audit entry 4, which is gone or altered."
    ]


def test_a_tail_written_anew_after_the_cut_is_found_too(patients, tmp_path):
    drop_anchor(tmp_path, NOW)
    cut_the_tail()
    with one_act():
        a_patient()
    assert len(found(tmp_path)) == 1


def test_the_same_end_is_anchored_once_and_nobody_else_reads_it(patients, tmp_path):
    drop_anchor(tmp_path / "anchors", NOW)
    drop_anchor(tmp_path / "anchors", NOW)
    with one_act():
        a_patient()
    drop_anchor(tmp_path / "anchors", NOW)

    assert [anchor.seq for anchor in read_anchors(tmp_path / "anchors")] == [4, 5]
    assert (tmp_path / "anchors" / "anchors.txt").stat().st_mode & 0o077 == 0


def test_an_empty_chain_has_nothing_to_anchor(house, tmp_path):
    assert drop_anchor(tmp_path, NOW) == []
    assert list(read_anchors(tmp_path)) == []


def test_what_was_made_outside_is_told_and_not_hidden(patients, tmp_path):
    raw("UPDATE patient SET first_name = 'Shell' WHERE id = ?", patients[0].id)
    [told] = found(tmp_path)
    assert told.startswith(f"patient {patients[0].id}: made outside Benchside (update, ")


def test_after_a_change_of_keys_older_entries_are_checked_by_the_older_key(
    patients, tmp_path, monkeypatch
):
    monkeypatch.setattr("schema.sealing.audit_keys", lambda: (OTHER_KEY,))
    with one_act():
        a_patient()

    assert found(tmp_path, [OTHER_KEY, *audit_keys()]) == []
    assert found(tmp_path, audit_keys()) == ["Audit entry 5 was altered."]


def test_an_old_key_seals_nothing_after_a_newer_one(patients, tmp_path, monkeypatch):
    with monkeypatch.context() as later:
        later.setattr("schema.sealing.audit_keys", lambda: (OTHER_KEY,))
        with one_act():
            a_patient()
    with one_act():
        a_patient()
    assert found(tmp_path, [OTHER_KEY, *audit_keys()]) == ["Audit entry 6 was altered."]


def test_a_house_that_is_older_than_its_audit_begins_with_what_is_found(house, tmp_path):
    with guards_off():
        a_patient(last_name="Pop")
        a_person()
    assert len(found(tmp_path)) == 3

    with one_act():
        write_down_what_is_found(TABLES)

    assert found(tmp_path) == []
    assert AuditEntry.select().where(AuditEntry.door == "upgrade").count() == 3
    assert {row.act for row in AuditChange.select()} == {"found"}


def test_an_upgrade_of_such_a_house_writes_down_what_it_finds(house, tmp_path):
    """As 0001 left it: rows, and no trail of them."""
    with guards_off():
        a_person()
    raw("DROP TABLE audit_change")
    raw("DELETE FROM schema_migration WHERE name LIKE '0002%' OR name LIKE '0034%'")

    assert upgrade(FOLDER) == ["0002_audit_trail", "0034_chains_of_the_audit"]

    assert found(tmp_path) == []
    assert AuditEntry.select().count() == 1


def test_the_proof_holds_over_many_windows(house, tmp_path, monkeypatch):
    monkeypatch.setattr("schema.trail.WINDOW", 3)
    monkeypatch.setattr("schema.verifying.PAGE", 2)
    monkeypatch.setattr("schema.verifying.MOST_AT_ONCE", 3)
    for size in (1, 7, 2, 1, 4):
        with one_act():
            people = [a_patient() for _ in range(size)]
    with guards_off():
        raw("UPDATE patient SET first_name = 'X' WHERE id = ?", people[-1].id)
    read: list[int] = []

    findings = [str(one) for one in verify(TABLES, audit_keys(), tmp_path, tell=read.append)]

    assert findings == [f"patient {people[-1].id}, first_name: changed past the audit."]
    assert sum(read) >= 15 * 2
    assert is_sqlite() or Patient.select().count() == 15
