"""An act that changes something is sealed once, at its end, by one entry of the chain."""

from __future__ import annotations

import json

import pytest
from peewee import IntegrityError

from schema.acting import acting, actor
from schema.audit import AuditChange, AuditEntry
from schema.database import after_commit, database, one_act, say_last
from schema.fingerprints import GENESIS, digest_of_all, mac_of
from schema.patients import Patient
from schema.prepared import row_to_put
from schema.sealing import CHUNK, LOOKED_AT_LATE, SMALL
from schema.settings import audit_keys
from schema.staff import Location
from schema.workflow import Refused
from tests.factories.patients import a_patient
from tests.factories.staff import a_location, a_person
from tests.refusals import raw

pytestmark = pytest.mark.usefixtures("house")


@pytest.fixture
def patient(house) -> Patient:
    """A patient whose making is sealed."""
    with one_act():
        return a_patient(last_name="Pop")


def entries() -> list[AuditEntry]:
    return list(AuditEntry.select().order_by(AuditEntry.id))


def rename(name: str) -> None:
    raw("UPDATE patient SET last_name = ?", name)


def test_an_act_is_sealed_with_who_when_and_from_where(patient):
    person = a_person()
    told = {"role": "receptionist", "door": "screen", "address": "10.0.0.7", "request": "ab12"}
    with acting(staff=person.id, **told, reason="asked by phone"), one_act():
        rename("Popa")
        rename("Popescu")

    entry = entries()[-1]
    assert entry.staff == person and entry.reason == "asked by phone"
    assert {name: getattr(entry, name) for name in told} == told
    assert (entry.change_count, len(entry.changes)) == (2, 2)


def test_each_entry_joins_the_one_before(patient):
    with one_act():
        rename("Popa")

    first, last = entries()

    assert (first.seq, first.prev) == (1, GENESIS)
    assert (last.seq, last.prev) == (2, first.mac)


def test_the_seal_is_made_of_the_entry_and_of_its_changes_with_a_key_from_outside(patient):
    [entry] = entries()
    digests = [row.digest for row in entry.changes.order_by(AuditChange.id)]
    told = [
        entry.seq, f"{entry.at:%Y-%m-%d %H:%M:%S}", None, None, "program", None, None, None,
        len(digests), digest_of_all(digests), GENESIS,
    ]  # fmt: skip
    assert entry.mac == mac_of(told, audit_keys()[0])
    assert entry.mac != mac_of(told, b"another key, as long as the other")


def test_an_act_without_changes_writes_nothing(patient):
    before = AuditEntry.select().count()
    with one_act():
        list(Patient.select())
        rename("Pop")
    assert AuditEntry.select().count() == before


def test_an_act_within_an_act_is_part_of_it(patient):
    with one_act():
        rename("Popa")
        with one_act():
            rename("Popescu")
    assert [entry.change_count for entry in entries()][1:] == [2]


def test_a_refused_inner_act_leaves_nothing_in_the_outer_ones_entry(patient):
    with one_act():
        rename("Popa")
        with pytest.raises(Refused), one_act():
            rename("Popescu")
            raise Refused("Not so.")

    [kept] = entries()[-1].changes
    assert json.loads(kept.after) == {"last_name": "Popa"}
    assert Patient.get().last_name == "Popa"


def test_a_refused_act_leaves_no_entry_and_no_change(patient):
    before = AuditEntry.select().count(), AuditChange.select().count()
    with pytest.raises(Refused), one_act():
        rename("Popa")
        raise Refused("Not so.")
    assert (AuditEntry.select().count(), AuditChange.select().count()) == before


def test_an_act_that_takes_itself_back_leaves_nothing(patient):
    before = AuditEntry.select().count()
    with one_act() as act:
        rename("Popa")
        act.rollback()
    assert AuditEntry.select().count() == before


def test_the_act_after_a_refused_one_is_sealed_as_any_other(patient):
    with pytest.raises(Refused), one_act():
        raise Refused("Not so.")
    with one_act():
        rename("Popa")
    assert [entry.change_count for entry in entries()][1:] == [1]


def test_what_came_past_every_act_is_not_taken_into_the_next(patient):
    rename("Typed in a shell")
    with one_act():
        rename("Popa")

    [stray] = AuditChange.select().where(AuditChange.entry.is_null())
    assert "Typed in a shell" in stray.after
    assert entries()[-1].change_count == 1


def test_every_change_of_a_large_act_is_sealed(patient):
    with one_act():
        for number in range(CHUNK + 5):
            rename(f"Pop {number}")

    assert entries()[-1].change_count == CHUNK + 5
    assert not AuditChange.select().where(AuditChange.entry.is_null()).exists()


@pytest.mark.parametrize("many", [SMALL - 1, SMALL])
def test_an_act_is_sealed_whole_whether_it_counts_as_small_or_not(patient, many):
    with one_act():
        for number in range(many):
            rename(f"Name {number}")

    assert entries()[-1].change_count == many
    assert not AuditChange.select().where(AuditChange.entry.is_null()).exists()


def test_the_head_waits_for_tables_whose_keys_are_looked_at_late(postgres_house):
    found = raw("SELECT DISTINCT conrelid::regclass::text FROM pg_constraint WHERE condeferrable")

    assert {table for (table,) in found.fetchall()} == set(LOOKED_AT_LATE)


def test_what_is_said_last_is_part_of_the_act(patient):
    put = row_to_put(Location, name="Said last")
    with one_act():
        rename("Before")
        say_last(put)
        assert not Location.select().where(Location.name == "Said last").exists()

    assert Location.get_by_id(put.row.id).name == "Said last"
    assert entries()[-1].change_count == 2


def test_what_is_refused_last_undoes_the_act_and_is_forgotten(patient):
    made = a_location()
    with pytest.raises(IntegrityError), one_act():
        rename("Before")
        say_last(row_to_put(Location, id=made.id, name="Twice"))
    with one_act():
        rename("After")

    assert Patient.get().last_name == "After"
    assert not Location.select().where(Location.name == "Twice").exists()


def test_what_waits_for_the_end_still_runs_after_it(patient):
    seen: list[int] = []
    with one_act():
        rename("Popa")
        after_commit(lambda: seen.append(AuditEntry.select().count()))
        assert seen == []
    assert seen == [2]


def test_a_transaction_of_a_library_around_an_act_changes_nothing(patient):
    with database.atomic(), one_act():
        rename("Popa")
    assert entries()[-1].change_count == 1


def test_who_acts_is_known_within_its_block_only():
    with acting(door="clock"), acting(reason="tidying"):
        assert (actor().door, actor().reason) == ("clock", "tidying")
    assert (actor().door, actor().reason) == ("program", None)
