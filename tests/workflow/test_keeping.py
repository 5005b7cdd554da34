"""Backups that come back, and a house that moves to the other engine with every row."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from secrets import token_hex

import pytest

from schema import TABLES, migrations
from schema.clock import JobRun
from schema.database import close_database, database, open_database
from schema.guards import missing_guards
from schema.patients import Patient
from schema.staff import Location
from schema.start import refuse_unsound_start
from schema.workflow import Refused
from schema.workflow.backups import back_up, last_backup, refuse_broken, restore
from schema.workflow.moving import move_house
from tests import postgres
from tests.factories import NOW
from tests.factories.patients import a_patient
from tests.factories.staff import a_location
from tests.refusals import raw, refuses


@pytest.fixture
def empty_url(postgres_template, tmp_path: Path):
    """The addresses of an empty database of each engine."""
    name = f"benchside_move_{token_hex(6)}"
    yield {
        "sqlite": f"sqlite:///{tmp_path}/moved.db",
        "postgresql": postgres.create_database(postgres_template.admin_url, name),
    }
    close_database()
    postgres.drop_database(postgres_template.admin_url, name)


def counts() -> dict[str, int]:
    return {model.__name__: model.select().count() for model in TABLES}


def test_a_backup_comes_back_with_every_row(clinic, tmp_path):
    before = counts()
    size = back_up(tmp_path / "b", clinic.url, NOW)
    assert size > 100_000 and (tmp_path / "b").stat().st_mode & 0o077 == 0
    extra = a_location()

    aside = restore(tmp_path / "b", clinic.url, overwrite=True, now=NOW)

    assert counts() == before
    assert Location.get_or_none(Location.name == extra.name) is None
    refuse_unsound_start()
    assert (aside is not None) == (clinic.engine == "sqlite")


def test_a_full_house_is_not_overwritten_without_being_told_so(clinic, tmp_path):
    back_up(tmp_path / "b", clinic.url, NOW)
    with pytest.raises(Refused, match="--yes"):
        restore(tmp_path / "b", clinic.url, overwrite=False, now=NOW)


def test_a_backup_never_takes_the_place_of_another_file(house, tmp_path):
    (tmp_path / "b").write_text("mine")
    with pytest.raises(Refused, match="there already"):
        back_up(tmp_path / "b", house.url, NOW)
    assert (tmp_path / "b").read_text() == "mine"


def test_what_is_no_backup_changes_nothing(clinic, tmp_path):
    before = counts()
    (tmp_path / "b").write_bytes(b"not a database" * 1000)
    with pytest.raises(Refused):
        restore(tmp_path / "b", clinic.url, overwrite=True, now=NOW)
    assert counts() == before


def test_a_damaged_backup_is_seen(sqlite_clinic, tmp_path):
    back_up(tmp_path / "b", sqlite_clinic.url, NOW)
    with (tmp_path / "b").open("r+b") as sheet:
        for page in range(20, 200, 7):
            sheet.seek(page * 4096)
            sheet.write(b"\xff" * 64)
    with pytest.raises(Refused, match=r"damaged|cannot be read"):
        refuse_broken(tmp_path / "b", sqlite=True)


def test_the_last_backup_is_remembered(house, tmp_path):
    assert last_backup() is None
    back_up(tmp_path / "a", house.url, NOW)
    back_up(tmp_path / "b", house.url, NOW + dt.timedelta(hours=1))
    assert last_backup() == NOW + dt.timedelta(hours=1)
    assert JobRun.select().count() == 1


@pytest.mark.slow
def test_a_house_moves_to_the_other_engine_with_every_row(clinic, empty_url):
    before, told = counts(), {}
    other = "postgresql" if clinic.engine == "sqlite" else "sqlite"

    moved = move_house(empty_url[other], migrations.upgrade, told.__setitem__)

    assert moved == sum(before.values()) == sum(told.values())
    assert counts() == before, "the house that it left stands as it stood"
    close_database()
    open_database(empty_url[other])
    database.connect(reuse_if_open=True)
    refuse_unsound_start()
    assert counts() == before and missing_guards(TABLES) == []
    with refuses("card_step_is_history"):
        raw("DELETE FROM card_step")
    assert a_location().id > before["Location"], "its counters go on"


def test_a_house_does_not_move_into_one_that_has_rows(house, empty_url):
    a_patient()
    other = "postgresql" if house.engine == "sqlite" else "sqlite"
    move_house(empty_url[other], migrations.upgrade, lambda *_: None)
    with pytest.raises(Refused, match="not empty"):
        move_house(empty_url[other], migrations.upgrade, lambda *_: None)
    assert Patient.select().count() == 1
