"""Every change of every row is written down by the database itself, through any door."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pytest

from schema import TABLES
from schema.audit import AuditChange
from schema.base import option, recorded, table_name
from schema.clock import WorkerTick
from schema.database import database, is_sqlite
from schema.patients import Patient
from schema.sessions import SignIn
from schema.staff import Staff
from tests.factories import NOW
from tests.factories.patients import a_patient
from tests.factories.sessions import a_password_link, a_sign_in, a_sign_in_attempt
from tests.factories.staff import a_location, a_person
from tests.refusals import raw, refuses
from tests.rows import change, remove

pytestmark = pytest.mark.usefixtures("house")

# Each is left out for a reason: the audit itself, and what beats by itself or counts strangers.
NOT_RECORDED = {"audit_entry", "audit_change", "read_entry", "worker_tick", "sign_in_attempt"}
LEFT_OUT = {("clinic", "rights_stamp"), ("sign_in", "seen_at")}


def trail(table: str, row_id: int) -> list[tuple[str, Any, Any]]:
    """What is written down of a row: (act, before, after), oldest first."""
    mine = (AuditChange.table_name == table) & (AuditChange.row_id == row_id)
    return [
        (row.act, json.loads(row.before or "null"), json.loads(row.after or "null"))
        for row in AuditChange.select().where(mine).order_by(AuditChange.id)
    ]


def test_every_table_is_recorded_or_left_out_by_name():
    left_out = {table_name(model) for model in TABLES if not option(model, "audited", True)}
    columns = {
        (table_name(model), column) for model in TABLES for column in option(model, "unaudited", ())
    }
    assert left_out == NOT_RECORDED
    assert columns == LEFT_OUT
    for model in TABLES:
        rule = recorded(model)
        unaudited = option(model, "unaudited", ())
        assert {*rule.columns, *rule.hidden, *unaudited} == set(model._meta.columns)


def test_an_insert_is_written_down_whole():
    patient = a_patient(last_name="Ștefănescu", first_name="Ana")

    [(act, before, after)] = trail("patient", patient.id)

    assert (act, before) == ("insert", None)
    assert after.keys() == set(Patient._meta.columns)
    assert (after["last_name"], after["id"]) == ("Ștefănescu", patient.id)


def test_an_update_is_written_down_with_what_changed_only():
    patient = a_patient(last_name="Pop")

    change(patient, last_name="Popa")

    assert trail("patient", patient.id)[1:] == [
        ("update", {"last_name": "Pop"}, {"last_name": "Popa"})
    ]


def test_an_update_that_changes_nothing_writes_nothing():
    patient = a_patient()
    raw("UPDATE patient SET last_name = last_name")
    assert len(trail("patient", patient.id)) == 1


def test_a_removal_is_written_down_with_all_that_is_lost():
    patient = a_patient()
    [(_, _, after)] = trail("patient", patient.id)

    remove(patient)

    assert trail("patient", patient.id)[1:] == [("delete", after, None)]


def test_a_statement_over_many_rows_is_written_down_row_by_row():
    patients = [a_patient() for _ in range(3)]
    raw("UPDATE patient SET first_name = 'Ion'")
    assert all(trail("patient", patient.id)[-1][2]["first_name"] == "Ion" for patient in patients)


def test_what_is_undone_leaves_nothing_written():
    with database.atomic() as act:
        a_patient()
        act.rollback()
    assert not AuditChange.select().where(AuditChange.table_name == "patient").exists()


def test_what_a_trigger_changes_is_written_down_too():
    """Ending a person moves the clinic's stamp, which is left out; nothing else is lost."""
    person = a_person()
    before = AuditChange.select().count()
    change(person, ended_on=NOW.date())
    assert AuditChange.select().count() == before + 1


def test_a_row_keeps_its_number():
    patient = a_patient()
    with refuses("patient_is_recorded"):
        raw("UPDATE patient SET id = id + 1000 WHERE id = ?", patient.id)


def test_rows_cannot_be_removed_past_the_record():
    a_patient()
    if not is_sqlite():
        with refuses("patient_is_recorded"):
            raw("TRUNCATE patient CASCADE")
    raw("DELETE FROM patient")
    assert AuditChange.select().where(AuditChange.act == "delete").count() == 1


def test_a_secret_is_never_written_down_only_that_it_changed():
    person = a_person(password_hash="$argon2id$first")
    change(person, password_hash="$argon2id$second")
    change(person, password_hash="$argon2id$second")
    link, session = a_password_link(staff=person), a_sign_in(staff=person)

    [(_, _, added), (_, before, after)] = trail("staff", person.id)

    assert added["password_hash"] == "hidden"
    assert (before, after) == ({"password_hash": None}, {"password_hash": "hidden"})
    everything = " ".join(str(row) for row in raw("SELECT * FROM audit_change").fetchall())
    secrets = ("$argon2id$", link.token_sha, session.token_sha)
    assert not any(secret in everything for secret in secrets)


def test_every_secret_column_is_hidden():
    for model in TABLES:
        assert set(recorded(model).hidden) >= set(option(model, "secret", ()))


def test_what_beats_by_itself_is_not_written_down():
    session = a_sign_in()
    before = AuditChange.select().count()

    change(session, seen_at=NOW.replace(hour=23))
    a_sign_in_attempt()
    WorkerTick.create(name="test", ticked_at=NOW)

    assert AuditChange.select().count() == before
    assert SignIn.select().count() == 1 and Staff.select().exists()


def test_a_change_typed_in_a_shell_needs_no_function_of_ours(house):
    """A plain connection of the driver, as the engines' own shells have it."""
    place = a_location()
    connect = sqlite3.connect if house.engine == "sqlite" else psycopg.connect
    with closing(connect(house.url.removeprefix("sqlite:///"))) as shell:
        shell.execute("UPDATE location SET name = 'Shell'")
        shell.commit()
    assert trail("location", place.id)[-1][2] == {"name": "Shell"}
