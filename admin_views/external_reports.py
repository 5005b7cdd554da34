"""The door for other systems: they report with a key of their own what they hold, as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import Blueprint, g, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from admin_views.sentences import in_words
from schema.acting import acting
from schema.base import utcnow
from schema.system_keys import SystemKey
from schema.workflow import Refused
from schema.workflow.external_reports import Taken, keep_report
from schema.workflow.reported import Wrong, understand
from schema.workflow.system_keys import find_key

external_reports = Blueprint("external_reports", __name__)
BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{20,100})", re.IGNORECASE)


class Unreadable(Exception):
    """The body is no JSON object."""


@external_reports.post("/api/external-records")
def receive() -> ResponseReturnValue:
    """Keep one report: 201 when it is new, 200 when it changed something or was known."""
    key = _key()
    if key is None:
        words = gettext("Send a live key of your system: Authorization: Bearer …")
        return *_no(401, words), {"WWW-Authenticate": "Bearer"}
    try:
        sent, now = _sent(), utcnow()
        why = f"{key.external_system.name}: {key.name}"
        with acting(door="interface", reason=why):
            kept = keep_report(key.external_system_id, understand(sent, now), now=now)
    except Unreadable:
        return _no(400, gettext("Send one JSON object, in UTF-8, as application/json."))
    except Taken as error:
        return _no(409, in_words(error), "external_id")
    except Refused as error:
        return _no(422, in_words(error), error.field if isinstance(error, Wrong) else None)
    return jsonify(
        id=kept.record.id, outcome=kept.outcome
    ), 201 if kept.outcome == "created" else 200


def _key() -> SystemKey | None:
    shown = BEARER.fullmatch(request.headers.get("Authorization", ""))
    return find_key(shown[1]) if shown else None


def _sent() -> dict[str, Any]:
    """The object in the body; raises Unreadable."""
    if request.mimetype != "application/json":
        raise Unreadable
    try:
        sent = json.loads(request.get_data().decode(), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(sent, dict):
        raise Unreadable
    return sent


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field that stands twice says two things, so it says nothing."""
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no(code: int, words: str, field: str | None = None) -> tuple[Any, int]:
    return jsonify(message=words, field=field, id=g.get("request_id", "")), code
