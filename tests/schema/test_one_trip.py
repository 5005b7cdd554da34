"""What is asked at once travels to PostgreSQL in one letter, however long it is."""

from __future__ import annotations

import psycopg

from schema.database import database
from schema.fixed import Fixed
from schema.one_trip import one_trip
from schema.prepared import Asked, at_once

LONG = "long " * 60_000


def echo(word: str) -> Asked:
    return Asked(Fixed("SELECT %s::text"), (word,), lambda cursor: cursor.fetchone()[0])


def last_heard(url: str, server: int) -> str:
    with psycopg.connect(url) as watcher:
        told = watcher.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", (server,))
        return str(told.fetchone()[0])


def test_the_server_hears_nothing_before_all_is_said(postgres_house):
    server = database.connection().info.backend_pid
    with one_trip(database.obj):
        database.execute_sql(Fixed("SELECT 'first'"))
        database.execute_sql(Fixed("SELECT 'second'"))
        assert "SELECT '" not in last_heard(postgres_house.url, server)
    assert last_heard(postgres_house.url, server) == "SELECT 'second'"


def test_long_letters_and_long_answers_do_not_wait_for_each_other(postgres_house):
    assert at_once(*[echo(LONG)] * 20) == [LONG] * 20


def test_trips_within_trips_are_answered_too(postgres_house):
    with one_trip(database.obj):
        assert at_once(echo("inner"), echo("too")) == ["inner", "too"]
    assert at_once(echo("after")) == ["after"]
