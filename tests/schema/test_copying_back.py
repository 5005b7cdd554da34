"""SQLite's log does not grow with the acts, and copying it back is in nobody's way."""

from __future__ import annotations

from pathlib import Path

import pytest

from schema import copying_back
from schema.copying_back import ACTS_BETWEEN
from schema.database import PRAGMAS, database, one_act
from schema.hours import Absence
from tests.factories.hours import an_absence


@pytest.fixture
def counted_anew(monkeypatch):
    monkeypatch.setattr(copying_back, "_acts", copying_back.count(1))


def rename(absence: Absence, times: int) -> None:
    for number in range(times):
        with one_act():
            Absence.update(reason=str(number)).where(Absence.id == absence.id).execute()


def length_of_the_log() -> int:
    return Path(f"{database.obj.database}-wal").stat().st_size


def test_the_log_begins_anew_after_so_many_acts(sqlite_house, counted_anew):
    absence = an_absence()
    rename(absence, ACTS_BETWEEN)
    length = length_of_the_log()
    rename(absence, 3 * ACTS_BETWEEN)
    assert 0 < length_of_the_log() < 2 * length < PRAGMAS["wal_autocheckpoint"] * 4096


def test_an_act_is_done_while_its_person_still_reads(sqlite_house, counted_anew):
    absence = an_absence()
    rename(absence, 2)
    reading = database.execute_sql("SELECT id FROM staff UNION ALL SELECT id FROM staff")
    reading.fetchone()
    with pytest.raises(Exception, match="locked"):
        database.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    rename(absence, ACTS_BETWEEN)
    assert Absence.get_by_id(absence.id).reason == str(ACTS_BETWEEN - 1)
    assert reading.fetchone() is not None
