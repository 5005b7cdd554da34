"""Connections come from a pool and go back to it; no thread of the server keeps one."""

from __future__ import annotations

import threading

import pytest

from schema.database import database
from tests.conftest import House
from tests.web import Web


def test_a_thread_that_served_holds_no_connection_when_it_ends(web: Web):
    kept = []

    def serve() -> None:
        web.stranger().get("/sign-in")
        kept.append(not database.is_closed())

    thread = threading.Thread(target=serve)
    thread.start()
    thread.join()

    assert kept == [False]


def test_a_statement_is_compiled_once_however_many_others_are_asked(sqlite_house: House):
    busy = [f"SELECT {number} FROM card WHERE id = ?" for number in range(40)]
    for number in range(700):
        database.execute_sql(f"SELECT {number} FROM patient")
    compiled: list[tuple[object, ...]] = []
    database.connection().set_authorizer(lambda *about: compiled.append(about) or 0)

    for text in busy:
        database.execute_sql(text, (1,))
    first = len(compiled)
    for text in busy:
        database.execute_sql(text, (1,))

    assert first > 0
    assert len(compiled) == first


@pytest.mark.parametrize(
    ("setting", "value"), [("max_parallel_workers_per_gather", "0"), ("jit", "off")]
)
def test_no_statement_waits_for_helpers_or_for_machine_code(
    postgres_house: House, setting: str, value: str
):
    assert database.execute_sql(f"SHOW {setting}").fetchone() == (value,)
