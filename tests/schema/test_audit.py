"""The truths of the audit chain, seen to refuse on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from schema.audit import AuditEntry
from schema.database import database, is_sqlite
from tests.factories import audit as make
from tests.refusals import raw, refuses

pytestmark = pytest.mark.usefixtures("house")

ENTRY = (
    "INTO audit_entry (chain, seq, door, change_count, digest, prev, mac) "
    "VALUES (0, ?, 'screen', 0, 'd', ?, ?)"
)
OF_CHAIN = ENTRY.replace("(0, ?", "(?, ?")


def without(*guards: str) -> None:
    """Lift guards until the transaction ends, to see the index behind them refuse."""
    for guard in guards:
        if is_sqlite():
            database.execute_sql(f"DROP TRIGGER {guard}_insert")
        else:
            database.execute_sql(f"ALTER TABLE audit_entry DISABLE TRIGGER {guard}")


JOINS = "audit_entry_joins_the_chain"


def guards() -> tuple[str, ...]:
    return ("audit_entry_replaces_nothing", JOINS) if is_sqlite() else (JOINS,)


def two() -> tuple[AuditEntry, AuditEntry]:
    return make.an_audit_entry(), make.an_audit_entry()


def test_entries_follow_each_other_without_a_gap():
    _, last = two()

    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {ENTRY}", 4, last.mac, "m4")
    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {ENTRY}", 3, "somebody's mac", "m3")
    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {ENTRY}", 3, "genesis", "m3")

    raw(f"INSERT {ENTRY}", 3, last.mac, "m3")


def test_the_chain_begins_once():
    two()

    with refuses("audit_entry_replaces_nothing" if is_sqlite() else "audit_entry_follows_one"):
        raw(f"INSERT {ENTRY}", 1, "genesis", "m1")


def test_each_chain_begins_with_its_own_word_and_follows_itself():
    _, last = two()

    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {OF_CHAIN}", 1, 1, "genesis", "m")
    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {OF_CHAIN}", 1, 1, "genesis 2", "m")
    with refuses("audit_entry_joins_the_chain"):
        raw(f"INSERT {OF_CHAIN}", 1, 3, last.mac, "m")

    raw(f"INSERT {OF_CHAIN}", 1, 1, "genesis 1", "m")
    raw(f"INSERT {OF_CHAIN}", 1, 2, "m", "m2")


def test_there_are_four_chains():
    for chain in (-1, 4):
        with refuses("audit_entry_is_of_a_chain"):
            without(*guards())
            raw(f"INSERT {OF_CHAIN}", chain, 1, f"genesis {chain}", "m")


def test_no_two_entries_share_a_number_a_forerunner_or_a_seal():
    first, second = two()

    with refuses("audit_entry_number_once"):
        without(*guards())
        raw(f"INSERT {ENTRY}", 2, "p", "m")
    with refuses("audit_entry_follows_one"):
        without(*guards())
        raw(f"INSERT {ENTRY}", 9, first.mac, "m")
    with refuses("audit_entry_seal_once"):
        without(*guards())
        raw(f"INSERT {ENTRY}", 9, "p", second.mac)


@pytest.mark.parametrize("what", ["number", "seal"])
def test_an_entry_takes_no_others_place(what: str):
    first, second = two()
    forged: dict[str, Any] = {
        "number": (2, first.mac, "forged"),
        "seal": (3, second.mac, first.mac),
    }
    replace = "INSERT"
    if is_sqlite():  # a shell leaves recursive triggers off, so the delete guard would not see it
        database.execute_sql("PRAGMA recursive_triggers = 0")
        replace = "INSERT OR REPLACE"

    index = {"number": "audit_entry_follows_one", "seal": "audit_entry_seal_once"}[what]
    with refuses("audit_entry_replaces_nothing" if is_sqlite() else index):
        raw(f"{replace} {ENTRY}", *forged[what])

    assert AuditEntry.select().count() == 2


def test_the_audit_is_only_added_to():
    entry = make.an_audit_entry()

    with refuses("audit_entry_is_history"):
        raw("UPDATE audit_entry SET reason = 'nothing' WHERE id = ?", entry.id)
    with refuses("audit_entry_is_history"):
        raw("DELETE FROM audit_entry WHERE id = ?", entry.id)


def test_an_entry_counts_its_changes():
    with refuses("audit_entry_counts_up"):
        make.an_audit_entry(change_count=-1)


def test_a_change_is_sealed_once_and_nothing_else_of_it_ever_changes():
    entry, change = make.an_audit_entry(), make.an_audit_change()
    seal = "UPDATE audit_change SET entry_id = ?, digest = 'd'"

    for others in ("at", "table_name", "row_id", "act", "before", "after", "txid", "id"):
        value = "'delete'" if others == "act" else "'2020-01-01 00:00:00'"
        value = "7" if others in ("row_id", "txid", "id") else value
        with refuses("audit_change_is_history"):
            raw(f"{seal}, {others} = {value} WHERE id = ?", entry.id, change.id)
    with refuses("audit_change_is_history"):
        raw("UPDATE audit_change SET entry_id = ? WHERE id = ?", entry.id, change.id)
    raw(f"{seal} WHERE id = ?", entry.id, change.id)

    with refuses("audit_change_is_history"):
        raw(f"{seal} WHERE id = ?", entry.id, change.id)
    with refuses("audit_change_is_history"):
        raw("DELETE FROM audit_change WHERE id = ?", change.id)


def test_the_reading_log_counts_rows_and_is_only_added_to():
    entry = make.a_read_entry(row_count=0)

    with refuses("read_entry_counts_up"):
        raw(
            "INSERT INTO read_entry (act, table_name, ids, row_count) "
            "VALUES ('list', 'patient', '', -1)"
        )
    with refuses("read_entry_is_history"):
        raw("DELETE FROM read_entry WHERE id = ?", entry.id)
