"""Imports under fire: two at once, and one whose process dies half-way."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from schema.database import database
from schema.patients import Patient
from schema.workflow.imports import apply_import
from tests.conftest import House
from tests.factories.staff import a_location
from tests.workflow.tables import planned

PROJECT = Path(__file__).resolve().parents[2]
LINES = ("Nume;Prenume", *(f"Pop{number};Ana" for number in range(1_000)))
DIES = """
import os, sys
from schema.database import database, open_database
open_database(sys.argv[1])
database.connect()
from schema.workflow.imports import applying
from tests.workflow.tables import planned
from tests.workflow.test_import_rivals import LINES
for written in applying(planned("patients", *LINES)):
    print(written, flush=True)
    if written >= 800:
        os.kill(os.getpid(), 9)
"""


def test_two_who_import_one_file_write_it_once(house: House) -> None:
    a_location()

    def bring(_: int) -> int:
        database.connect()
        try:
            return apply_import(planned("patients", *LINES)).created
        finally:
            database.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(bring, range(2))) == [0, 1_000]
    assert Patient.select().count() == 1_000


def test_an_import_that_is_killed_leaves_nothing(house: House) -> None:
    a_location()
    killed = subprocess.run(
        [sys.executable, "-c", DIES, house.url], cwd=PROJECT, capture_output=True, text=True
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert killed.stdout.split() == ["400", "800"]
    assert Patient.select().count() == 0
