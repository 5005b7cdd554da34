"""`flask audit` and the clock's own proof: findings are told, and what to do about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from schema.anchors import read_anchors
from schema.audit import AuditEntry
from schema.clock import JobRun
from schema.database import one_act
from schema.settings import audit_keys
from tasks.proof import anchor, prove
from tests.factories import NOW
from tests.factories.patients import a_patient
from tests.refusals import raw
from tests.tampering import guards_off


@pytest.fixture
def settings(web, tmp_path, monkeypatch):
    """The settings of the application, with anchors of its own."""
    keys = tuple(key.decode() for key in audit_keys())
    own = replace(web.app.config["SETTINGS"], anchor_folder=tmp_path, audit_keys=keys)
    monkeypatch.setitem(web.app.config, "SETTINGS", own)
    with one_act():
        a_patient(last_name="Pop")
    return own


@pytest.fixture
def audit(web, settings) -> Any:
    """Runs `flask audit …`."""

    def run(*told: str) -> Result:
        return web.app.test_cli_runner().invoke(args=["audit", *told])

    return run


def tamper() -> None:
    with guards_off():
        raw("UPDATE patient SET last_name = 'Other'")


def test_a_sound_audit_is_told_in_figures(audit):
    told = audit("verify")
    assert told.exit_code == 0, told.output
    assert "1 entries" in told.output and "0 findings" in told.output


def test_a_finding_ends_the_command_with_one_and_says_what_to_do(audit):
    tamper()

    told = audit("verify")

    assert told.exit_code == 1
    assert "last_name: changed past the audit." in told.output
    assert "1 findings" in told.output and "audit accept" in told.output


def test_an_anchor_is_dropped_by_hand(audit, settings):
    assert audit("anchor").exit_code == 0
    [noted] = read_anchors(settings.anchor_folder)
    assert (noted.seq, noted.mac) == (1, AuditEntry.get().mac)


def test_what_was_made_outside_is_taken_in_with_its_reason(audit):
    tamper()
    raw("UPDATE patient SET first_name = 'Typed'")
    with guards_off():
        raw("DELETE FROM location WHERE id NOT IN (SELECT location_id FROM patient)")

    told = audit("accept", "--reason", "restored by hand after the power cut")

    assert told.exit_code == 0, told.output
    assert audit("verify").exit_code == 0
    last = AuditEntry.select().order_by(AuditEntry.id.desc()).get()
    assert (last.door, last.reason) == ("outside", "restored by hand after the power cut")


def test_a_row_that_was_removed_past_the_audit_can_be_taken_in_too(audit):
    with one_act():
        gone = a_patient()
    with guards_off():
        raw("DELETE FROM patient WHERE id = ?", gone.id)
    assert audit("verify").exit_code == 1

    assert "1 changes taken in" in audit("accept", "--reason", "a test patient").output

    assert audit("verify").exit_code == 0


def test_nothing_is_taken_in_without_a_reason(audit):
    tamper()
    assert audit("accept", "--reason", " ").exit_code != 0
    assert audit("verify").exit_code == 1


def test_the_clock_anchors_once_a_day_and_the_log_knows_it(settings, caplog):
    caplog.set_level("INFO")
    for hour in (1, 2):
        anchor(settings, NOW.replace(hour=hour))
        with one_act():
            a_patient()
    anchor(settings, NOW + dt.timedelta(days=1))

    assert len(list(read_anchors(settings.anchor_folder))) == 2
    assert AuditEntry.get(AuditEntry.seq == 2).mac in caplog.text  # the first is the patient's


def test_the_clock_proves_the_audit_once_a_day_and_the_log_cries_out(settings, caplog):
    assert prove(settings, NOW) == 0
    tamper()
    assert prove(settings, NOW) is None

    assert prove(settings, NOW + dt.timedelta(days=1)) == 1

    assert "changed past the audit" in caplog.text and "audit verify" in caplog.text
    assert JobRun.select().where(JobRun.finished_at.is_null(False)).count() == 2
