"""`flask import`: judged, written, or refused with a file of the reasons beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from schema.patients import Patient
from tests.factories.staff import a_clinic, a_location
from tests.web import Web

HEADER = "Nume;Prenume;Data nașterii;Telefon"
ANA = "Șerban;Ana;31.12.1990;0722 000 111"
ION = "Pop;Ion;01.02.1980;0722 000 112"
BAD = "Pop;Ana;31.02.1990;0722 000 113"


@pytest.fixture
def command(web: Web, tmp_path: Path) -> Any:
    """Runs the command on a file of these lines, in a house with one location."""
    a_clinic()
    a_location()
    file = tmp_path / "pacienți.csv"

    def run(*lines: str, encoding: str = "utf-8", options: tuple[str, ...] = ()) -> Result:
        text = "\n".join((HEADER, *lines))
        old = text.replace("ș", "ş").replace("Ș", "Ş")  # Windows-1250 knows only the cedilla
        file.write_text(old if encoding == "cp1250" else text, encoding=encoding)
        told = ["import", "patients", str(file), *options]
        return web.app.test_cli_runner().invoke(args=told)

    return run


def test_a_dry_run_writes_nothing_and_the_same_file_twice_adds_nothing(command):
    judged = command(ANA, options=("--dry-run",))
    assert (judged.exit_code, Patient.select().count()) == (0, 0), judged.output

    old_form = command(ANA, encoding="cp1250")
    assert old_form.exit_code == 0, old_form.output
    assert Patient.get().last_name == "Șerban"

    assert "1 known" in command(ANA).output
    assert Patient.select().count() == 1


def test_one_bad_row_stops_the_file_and_stands_in_a_file_with_its_reason(command, tmp_path):
    refused = command(ION, BAD)

    assert refused.exit_code == 1
    assert "row 3" in refused.output and "31.02.1990" in refused.output
    assert Patient.select().count() == 0
    reasons = (tmp_path / "pacienți.refused.csv").read_text(encoding="utf-8-sig")
    assert "31.02.1990" in reasons and "Pop;Ion" not in reasons

    assert command(ION, BAD, options=("--skip-refused",)).exit_code == 0
    assert Patient.get().first_name == "Ion"


def test_a_large_file_is_refused_unread(web, tmp_path):
    file = tmp_path / "large.csv"
    with file.open("wb") as opened:
        opened.truncate(50 * 2**20)

    answer = web.app.test_cli_runner().invoke(args=["import", "patients", str(file)])

    assert answer.exit_code == 1
    assert "50 MB" in answer.output
