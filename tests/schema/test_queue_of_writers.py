"""Those who write to an SQLite file do so one after the other, and nobody waits for ever."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path

import pytest

from schema import queue_of_writers
from schema.database import database, one_act
from schema.hours import Absence
from schema.queue_of_writers import in_line
from tests.factories.hours import an_absence


def test_one_has_the_turn_and_the_next_one_takes_it_afterwards(tmp_path: Path):
    file, told, waits = str(tmp_path / "house.db"), [], threading.Event()

    def next_one() -> None:
        waits.set()
        with in_line(file):
            told.append("next")

    with in_line(file):
        other = threading.Thread(target=next_one)
        other.start()
        waits.wait()
        told.append("first")
    other.join()
    assert told == ["first", "next"]


def test_who_waited_long_enough_goes_on_without_the_turn(tmp_path: Path):
    file, told = str(tmp_path / "house.db"), []

    def next_one() -> None:
        with in_line(file, patience=0.01):
            told.append("next")

    with in_line(file):
        other = threading.Thread(target=next_one)
        other.start()
        other.join()
        told.append("first")
    assert told == ["next", "first"]


def test_an_act_within_a_transaction_does_not_wait_for_itself(house):
    absence = an_absence()
    with database.atomic(), one_act(), one_act():
        Absence.update(reason="away").where(Absence.id == absence.id).execute()
    assert Absence.get_by_id(absence.id).reason == "away"


def test_an_act_that_fails_gives_the_turn_back(sqlite_house):
    with pytest.raises(KeyError), one_act():
        raise KeyError("nothing is kept")
    with Path(f"{database.obj.database}-turn").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)  # raises while somebody has it
    assert not queue_of_writers._line.locked()
