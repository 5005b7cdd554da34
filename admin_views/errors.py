"""When something goes wrong: a page in words with the request's id, or JSON for a program."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from peewee import DataError, InterfaceError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from admin_views.people import current_person
from admin_views.resending import page_before, typed_again
from admin_views.safety import wants_json
from admin_views.sentences import in_words
from schema.workflow import Refused
from schema.workflow.throttle import TooManyTries

WORDS = {
    400: ("This request cannot be read", "Go back and try again from the page itself."),
    401: (
        "You are not signed in",
        "Sign in in another tab, then come back here and send it again.",
    ),
    403: ("Not allowed", "Your role may not do this. An admin can change that."),
    404: (
        "Nothing here",
        "The page or the record does not exist, or it is not for your role. "
        "Look for it by name or number in the search field at the top.",
    ),
    405: ("Not possible this way", "Open the page first and use its buttons."),
    413: (
        "Too large",
        "The text or the file is larger than this page takes, and nothing of it was kept. "
        "Shorten it or choose a smaller file, then send it again.",
    ),
    415: ("No files here", "Files are only taken by the import page."),
    429: ("Too many tries", "Wait a few minutes, then try again."),
    500: (
        "Something broke",
        "Nothing was kept of this step, and everything kept before is safe. "
        "Try once more; if it breaks again, tell your admin the number below.",
    ),
    503: ("The database does not answer", "Nothing was lost. Try again in a minute."),
}
# Where the same thing, sent once more, may well succeed.
PASSING = (400, 401, 500, 503)
OLD_PAGE = "This page was open for too long, so nothing of it was kept yet. Send it again."


def explain_errors(app: Flask) -> None:
    """Answer every error in words."""
    app.register_error_handler(SecurityError, lambda error: plain_text(error))
    app.register_error_handler(CSRFError, lambda error: page(400, gettext(OLD_PAGE)))
    app.register_error_handler(HTTPException, known_error)
    app.register_error_handler(Refused, refusal)
    for unfit in (DataError, OverflowError):
        app.register_error_handler(unfit, unfit_value)
    for broken in (OperationalError, InterfaceError):
        app.register_error_handler(broken, no_database)


def known_error(error: HTTPException) -> ResponseReturnValue:
    """A refusal of the web itself; its own sentence is told when one of our guards wrote it."""
    if error.response is not None:
        return error
    code = error.code or 500
    if code < 400:
        return error.get_response()
    own_words = error.description if error.description != type(error).description else None
    answer = page(code if code in WORDS else (500 if code >= 500 else 400), own_words)
    answer.status_code = code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def refusal(error: Refused) -> ResponseReturnValue:
    """A verb said no, and the screen that called it did not expect that."""
    answer = page(429 if isinstance(error, TooManyTries) else 400, in_words(error))
    if isinstance(error, TooManyTries):
        answer.headers["Retry-After"] = str(int(error.wait.total_seconds()))
    return answer


def unfit_value(error: Exception) -> ResponseReturnValue:
    """The database refused a value that no check had looked at; the act was undone."""
    current_app.logger.warning("%s a value is unfit", g.get("request_id"), exc_info=error)
    return page(400, gettext("A value is too large or not of its kind."))


def no_database(error: Exception) -> ResponseReturnValue:
    """The database is away, locked for long, or its disk is full."""
    current_app.logger.error("%s the database fails", g.get("request_id"), exc_info=error)
    # The page is drawn as for a stranger: who is at the screen cannot be asked now.
    g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    return page(503)


def page(code: int, words: str | None = None) -> Response:
    """The page of an error."""
    title, help_text = WORDS[code]
    request_id = g.get("request_id", "")
    if wants_json():
        answer = jsonify(error=gettext(title), message=words or gettext(help_text), id=request_id)
    else:
        answer = make_response(
            render_template(
                "panel/error.html",
                frame="layout.html" if current_person() else "plain.html",
                code=code,
                heading=gettext(title),
                words=gettext(words) if words else gettext(help_text),
                request_id=request_id,
                before=page_before(),
                typed=typed_again() if code in PASSING else [],
            )
        )
    answer.status_code = code
    return answer


def plain_text(error: HTTPException) -> ResponseReturnValue:
    """Called by another name, this server cannot even build a link."""
    text = f"{request.environ.get('HTTP_HOST', '')[:80]} is not the name of this server.\n"
    return Response(text, 400, content_type="text/plain; charset=utf-8")
