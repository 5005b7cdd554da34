"""What the page of an error offers: the way back, and what was typed to be sent once more."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from admin_views.people import TABLET_COOKIE
from admin_views.safety import safe_next

TOKEN = "csrf_token"
PINS = ("pin", "again")


def page_before() -> str | None:
    """The page of ours that led here, as a path; None when there was none, or it is this one."""
    came = urlsplit(request.referrer or "")
    if f"{came.scheme}://{came.netloc}" not in _own_origins():
        return None
    path = safe_next(came.path + (f"?{came.query}" if came.query else ""))
    return None if path in ("/", request.full_path.rstrip("?")) else path


def typed_again() -> list[tuple[str, str]]:
    """The fields of the form that failed, in their order; none when it is not to be repeated.

    A form from elsewhere is never offered again, nor one with a word that is nobody's to see. On a
    shared tablet none is: the next person would send what the one before typed.
    """
    if request.method != "POST" or request.headers.get("Origin") not in _own_origins():
        return []
    if TABLET_COOKIE in request.cookies:
        return []
    try:
        fields = list(request.form.items(multi=True))
    except HTTPException:  # too large, or no form at all
        return []
    if request.files or any("password" in name or name in PINS for name, _ in fields):
        return []
    return [pair for pair in fields if pair[0] != TOKEN]


def _own_origins() -> set[str]:
    return {*current_app.extensions["origins"], request.host_url.rstrip("/")}
