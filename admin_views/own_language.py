"""The language of the person at the screen, or of this browser before anybody signed in."""

from __future__ import annotations

from flask import Blueprint, Flask, g, redirect, request, session
from flask.typing import ResponseReturnValue

from admin_views.first_run import OWN_NAMES, spoken_language
from admin_views.language import language
from admin_views.people import current_person
from admin_views.safety import safe_next
from schema.staff import LANGUAGES
from schema.workflow import Refused
from schema.workflow.own_language import choose_language

own_language = Blueprint("own_language", __name__)
COOKIE, A_YEAR = "language", 31_536_000


def install(app: Flask) -> None:
    """Let every page offer the languages, each by its own name."""
    app.register_blueprint(own_language)
    app.jinja_env.globals["languages"] = OWN_NAMES
    app.jinja_env.globals["language"] = language


@own_language.post("/language")
def choose() -> ResponseReturnValue:
    """Keep the choice with the person; the browser keeps it for its sign-in page."""
    chosen, person = request.form.get("language", ""), current_person()
    if chosen not in LANGUAGES:
        raise Refused("Choose one of the listed values.")
    if person is not None:
        choose_language(person.staff_id, chosen)
    elif COOKIE in session:
        session[COOKIE] = chosen
    answer = redirect(safe_next(request.form.get("next")))
    answer.set_cookie(
        COOKIE,
        chosen,
        max_age=A_YEAR,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure,
    )
    return answer


def reading_language() -> str | None:
    """The person's language; a stranger reads what this browser chose, or what it asks for."""
    known = getattr(g.get("_login_user"), "language", None)
    kept = request.cookies.get(COOKIE, "")
    chosen = known or spoken_language() or (kept if kept in LANGUAGES else None)
    return chosen or request.accept_languages.best_match(list(LANGUAGES), "en")
