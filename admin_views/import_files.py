"""Uploaded files between two steps of an import: private, nameless, gone after an hour or use."""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flask import abort, current_app, session

from admin_views.people import current_person

KEPT_SECONDS = 3600
COOKIE = "import"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass
class Waiting:
    """A file that waits for its next step, and what was decided so far."""

    token: str
    staff_id: int
    kind: str
    name: str
    mapping: dict[int, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        return _path(self.token, "table").read_bytes()

    @property
    def refused(self) -> bytes | None:
        path = _path(self.token, "refused")
        return path.read_bytes() if path.exists() else None

    def keep(self) -> None:
        _write(_path(self.token, "json"), json.dumps(asdict(self)).encode())

    def keep_refused(self, data: bytes) -> None:
        _write(_path(self.token, "refused"), data)

    def drop_table(self) -> None:
        """The table was imported; the list of refused rows may still be fetched."""
        _path(self.token, "table").unlink(missing_ok=True)

    def has_table(self) -> bool:
        return _path(self.token, "table").exists()


def begin(kind: str, name: str, data: bytes) -> Waiting:
    """Keep an uploaded file for the person and the browser that sent it."""
    sweep()
    forget()
    person = current_person()
    if person is None:
        abort(403)
    waiting = Waiting(secrets.token_urlsafe(32), person.staff_id, kind, name[:120])
    _write(_path(waiting.token, "table"), data)
    waiting.keep()
    session[COOKIE] = waiting.token
    return waiting


def waiting_file() -> Waiting | None:
    """The file that this browser sent, when it still waits and its person still sits here."""
    token, person = session.get(COOKIE), current_person()
    if not isinstance(token, str) or not TOKEN.fullmatch(token) or person is None:
        return None
    sweep()
    try:
        told = json.loads(_path(token, "json").read_bytes())
    except FileNotFoundError:
        return None
    told["mapping"] = {int(index): name for index, name in told["mapping"].items()}
    waiting = Waiting(**told)
    return waiting if waiting.staff_id == person.staff_id else None


def forget() -> None:
    """Remove what this browser sent before."""
    token = session.pop(COOKIE, None)
    if isinstance(token, str) and TOKEN.fullmatch(token):
        for part in ("table", "json", "refused"):
            _path(token, part).unlink(missing_ok=True)


def sweep() -> None:
    """Remove what waited for more than an hour, whoever sent it."""
    oldest = time.time() - KEPT_SECONDS
    for path in _folder().iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink()
        except FileNotFoundError:
            continue


def _folder() -> Path:
    folder = Path(current_app.config["SETTINGS"].folder) / "imports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _path(token: str, part: str) -> Path:
    return _folder() / f"{token}.{part}"


def _write(path: Path, data: bytes) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "wb") as file:
        file.write(data)
