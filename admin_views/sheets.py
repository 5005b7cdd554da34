"""Our style sheets, one file a subject, sent as one: a page asks for one address, not twenty."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, request, url_for

FOLDER = Path(__file__).parent / "static"
SUBJECTS = (
    "tokens",
    "base",
    "drops",
    "shell",
    "tables",
    "lists",
    "forms",
    "merge",
    "pickers",
    "find",
    "records",
    "cards",
    "history",
    "setup",
    "orders",
    "pipelines",
    "today",
    "boards",
    "floor",
    "tablet",
    "photos",
    "print",
)

sheets = Blueprint("sheets", __name__)


def install(app: Flask) -> None:
    """The sheets and the word by which templates name their address."""
    app.register_blueprint(sheets)
    app.jinja_env.globals["sheets_address"] = sheets_address


@sheets.get("/sheets.css", endpoint="static")
def all_sheets() -> Response:
    """Every sheet in the order of the cascade; the same for everybody, so nobody need sign in."""
    answer = Response(joined(), mimetype="text/css")
    answer.headers["Cache-Control"] = "no-cache"
    answer.set_etag(stamp())
    answer.make_conditional(request)
    return answer


def sheets_address() -> str:
    """Changed sheets have another address, so that browsers may keep the old ones for ever."""
    return url_for("sheets.static", v=stamp())


@cache
def joined() -> bytes:
    """The sheets as they lie on the disk; read once for as long as the program runs."""
    return b"\n".join((FOLDER / f"{name}.css").read_bytes() for name in SUBJECTS)


@cache
def stamp() -> str:
    return hashlib.sha256(joined()).hexdigest()[:10]
