"""An act within an act can be undone alone, and says the same statements each time."""

from __future__ import annotations

import logging

import pytest

from schema.database import database
from schema.patients import Patient
from tests.factories.patients import a_patient

pytestmark = pytest.mark.usefixtures("house")


def named(name: str) -> None:
    Patient.update(last_name=name).execute()


def test_what_is_undone_within_leaves_what_was_done_before_and_after():
    a_patient(last_name="Pop")
    kept = []

    with database.atomic():
        with database.atomic():
            named("Kept")
            with pytest.raises(ZeroDivisionError), database.atomic():
                named("Undone")
                raise ZeroDivisionError
            kept.append(Patient.get().last_name)
        with pytest.raises(ZeroDivisionError), database.atomic():
            with database.atomic():
                named("Released")
            with pytest.raises(KeyError), database.atomic():
                raise KeyError
            raise ZeroDivisionError
        kept.append(Patient.get().last_name)

    assert kept == ["Kept", "Kept"]
    assert Patient.get().last_name == "Kept"


def test_acts_within_acts_say_the_same_statements_each_time(caplog):
    a_patient(last_name="Pop")
    said = []

    for name in ("Popa", "Popescu"):
        with caplog.at_level(logging.DEBUG, logger="peewee"), database.atomic():
            caplog.clear()
            with database.atomic(), database.atomic():
                named(name)
            said.append([record.msg[0] for record in caplog.records])

    assert said[0] == said[1]
    assert sum("SAVEPOINT" in text for text in said[0]) == 4
