"""The door of every request: odd arguments out, strangers out, safe headers on every answer."""

from __future__ import annotations

import re
import secrets
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from admin_views.people import TABLET_COOKIE, current_person
from schema.settings import Settings
from schema.staff import Staff

OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
ADDRESSES = ("url", "next")
NUMBERS = ("page", "page_size", "offset", "limit", "id", "rowid")
NUMBER = re.compile(r"[0-9]{1,9}")
UNENCODED = re.compile(rb"[^\x21-\x7e]")
USUAL_BODY, LARGE_BODY, SMALL_BODY = 1 * 2**20, 25 * 2**20, 16 * 2**10
MOST_FIELDS = 1000
IMPORTS = "imports"
REPORTS = "external_reports"  # has no session: each request shows its own key
OPEN_ENDPOINTS = {
    "external_reports.receive",
    "first_run.begin",
    "first_run.step",
    "health.healthz",
    "own_language.choose",
    "signing_in.sign_in",
    "signing_in.use_link",
    "tablet.keypad",
    "tablet.names",
    "tablet.sign_in",
}
SCANNING = "scan"  # the one page that may ask for the camera
PERMISSIONS = "camera={camera}, geolocation=(), microphone=(), payment=(), usb=()"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS.format(camera="()"),
}
POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:{pictures}; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
A_YEAR = 31_536_000


def guard_requests(app: Flask, settings: Settings) -> None:
    """Refuse what no screen of ours would send. Must be installed before anything reads a form."""
    app.config["MAX_CONTENT_LENGTH"] = USUAL_BODY
    app.config["MAX_FORM_PARTS"] = MOST_FIELDS
    app.extensions["origins"] = {settings.base_url}
    for guard in (name_request, refuse_foreign_origin, size_body, refuse_odd_arguments):
        app.before_request(guard)


def dress_answers(app: Flask, settings: Settings) -> None:
    """Send the safety headers with every answer, errors and static files too."""
    app.jinja_env.globals.update(csp_nonce=nonce, url_for=kept_url_for)
    app.url_defaults(stamp_static)
    pictures = "".join(f" {host}" for host in settings.picture_hosts)
    app.after_request(lambda answer: _dress(answer, settings.is_https, pictures))


def stamp_static(endpoint: str, values: dict[str, Any]) -> None:
    """A changed style sheet has another address, so that browsers may keep the old one for ever."""
    if endpoint == "static" and "v" not in values:
        values["v"] = _stamp(str(current_app.static_folder), values.get("filename", ""))


def kept_url_for(endpoint: str, **values: Any) -> str:
    """What templates call `url_for`: a page names thirty files, whose addresses stay the same."""
    if not endpoint.endswith("static") or list(values) != ["filename"] or not request:
        return url_for(endpoint, **values)
    kept: dict[tuple[str, ...], str] = current_app.extensions.setdefault("file addresses", {})
    key = (request.script_root, request.blueprint or "", endpoint, values["filename"])
    if key not in kept:
        kept[key] = url_for(endpoint, **values)
    return kept[key]


@cache
def _stamp(folder: str, name: str) -> int:
    """When a file of ours was last changed; looked at once for as long as the program runs."""
    file = Path(folder, name)
    return int(file.stat().st_mtime) if file.is_file() else 0


def nonce() -> str:
    """The word that lets this answer's own scripts run, and no others."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def safe_next(given: str | None) -> str:
    """The address to go on to: a path of this server, else the home page."""
    return given if given and OWN_PATH.fullmatch(given) else "/"


def is_static() -> bool:
    endpoint = request.endpoint or ""
    return endpoint == "static" or endpoint.endswith(".static")


def wants_json() -> bool:
    """Whether a program asked, not a person."""
    endpoint = request.endpoint or ""
    if endpoint == "health.healthz" or request.blueprint == REPORTS or "ajax" in endpoint:
        return True
    asked = request.accept_mimetypes
    by_script = request.headers.get("X-Requested-With") == "XMLHttpRequest"
    return by_script or asked.best_match(["text/html", "application/json"]) == "application/json"


def name_request() -> None:
    """Give the request an id that its answer and the log share; stop at an untrusted host."""
    g.request_id = secrets.token_hex(4)
    # Bytes that should have come encoded: Werkzeug fails on those that are no UTF-8.
    request.query_string = UNENCODED.sub(lambda byte: b"%%%02X" % byte[0][0], request.query_string)
    if isinstance(request.routing_exception, BadRequest):
        raise request.routing_exception


def refuse_foreign_origin() -> None:
    """A form is sent from our own pages or not at all."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    origin = request.headers.get("Origin")
    own = {*current_app.extensions["origins"], request.host_url.rstrip("/")}
    foreign = request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site")
    if foreign or (origin is not None and origin not in own):
        raise Forbidden("This form came from another site; nothing was changed.")


def size_body() -> None:
    """Only an import may be large, and only an import may bring a file."""
    if request.blueprint == IMPORTS:
        request.max_content_length = LARGE_BODY
    elif request.blueprint == REPORTS:
        request.max_content_length = SMALL_BODY
    elif request.files:
        raise UnsupportedMediaType("Files are only taken by the import page.")


def refuse_odd_arguments() -> None:
    """What no link and no form of ours contains is refused before anything reads it."""
    if "\0" in request.path or any("\0" in text for text in _texts(request.values)):
        raise BadRequest("The request holds a character that no text has.")
    if any(mark in text for text in _texts(request.args) for mark in "\r\n"):
        raise BadRequest("An address has one line.")
    for name in ADDRESSES:
        if any(text and not OWN_PATH.fullmatch(text) for text in request.values.getlist(name)):
            raise BadRequest("The page to return to is not a page of this house.")
    for name in NUMBERS:
        if any(text and not NUMBER.fullmatch(text) for text in request.values.getlist(name)):
            raise BadRequest(f"«{name}» is a number of at most nine digits.")


def require_person() -> ResponseReturnValue | None:
    """Nothing is open to strangers but the doors themselves."""
    if is_static() or request.endpoint in OPEN_ENDPOINTS or current_person():
        return None
    if wants_json() or request.method not in ("GET", "HEAD"):
        abort(401)
    if not Staff.select().exists():
        return redirect(url_for("first_run.begin"))
    if TABLET_COOKIE in request.cookies:
        return redirect(url_for("tablet.names"))
    way_back = request.full_path.rstrip("?")
    return redirect(url_for("signing_in.sign_in", next=safe_next(way_back)))


def _texts(values: object) -> list[str]:
    pairs = values.items(multi=True)  # type: ignore[attr-defined]
    return [text for pair in pairs for text in pair]


def _dress(answer: Response, is_https: bool, pictures: str) -> Response:
    answer.headers.update(HEADERS)
    if request.blueprint == SCANNING:
        answer.headers["Permissions-Policy"] = PERMISSIONS.format(camera="(self)")
    answer.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce(), pictures=pictures)
    answer.headers["X-Request-ID"] = g.get("request_id", "")
    if is_https:
        answer.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"
    if not is_static():
        answer.headers["Cache-Control"] = "no-store"
    elif answer.status_code == 200 and request.args.get("v"):
        answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    return answer
