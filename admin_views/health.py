"""Is the house well? Asked by machines, so it needs no name and tells no secret."""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from peewee import PeeweeException

from schema.base import utcnow
from schema.database import database
from schema.start import pending_migrations
from schema.workflow.clock import last_tick

health = Blueprint("health", __name__)
log = logging.getLogger(__name__)
LATE_AFTER = 180


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Whether the database answers, its changes are applied, and the worker was seen lately.

    503 when this process cannot serve; with `?worker=1` also when the worker is late.
    """
    try:
        found = _examine()
    except (PeeweeException, OSError):
        log.exception("the database does not answer")
        found = {"database": "down", "migrations_pending": [], "worker": None}
    served = found["database"] == "ok" and not found["migrations_pending"]
    worker_counts = request.args.get("worker") == "1"
    well = served and not (worker_counts and (found["worker"] or {"late": True})["late"])
    return jsonify(status="ok" if well else "failing", **found), 200 if well else 503


def _examine() -> dict[str, Any]:
    opened_here = database.connect(reuse_if_open=True)
    try:
        pending = pending_migrations()
        worker = None if pending else _worker()
    finally:
        if opened_here:
            database.close()
    return {"database": "ok", "migrations_pending": pending, "worker": worker}


def _worker() -> dict[str, Any]:
    seen = last_tick()
    if seen is None:
        return {"last_tick_seconds_ago": None, "late": True}
    age = int((utcnow() - seen).total_seconds())
    return {"last_tick_seconds_ago": age, "late": age > LATE_AFTER}
