"""Notes who looked at health data, and writes it down once the answer is on its way."""

from __future__ import annotations

import datetime as dt
import logging
from collections import deque
from collections.abc import Iterable
from multiprocessing.util import Finalize
from threading import Lock

from flask import Flask, Response, g, request
from peewee import Model, PeeweeException

from admin_views.people import current_person
from schema.base import utcnow
from schema.database import database, is_sqlite
from schema.health import health_paths
from schema.workflow.reading import Look, Reader, entries_of, write_down

log = logging.getLogger(__name__)
MOST_WAITING = 10_000
# Milliseconds that a written answer's thread waits for SQLite's other writers; then it queues.
PATIENCE, USUAL_PATIENCE = 500, 15_000
_waiting: deque[tuple[Reader, list[Look], dt.datetime]] = deque(maxlen=MOST_WAITING)
_one_writer = Lock()


def install(app: Flask) -> None:
    """Write after each answer what it showed, and at a normal stop what is still waiting."""
    app.after_request(_write_when_answered)
    Finalize(None, write_waiting, exitpriority=10)


def note_record(act: str, row: Model) -> None:
    """One record is shown to the person at the screen: as `detail`, `form` or `history`."""
    _note(Look(act, type(row), [row._pk], of_patients=True))


def note_rows(act: str, model: type[Model], keys: Iterable[int] = ()) -> list[int]:
    """Rows are shown as `list`, `search` or `export`; what is added to the answer counts too."""
    look = Look(act, model, list(keys))
    _note(look)
    return look.ids


def _note(look: Look) -> None:
    if health_paths(look.model):
        g.setdefault("looks", []).append(look)


def _write_when_answered(answer: Response) -> Response:
    looks: list[Look] = g.pop("looks", [])
    person = current_person()
    if looks and person is not None and answer.status_code not in (403, 404):
        codes = ",".join(sorted(person.role_codes))
        reader = Reader(person.staff_id, codes, request.remote_addr, g.get("request_id"))
        now = utcnow()

        @answer.call_on_close
        def write() -> None:
            _waiting.append((reader, looks, now))
            write_waiting()

    return answer


def write_waiting() -> None:
    """Write all that is noted; what cannot be written waits for the next answer.

    A full disk or a locked database must not keep people from reading.
    """
    while _waiting and database.obj is not None and _one_writer.acquire(blocking=False):
        try:
            _write(list(_waiting))
        except (PeeweeException, ValueError):
            told = "who looked could not be written; %d answers wait"
            log.warning(told, len(_waiting), exc_info=True)
            return
        finally:
            _one_writer.release()


def _write(some: list[tuple[Reader, list[Look], dt.datetime]]) -> None:
    opened_here = database.connect(reuse_if_open=True)
    try:
        _wait_at_most(PATIENCE)
        write_down([entry for one in some for entry in entries_of(*one)])
        for _ in some:
            _waiting.popleft()
    finally:
        _wait_at_most(USUAL_PATIENCE)
        if opened_here:
            database.close()


def _wait_at_most(milliseconds: int) -> None:
    if is_sqlite():
        database.execute_sql(f"PRAGMA busy_timeout = {milliseconds}")
