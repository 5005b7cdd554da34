"""What was typed into the first-run pages so far: a private file, so that nothing is lost."""

from __future__ import annotations

import json
import os
from pathlib import Path

from flask import current_app

LONGEST = 500
MOST = 900
Draft = dict[str, dict[str, str]]


def read_draft() -> Draft:
    """What each step holds; empty at the first visit or when the file makes no sense."""
    try:
        told = json.loads(_place().read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def keep_draft(draft: Draft) -> None:
    """Write the whole draft, readable by the program's own user alone."""
    place = _place()
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as sheet:
        json.dump(draft, sheet)
    fresh.replace(place)


def drop_draft() -> None:
    """The clinic stands; its draft held names and the hash of a password."""
    _place().unlink(missing_ok=True)


def as_typed(form: dict[str, str], secret: tuple[str, ...]) -> dict[str, str]:
    """The texts of a form that are worth keeping, none of them endless."""
    kept = ((name, text[:LONGEST]) for name, text in form.items() if name not in secret)
    return dict(list(kept)[:MOST])


def _place() -> Path:
    return Path(current_app.config["SETTINGS"].folder) / "first-run.json"
